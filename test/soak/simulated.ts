import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SeededRandom } from '../e2e/discovery/seeded-random.ts';
import type { StoreSnapshot } from '../../src/sandbox/store/store.ts';
import { countEntries } from '../simulation/heap.ts';
import { makeFault } from '../simulation/generate.ts';
import { makeMonitor, makeNamespace, makeSecret, namespaces, secretNames } from '../simulation/objects.ts';
import { Simulation } from '../simulation/simulation.ts';
import type { Allowance, Sample } from './trend.ts';

export interface SimulatedSoakOptions {
  readonly days: number;
  readonly monitors: number;
  /** Changes by users, one every so many simulated minutes. */
  readonly everyMinutes: number;
  /** How often the figures are taken, in simulated hours; at least ten times in all. */
  readonly sampleHours: number;
  readonly seed: number;
  readonly template: StoreSnapshot;
  readonly onSample?: (sample: Sample) => void;
}

export interface SimulatedSoak {
  readonly samples: readonly Sample[];
  readonly changes: number;
  readonly faults: number;
  readonly writes: number;
  /** More than one: the operator ended by itself on the way. */
  readonly processes: number;
  /** Real milliseconds that the event loop was held at most, the API server included. */
  readonly longestTurnMs: number;
}

/** Of a process that does the same every day. The heap holds the cluster, too; its objects come and go. */
export const simulatedAllowances: Readonly<Record<string, Allowance>> = {
  'heap, MB': { absolute: 6, relative: 0.08 },
  'entries of maps and sets': { absolute: 200, relative: 0.03 },
  timers: { absolute: 5, relative: 0 },
  'listeners of the end': { absolute: 3, relative: 0 },
  'timers fired a minute': { absolute: 20, relative: 0.3 },
  'requests a minute': { absolute: 5, relative: 0.3 },
};

/** Leases are renewed seldom: most of the time of a month would go by with that. */
const flags = {
  'feature-gates': ['StatusForConfigurationResources=true'],
  'leader-elect': ['true'],
  'leader-elect-lease-duration': ['90s'],
  'leader-elect-renew-deadline': ['60s'],
  'leader-elect-retry-period': ['20s'],
  'watch-referenced-objects-in-all-namespaces': ['true'],
};

const minuteMs = 60_000;
/** As kube-apiserver: Events are kept for an hour. */
const eventsKeptMs = 3_600_000;

/** Few: the server remembers whole objects, and a configuration of 1,000 monitors is large. Its memory must be full soon. */
const historySize = 30;

/** A month in the life of one operator, on simulated time: changes, faults, and figures at regular times. */
export async function runSimulatedSoak(options: SimulatedSoakOptions): Promise<SimulatedSoak> {
  const { days, everyMinutes, sampleHours, seed, template } = options;
  const random = new SeededRandom(seed);
  const script = { seed, flags, replicas: 1, pods: false, historySize };
  const simulation = new Simulation(script, template);
  const users = new Users(simulation, random, options.monitors);
  users.begin();
  const collectGarbage = exposeGarbageCollector();
  const samples: Sample[] = [];
  let before = { fired: 0, requests: 0 };
  const takeSample = async (): Promise<void> => {
    const { time, cluster, leader } = simulation;
    time.compact();
    collectGarbage();
    const minutes = sampleHours * 60;
    samples.push({
      day: samples.length * (sampleHours / 24),
      'heap, MB': process.memoryUsage().heapUsed / 2 ** 20,
      'entries of maps and sets': await countEntries(),
      timers: leader?.timers ?? 0,
      'listeners of the end': leader?.listeners ?? 0,
      'timers fired a minute': (time.fired - before.fired) / minutes,
      'requests a minute': (cluster.requests - before.requests) / minutes,
    });
    before = { fired: time.fired, requests: cluster.requests };
    cluster.writes.length = 0;
    options.onSample?.(samples.at(-1) ?? {});
  };
  let writes = 0;
  for (let minute = 0; minute < days * 24 * 60; minute += everyMinutes) {
    await users.act();
    await simulation.pass(everyMinutes * minuteMs);
    if (minute % (sampleHours * 60) >= everyMinutes) continue;
    writes += simulation.cluster.writes.length;
    await takeSample();
  }
  const { cluster, time, started } = simulation;
  const soak = { samples, changes: users.changes, faults: cluster.faults.hits, writes, processes: started };
  simulation.stop();
  return { ...soak, longestTurnMs: time.longestTurnMs };
}

/** Change one thing at a time; now and then requests go wrong for some seconds. */
class Users {
  changes = 0;
  readonly #simulation: Simulation;
  readonly #random: SeededRandom;
  readonly #monitors: number;

  constructor(simulation: Simulation, random: SeededRandom, monitors: number) {
    this.#simulation = simulation;
    this.#random = random;
    this.#monitors = monitors;
  }

  begin(): void {
    const { cluster } = this.#simulation;
    for (const name of namespaces) cluster.apply(makeNamespace(this.#random, name));
    for (const name of secretNames) cluster.apply(makeSecret(this.#random, 'shop', name));
    for (let at = 0; at < this.#monitors; at += 1) this.#applyMonitor(at);
    cluster.apply({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Prometheus',
      metadata: { namespace: 'monitoring', name: 'main' },
      spec: {
        serviceMonitorSelector: {},
        serviceMonitorNamespaceSelector: {},
        ruleSelector: {},
        ruleNamespaceSelector: {},
      },
    });
  }

  async act(): Promise<void> {
    const { cluster, time } = this.#simulation;
    this.changes += 1;
    const choice = this.#random.next();
    const at = this.#random.integer(0, this.#monitors - 1);
    if (choice < 0.7) this.#applyMonitor(at);
    else if (choice < 0.8) cluster.delete({ kind: 'ServiceMonitor', ...nameMonitor(at) });
    else if (choice < 0.9) cluster.apply(makeSecret(this.#random, 'shop', this.#random.pick(secretNames)));
    else cluster.apply(makeMonitor(this.#random, 'PrometheusRule', { namespace: 'shop', name: `rule-${at % 5}` }));
    if (this.#random.chance(0.1)) await this.#disturb();
    this.#dropOldEvents(time.now() - eventsKeptMs);
  }

  #applyMonitor(at: number): void {
    this.#simulation.cluster.apply(makeMonitor(this.#random, 'ServiceMonitor', nameMonitor(at)));
  }

  /** Short faults only, and none of the Lease: losing it ends the process, and with it what is measured. */
  async #disturb(): Promise<void> {
    const deed = makeFault(this.#random);
    if (deed.do !== 'fault' || deed.on.resource === 'leases') return;
    const on = { ...deed.on, resource: deed.on.resource ?? 'servicemonitors' };
    await this.#simulation.perform({ ...deed, on, forMs: Math.min(deed.forMs, 20_000), thenMs: 0 });
  }

  #dropOldEvents(before: number): void {
    const { api } = this.#simulation.cluster;
    const events = { group: '', plural: 'events' };
    for (const { metadata } of api.list(events).items) {
      const { namespace = '', name = '', creationTimestamp = '' } = metadata;
      if (Date.parse(creationTimestamp) < before) api.delete(events, { namespace, name });
    }
  }
}

const nameMonitor = (at: number): { namespace: string; name: string } => ({
  namespace: namespaces[at % namespaces.length] ?? 'shop',
  name: `monitor-${at}`,
});

/** Without a flag of the process. */
function exposeGarbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
