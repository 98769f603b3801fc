import { SeededRandom } from '../e2e/discovery/seeded-random.ts';
import type { Fault } from '../../src/sandbox/fault-hook.ts';
import {
  conflict,
  expired,
  forbidden,
  internalError,
  tooManyRequests,
  unavailable,
} from '../../src/sandbox/faults/refusals.ts';
import type { Action, Deed, Kind, Script, Target } from './action.ts';
import {
  makeConfigMap,
  makeMonitor,
  makeNamespace,
  makeSecret,
  makeWorkload,
  monitorKinds,
  monitorNames,
  namespaces,
  secretNames,
  workloads,
} from './objects.ts';

const minuteMs = 60_000;

/** A script from a seed: nothing else decides what is in it. */
export function generateScript(seed: number): Script {
  const random = new SeededRandom(seed);
  const isCalm = random.chance(0.15);
  const first = makeFirst(random);
  const count = random.integer(10, 40);
  const rest = Array.from({ length: count }, () => makeAction(random, isCalm));
  return {
    seed,
    flags: makeFlags(random),
    replicas: random.chance(0.2) ? 2 : 1,
    pods: random.chance(0.4),
    mends: random.chance(0.4),
    actions: [...first, ...rest],
  };
}

function makeFlags(random: SeededRandom): Script['flags'] {
  const gates = ['StatusForConfigurationResources', 'PrometheusAgentDaemonSet'].map(
    (gate) => `${gate}=${random.chance(0.75)}`,
  );
  return {
    'feature-gates': [gates.join(',')],
    'leader-elect': ['true'],
    'watch-referenced-objects-in-all-namespaces': [String(random.chance(0.7))],
    ...(random.chance(0.1) ? { 'asset-access': ['get'] } : {}),
  };
}

/** What is there when the operator starts. */
function makeFirst(random: SeededRandom): Action[] {
  const objects = [
    ...namespaces.map((name) => makeNamespace(random, name)),
    ...random.some(secretNames, 0.8).map((name) => makeSecret(random, random.pick(namespaces), name)),
    ...random.some(workloads, 0.6).map((one) => makeWorkload(random, one)),
    ...Array.from({ length: random.integer(2, 8) }, () => makeAnyMonitor(random)),
  ];
  return objects.map((object) => ({ do: 'apply', object, thenMs: 0 }));
}

function makeAnyMonitor(random: SeededRandom): object {
  return makeMonitor(random, random.pick(monitorKinds), {
    namespace: random.pick(namespaces),
    name: random.pick(monitorNames),
  });
}

/** Mostly little time between two things, now and then a long one. */
function makePause(random: SeededRandom): number {
  const longest = random.pick([0, 20, 20, 200, 200, 2000, 2000, 20_000, 5 * minuteMs]);
  return random.integer(0, longest);
}

function makeAction(random: SeededRandom, isCalm: boolean): Action {
  const deed = isCalm || random.chance(0.65) ? makeChange(random) : makeTrouble(random);
  return { ...deed, thenMs: makePause(random) };
}

/** What users do. */
function makeChange(random: SeededRandom): Deed {
  const choice = random.next();
  if (choice < 0.3) return { do: 'apply', object: makeAnyMonitor(random) };
  if (choice < 0.5)
    return { do: 'apply', object: makeSecret(random, random.pick(namespaces), random.pick(secretNames)) };
  if (choice < 0.55) return { do: 'apply', object: makeConfigMap(random, random.pick(namespaces)) };
  if (choice < 0.7) return { do: 'apply', object: makeWorkload(random, random.pick(workloads)) };
  if (choice < 0.75) return { do: 'apply', object: makeNamespace(random, random.pick(namespaces)) };
  if (choice < 0.9) return makeDeletion(random);
  return makeMeddling(random);
}

function makeDeletion(random: SeededRandom): Deed {
  const choice = random.next();
  const namespace = random.pick(namespaces);
  if (choice < 0.4)
    return { do: 'delete', object: { kind: random.pick(monitorKinds), namespace, name: random.pick(monitorNames) } };
  if (choice < 0.7) return { do: 'delete', object: { kind: 'Secret', namespace, name: random.pick(secretNames) } };
  if (choice < 0.95) return { do: 'delete', object: random.pick(workloads) };
  return { do: 'delete', object: { kind: 'Namespace', namespace: '', name: namespace } };
}

function makeMeddling(random: SeededRandom): Deed {
  const kind = random.pick<Kind>(['Secret', 'Secret', 'ConfigMap', 'StatefulSet', 'DaemonSet', 'Service']);
  return { do: 'meddle', kind, nth: random.integer(0, 20), how: random.pick(['delete', 'data', 'labels'] as const) };
}

const resources = [
  'secrets',
  'secrets',
  'configmaps',
  'namespaces',
  'statefulsets',
  'services',
  'pods',
  'prometheuses',
  'prometheusagents',
  'servicemonitors',
  'prometheusrules',
  'leases',
  'events',
];

/** What goes wrong. */
function makeTrouble(random: SeededRandom): Deed {
  const choice = random.next();
  if (choice < 0.45) return makeFault(random);
  if (choice < 0.6) {
    const fate = random.pick(['end', 'reset', 'expire', 'drop'] as const);
    return { do: 'spoil', fate, on: makeTarget(random, ['watch']), times: random.integer(1, 3) };
  }
  if (choice < 0.75) {
    const moment = random.pick(['arrived', 'answered'] as const);
    return random.chance(0.5) ? { do: 'kill' } : { do: 'kill', atWrite: { skip: random.integer(0, 12), moment } };
  }
  if (choice < 0.8) return { do: 'restart' };
  if (choice < 0.85) return { do: 'seize-lease' };
  if (choice < 0.92) return { do: 'set-clock', byMs: random.pick([-3_600_000, 3_600_000, -5000, 30_000]) };
  return { do: 'sleep', ms: random.pick([11_000, 30_000, 400_000]) };
}

function makeTarget(random: SeededRandom, verb?: Target['verb']): Target {
  return {
    ...(verb === undefined ? {} : { verb }),
    ...(random.chance(0.7) ? { resource: random.pick(resources) } : {}),
  };
}

/** Requests that go wrong, for a while or for a long time. */
export function makeFault(random: SeededRandom): Deed {
  const reads = ['get', 'list', 'watch'] as const;
  const writes = ['create', 'update', 'patch', 'delete'] as const;
  const [fault, verb] = random.pick<readonly [Fault, Target['verb'] | undefined]>([
    [conflict, ['update', 'patch']],
    [expired, ['list', 'watch']],
    [tooManyRequests(random.pick([1, 5, 20])), undefined],
    [internalError, random.pick([undefined, reads, writes])],
    [unavailable, random.pick([undefined, reads, writes])],
    [forbidden('Not allowed for a while'), ['list', 'watch']],
    [
      { kind: 'status', code: 404, reason: 'NotFound', message: 'the server could not find the requested resource' },
      ['list', 'watch'],
    ],
    [{ kind: 'hang' }, undefined],
    [{ kind: 'hang', afterAnswer: true }, writes],
    [{ kind: 'reset' }, undefined],
    [{ kind: 'reset', afterBytes: random.integer(0, 300) }, undefined],
    [{ kind: 'slow', delayMs: random.pick([50, 500, 2000]) }, undefined],
  ]);
  const isLong = random.chance(0.2);
  const forMs = isLong ? random.integer(minuteMs, 15 * minuteMs) : random.integer(100, 20_000);
  return { do: 'fault', fault, on: makeTarget(random, verb), times: isLong ? 10_000 : random.integer(1, 20), forMs };
}
