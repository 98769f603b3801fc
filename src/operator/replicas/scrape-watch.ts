import type { DesiredPrometheus } from '../../core/desired/desired-prometheus.ts';
import type { ScrapingVerdict } from '../../core/loaded/judge-scraping.ts';
import { judgeMonitors } from '../../core/loaded/monitor-health.ts';
import { readTargetsAnswer } from '../../core/loaded/read-targets.ts';
import type { PoolHealth } from '../../core/loaded/read-targets.ts';
import { ScrapingLedger } from '../../core/loaded/scraping-ledger.ts';
import { monitorKinds } from '../../core/monitor.ts';
import { countShards } from '../../core/render/prometheus/shards.ts';
import { AskError } from './ask-replica.ts';
import type { ReplicaAddress } from './ask-replica.ts';
import type { LookDeps } from './look-at-replica.ts';

/** What is known of the targets of one workload: of each shard those that one of its replicas has. */
export class ScrapeWatch {
  readonly #deps: Pick<LookDeps, 'ask' | 'turns'>;
  readonly #shards = new Map<number, ReadonlyMap<string, PoolHealth>>();
  readonly #ledger = new ScrapingLedger();
  /** What the last judgement was about, and what came of it: there may be thousands of monitors. */
  #judged: { readonly desired: DesiredPrometheus; readonly verdicts: ReadonlyMap<string, ScrapingVerdict> } | undefined;

  constructor(deps: Pick<LookDeps, 'ask' | 'turns'>) {
    this.#deps = deps;
  }

  /** Asks a replica for its targets; one that does not tell leaves what is known as it is. */
  async look(address: ReplicaAddress, shard: number): Promise<void> {
    try {
      const { text } = await this.#deps.ask(address, '/api/v1/targets?state=active');
      const pools = await this.#deps.turns.run(readTargetsAnswer(text));
      if (pools === undefined) return;
      this.#shards.set(shard, pools);
      this.#judged = undefined;
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
    }
  }

  /** Whether a target waits for its first scrape; true as long as nothing is known of a shard. */
  isWaiting({ workload }: DesiredPrometheus): boolean {
    if (!this.#knowsAll(workload)) return true;
    return [...this.#shards.values()].some((pools) => [...pools.values()].some(({ fresh }) => fresh > 0));
  }

  /** Whether something was found that bindings do not say before it is found again. */
  isDoubtful(desired: DesiredPrometheus): boolean {
    return this.#knowsAll(desired.workload) && this.#ledger.isDoubtful(this.#judge(desired));
  }

  /** What bindings should say now; undefined: what they say already, or not everything is known yet. */
  judge(desired: DesiredPrometheus, now: number): ReadonlyMap<string, ScrapingVerdict> | undefined {
    if (!this.#knowsAll(desired.workload)) return undefined;
    return this.#ledger.take(this.#judge(desired), now);
  }

  #judge(desired: DesiredPrometheus): ReadonlyMap<string, ScrapingVerdict> {
    if (this.#judged?.desired === desired) return this.#judged.verdicts;
    const accepted = Object.fromEntries(monitorKinds.map((kind) => [kind, desired.verdicts[kind]?.accepted ?? []]));
    const verdicts = judgeMonitors(accepted, [...this.#shards.values()]);
    this.#judged = { desired, verdicts };
    return verdicts;
  }

  #knowsAll({ spec }: DesiredPrometheus['workload']): boolean {
    const shards = countShards(spec);
    for (const shard of this.#shards.keys()) if (shard >= shards) this.#shards.delete(shard);
    return this.#shards.size >= shards;
  }
}
