/** Where one fault of the table happens: a namespace of its own, an operator of its own, a proxy between it and the API server. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeKubeconfig } from '../../../control-plane/credentials.ts';
import { Workspace } from '../../../control-plane/workspace.ts';
import type { Write } from '../audit.ts';
import { describeWrite } from '../audit.ts';
import type { Cluster } from '../cluster.ts';
import { eventually } from '../eventually.ts';
import type { Operator } from '../operator.ts';
import type { FaultProxy } from './proxy.ts';
import { startFaultProxy } from './proxy.ts';
import type { Snapshot } from './story.ts';
import { Story, listDifferences } from './story.ts';

/** Longer than a watch may be silent before it is given up (130 s), and the relist after it. */
export const patienceMs = 200_000;
const clockModule = pathToFileURL(join(import.meta.dirname, 'jumping-clock.mjs')).href;

/** The snapshots of a namespace to which nothing happened. */
export interface Reference {
  readonly begun: Snapshot;
  readonly changed: Snapshot;
  /** Writes of the first chapter. */
  readonly firstWrites: number;
  /** Writes of the second. */
  readonly writes: number;
}

export interface StageOptions {
  readonly namespace: string;
  /** The user that the operator is. Default: "operator", who may do everything. */
  readonly user?: string;
  readonly args?: readonly string[];
  /** Its wall clock is turned by `turnClock`. */
  readonly ownClock?: true;
  /** All that the operator looks after. Default: `namespace`. */
  readonly namespaces?: readonly string[];
}

/** An operator and its wire. */
export interface Replica {
  readonly proxy: FaultProxy;
  operator: Operator;
}

export class Stage {
  readonly cluster: Cluster;
  readonly story: Story;
  readonly proxy: FaultProxy;
  readonly #options: StageOptions;
  readonly #workspace = new Workspace('fault');
  readonly #others: Replica[] = [];
  #operator: Operator | undefined;

  constructor(cluster: Cluster, proxy: FaultProxy, options: StageOptions) {
    this.cluster = cluster;
    this.proxy = proxy;
    this.#options = options;
    this.story = new Story(cluster, options.namespace);
  }

  get operator(): Operator {
    if (this.#operator === undefined) throw new Error('The operator was not started yet');
    return this.#operator;
  }

  async start(): Promise<Operator> {
    this.#operator = await this.#startBehind(this.proxy);
    return this.#operator;
  }

  /** A second operator for the same namespace, with a wire of its own. */
  async startAnother(): Promise<Replica> {
    const proxy = await startFaultProxy(this.cluster.controlPlane.server);
    const replica = { proxy, operator: await this.#startBehind(proxy) };
    this.#others.push(replica);
    return replica;
  }

  /** The operator's wall clock is so many milliseconds ahead from now on. */
  async turnClock(offsetMs: number): Promise<void> {
    writeFileSync(this.#clockFile, String(offsetMs));
    await eventually(
      'the clock has jumped',
      () => readFileSync(`${this.#clockFile}.seen`, 'utf8') === String(offsetMs),
    );
  }

  get #clockFile(): string {
    return this.#workspace.path('clock');
  }

  async #startBehind(proxy: FaultProxy): Promise<Operator> {
    const { namespace, namespaces = [namespace], user = 'operator', args = [], ownClock } = this.#options;
    const clock = { NODE_OPTIONS: `--import=${clockModule}`, STOKER_TEST_CLOCK: this.#clockFile };
    const { caFile, tokens } = this.cluster.controlPlane;
    const kubeconfig = this.#workspace.path(`${new URL(proxy.url).port}.kubeconfig`);
    writeKubeconfig(kubeconfig, { server: proxy.url, caFile, user, token: tokens.get(user) ?? '', namespace });
    const all = [`--namespaces=${namespaces.join(',')}`, ...args];
    return await this.cluster.startOperator({ kubeconfig, args: all, ...(ownClock === true ? { env: clock } : {}) });
  }

  /** As a kubelet does: what has lost its lease and ended is started again. @throws when it ended for another reason. */
  async keepAlive(): Promise<void> {
    for (const replica of this.#others)
      await this.#revive(replica.operator, replica.proxy, (it) => (replica.operator = it));
    await this.#revive(this.operator, this.proxy, (it) => (this.#operator = it));
  }

  async #revive(operator: Operator, proxy: FaultProxy, keep: (revived: Operator) => void): Promise<void> {
    const how = operator.ended();
    if (how === undefined) return;
    if (this.#options.args?.includes('--leader-elect=true') !== true) throw new Error(`The operator ended: ${how}`);
    keep(await this.#startBehind(proxy));
  }

  /** Waits until the namespace is as the reference, and synced. */
  async whenEqual(wanted: Snapshot, story = this.story): Promise<void> {
    await eventually(
      `${story.namespace} is as without the fault`,
      async () => {
        await this.keepAlive();
        const differences = listDifferences(await story.read(), wanted);
        assert.deepEqual(differences, []);
        await story.assertSynced();
      },
      patienceMs,
    );
  }

  /** What operators wrote in namespaces of this fault since then, without Events, Leases and what was refused. */
  listWrites(since: number): Write[] {
    const isOurs = (name: string): boolean =>
      name === this.story.namespace || name.startsWith(`${this.story.namespace}-`);
    return ['operator', 'narrow']
      .flatMap((user) => this.cluster.listWrites(user))
      .filter(({ namespace, resource, code, receivedAt }) => {
        const counts = resource !== 'events' && resource !== 'leases' && code < 300;
        return counts && isOurs(namespace) && receivedAt >= since;
      });
  }

  async close(): Promise<void> {
    await this.#operator?.close();
    for (const { operator, proxy } of this.#others) {
      await operator.close();
      await proxy.close();
    }
    await this.proxy.close();
    await this.#workspace.close();
  }
}

export async function createStage(cluster: Cluster, options: StageOptions): Promise<Stage> {
  return new Stage(cluster, await startFaultProxy(cluster.controlPlane.server), options);
}

/** One fault of the table. */
export interface Fault {
  /** As the table prints it. */
  readonly name: string;
  /** Further tests of it, that say more than this one. */
  readonly alsoIn: readonly string[];
  readonly stage?: Omit<StageOptions, 'namespace'>;
  /** The first chapter differs in this. */
  readonly begin?: Parameters<Story['begin']>[0];
  /** The whole cluster suffers from it: nothing else may happen at the same time. */
  readonly needsAll?: true;
  /** Starts once the first chapter is in the cluster; the second is told in it. Resolves when the fault is over. */
  readonly strike: (stage: Stage, reference: Reference) => Promise<void>;
}

/** A row of the table. */
export interface Outcome {
  readonly name: string;
  /** From the end of the fault until the cluster was as without it. */
  readonly seconds: number;
  readonly writes: number;
  /** Objects that are not as without the fault. */
  readonly lost: readonly string[];
}

/** Without a write for so long operators are at rest: they do not fight, and nothing is written again and again. */
const restMs = 4000;
const longestUnrestMs = 60_000;

/** Plays one fault from beginning to end. */
export async function play(fault: Fault, stage: Stage, reference: Reference): Promise<Outcome> {
  const { story } = stage;
  await story.begin(fault.begin);
  await stage.start();
  if (fault.begin === undefined) await stage.whenEqual(reference.begun);
  else await eventually('the first chapter is there', () => story.assertSynced(), patienceMs);
  const began = Date.now();
  await fault.strike(stage, reference);
  const over = Date.now();
  await stage.whenEqual(reference.changed);
  const equal = Date.now();
  const writes = stage.listWrites(began).length;
  await whenAtRest(stage);
  const lost = listDifferences(await story.read(), reference.changed);
  return { name: fault.name, seconds: (equal - over) / 1000, writes, lost };
}

/** What counts Pods follows a little later than what is compared. @throws when writing does not end. */
async function whenAtRest(stage: Stage): Promise<void> {
  const deadline = Date.now() + longestUnrestMs;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, restMs));
    const written = stage.listWrites(Date.now() - restMs);
    if (written.length === 0) return;
    if (Date.now() > deadline) throw new Error(`It writes on: ${written.map(describeWrite).join(', ')}`);
  }
}

/** What happens without any fault, to compare with. */
export async function playReference(cluster: Cluster): Promise<Reference> {
  const stage = await createStage(cluster, { namespace: 'reference' });
  const settle = async (): Promise<Snapshot> => {
    await eventually('it is synced', () => stage.story.assertSynced(), patienceMs);
    await stage.operator.whenIdle({ prometheus: 1 });
    return await stage.story.read();
  };
  try {
    const first = Date.now();
    await stage.story.begin();
    await stage.start();
    const begun = await settle();
    const firstWrites = stage.listWrites(first).length;
    const since = Date.now();
    await stage.story.change();
    await eventually('all changes are seen', async () => {
      const config = await stage.story.world.readConfig();
      assert.match(config, /comes\/0/);
      assert.match(config, /password: second/);
      assert.doesNotMatch(config, /goes\/0/);
    });
    await eventually('the rule is changed, too', async () => {
      assert.match(JSON.stringify(await stage.story.read()), /sum by \(job\) \(up\)/);
    });
    const changed = await settle();
    return { begun, changed, firstWrites, writes: stage.listWrites(since).length };
  } finally {
    await stage.close();
  }
}
