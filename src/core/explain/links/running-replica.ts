import { complete } from '../../../base/interruptible.ts';
import { groupBy } from '../../../base/group-by.ts';
import { once } from '../../../base/once.ts';
import { openRunning } from '../../loaded/compare-config.ts';
import type { RunningConfig } from '../../loaded/compare-config.ts';
import type { ReplicaFacts, ReplicaTarget } from '../facts.ts';

/** Whether a configuration as Prometheus prints it has jobs in other files: what is in them is not printed. */
export const namesFurtherFiles = (yaml: string): boolean => /^scrape_config_files:/m.test(yaml);

/** What one replica says, made ready to be looked up by job: there may be thousands of jobs, and each asks. */
export class RunningReplica {
  readonly facts: ReplicaFacts;
  readonly namesFurtherFiles = once((): boolean => namesFurtherFiles(this.facts.config ?? ''));
  readonly #config = once((): RunningConfig => complete(openRunning(this.facts.config ?? '')));
  readonly #targets = once(() => groupBy(this.facts.targets ?? [], ({ scrapePool }) => scrapePool));
  readonly #pools = once(() => new Set(this.facts.pools ?? []));

  private constructor(facts: ReplicaFacts) {
    this.facts = facts;
  }

  /** The same for the same answer. */
  static of(facts: ReplicaFacts): RunningReplica {
    const opened = known.get(facts) ?? new RunningReplica(facts);
    known.set(facts, opened);
    return opened;
  }

  /** The configuration in force. @throws {YamlError} for what cannot be read. */
  get config(): RunningConfig {
    return this.#config();
  }

  /** Active targets of a job. */
  listTargets(job: string): readonly ReplicaTarget[] {
    return this.#targets().get(job) ?? [];
  }

  /** Whether a job is among the scrape pools. */
  hasPool(job: string): boolean {
    return this.#pools().has(job);
  }
}

const known = new WeakMap<ReplicaFacts, RunningReplica>();
