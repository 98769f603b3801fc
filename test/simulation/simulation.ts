import { SeededRandom } from '../e2e/discovery/seeded-random.ts';
import type { ApiObject } from '../../src/sandbox/api.ts';
import type { StoreSnapshot } from '../../src/sandbox/store/store.ts';
import type { Action, Kind, Script } from './action.ts';
import { Cluster, operatorNamespace, token } from './cluster.ts';
import { OperatorProcess } from './operator-process.ts';
import type { LogLine } from './operator-process.ts';
import { isOwned } from './owned.ts';
import { SimulatedTime } from './time.ts';

/** A process that ended, whatever the reason, is started anew after this time. */
const restartMs = 1000;

interface KillPlan {
  skip: number;
  readonly moment: 'arrived' | 'answered';
}

/** Of a script what counts before its first action. */
export interface SimulationOptions extends Omit<Script, 'actions' | 'mends'> {
  /** As in ClusterOptions. */
  readonly historySize?: number;
}

/** A cluster, the operator's processes in it, and time. */
export class Simulation {
  readonly time = new SimulatedTime();
  readonly cluster: Cluster;
  readonly #script: Pick<Script, 'flags'>;
  readonly #random: () => number;
  readonly #processes: OperatorProcess[];
  #started = 0;
  #longestPieceMs = 0;
  #killPlan: KillPlan | undefined;
  /** Lines of processes that are gone. */
  #oldLog: readonly LogLine[] = [];

  constructor(script: SimulationOptions, template: StoreSnapshot) {
    const { pods, historySize } = script;
    const random = new SeededRandom(script.seed ^ 0x5f3759df);
    this.#random = () => random.next();
    this.#script = script;
    this.cluster = new Cluster(this.time, { random: this.#random, template, pods, historySize });
    this.#processes = Array.from({ length: script.replicas }, () => this.#start());
  }

  /** The process that leads, if one does. */
  get leader(): OperatorProcess | undefined {
    return this.#processes.find((process) => process.isLeader());
  }

  /** Processes that were started so far. */
  get started(): number {
    return this.#started;
  }

  /** The most CPU time, in milliseconds, that one piece of rendering took. */
  get longestPieceMs(): number {
    return this.#longestPieceMs;
  }

  /** What the operator said, its earlier processes included. */
  get log(): readonly LogLine[] {
    return [...this.#oldLog, ...this.#processes.flatMap(({ log }) => log)];
  }

  /** Carries out an action and lets its time go by. */
  async perform(action: Action): Promise<void> {
    this.#act(action);
    await this.pass(action.thenMs);
  }

  /** Lets time go by; processes that end are started anew. */
  async pass(ms: number): Promise<void> {
    const end = this.time.monotonic() + ms;
    do {
      await this.time.advance(Math.min(restartMs, end - this.time.monotonic()));
      this.#revive();
    } while (this.time.monotonic() < end);
  }

  /** All processes are killed, and new ones started. */
  replaceAll(): void {
    for (const process of this.#processes) process.kill();
    this.#revive();
  }

  stop(): void {
    for (const process of this.#processes) process.kill();
    this.cluster.stop();
  }

  #start(): OperatorProcess {
    this.#started += 1;
    const process: OperatorProcess = new OperatorProcess({
      name: `operator-${this.#started}`,
      time: this.time,
      handle: this.cluster.handle,
      token,
      random: this.#random,
      flags: this.#script.flags,
      observePiece: (ms) => (this.#longestPieceMs = Math.max(this.#longestPieceMs, ms)),
      onWrite: (moment) => this.#noteWrite(process, moment),
    });
    return process;
  }

  #revive(): void {
    for (const [at, process] of this.#processes.entries()) {
      if (process.ended === undefined) continue;
      // One that ended by itself has no sockets and no timers any more either.
      process.kill();
      this.#oldLog = [...this.#oldLog, ...process.log].slice(-200);
      this.#processes[at] = this.#start();
    }
  }

  #noteWrite(process: OperatorProcess, moment: 'arrived' | 'answered'): void {
    const plan = this.#killPlan;
    if (plan?.moment !== moment || !process.isLeader()) return;
    plan.skip -= 1;
    if (plan.skip >= 0) return;
    this.#killPlan = undefined;
    process.kill();
  }

  #act(action: Action): void {
    switch (action.do) {
      case 'meddle':
        this.#meddle(action.kind, action.nth, action.how);
        break;
      case 'fault':
      case 'spoil':
        this.#disturb(action);
        break;
      case 'set-clock':
        this.time.setWallClock(action.byMs);
        break;
      case 'sleep':
        this.time.sleep(action.ms);
        break;
      case 'kill':
      case 'restart':
      case 'seize-lease':
        this.#strike(action);
        break;
      default:
        actAsUser(this.cluster, action);
    }
  }

  /** What happens to the operator's processes. */
  #strike(action: Extract<Action, { do: 'kill' | 'restart' | 'seize-lease' }>): void {
    if (action.do === 'seize-lease') this.#seizeLease();
    else if (action.do === 'restart') this.#processes[0]?.terminate();
    else if (action.atWrite === undefined) this.leader?.kill();
    else this.#killPlan = { ...action.atWrite };
  }

  #disturb(action: Extract<Action, { do: 'fault' | 'spoil' }>): void {
    const { verb, resource, subresource } = action.on;
    const match = {
      ...(verb === undefined ? {} : { verb }),
      ...(resource === undefined ? {} : { resource }),
      ...(subresource === undefined ? {} : { subresource }),
    };
    const { times } = action;
    if (action.do === 'spoil') {
      this.cluster.faults.add({ match, fate: action.fate, times });
      return;
    }
    const rule = this.cluster.faults.add({ match, fault: action.fault, times });
    this.time.schedule(action.forMs, () => rule.remove());
  }

  #meddle(kind: Kind, nth: number, how: Extract<Action, { do: 'meddle' }>['how']): void {
    const { cluster } = this;
    const owned = cluster.list(kind).filter(isOwned);
    const object = owned[nth % Math.max(1, owned.length)];
    if (object === undefined) return;
    const { namespace = '', name = '' } = object.metadata;
    if (how === 'delete') cluster.delete({ kind, namespace, name });
    else cluster.patch({ kind, namespace, name }, how === 'labels' ? damageLabels : damage(object));
  }

  #seizeLease(): void {
    const type = { group: 'coordination.k8s.io', plural: 'leases' };
    for (const { metadata } of this.cluster.api.list(type, { namespace: operatorNamespace }).items) {
      const body = { spec: { holderIdentity: 'rival', leaseDurationSeconds: 15 } };
      const name = { namespace: operatorNamespace, name: metadata.name ?? '' };
      this.cluster.attempt(() => this.cluster.api.patch(type, name, { kind: 'merge', body, fieldManager: 'rival' }));
    }
  }
}

function actAsUser(cluster: Cluster, action: Extract<Action, { do: 'apply' | 'patch' | 'delete' }>): void {
  if (action.do === 'apply') cluster.apply(action.object);
  else if (action.do === 'patch') cluster.patch(action.object, action.body);
  else cluster.delete(action.object);
}

const damageLabels = { metadata: { labels: { 'app.kubernetes.io/managed-by': null } } };

/** A change by hand of what the operator has made, in a place that is the operator's. */
function damage({ kind, data }: ApiObject): object {
  if (kind === 'StatefulSet') return { spec: { replicas: 5 } };
  if (kind === 'DaemonSet') return { spec: { minReadySeconds: 17 } };
  if (kind === 'Service') return { spec: { publishNotReadyAddresses: true, sessionAffinity: 'ClientIP' } };
  const [key = 'nothing'] = Object.keys(data ?? {});
  return { data: { [key]: kind === 'Secret' ? 'aGFuZHM=' : 'hands' } };
}
