/** Pairs of manifests by seed: what is applied first, and what is applied then. */
import { cloneJson } from '../../../../src/base/json.ts';
import { listGoodAssets } from '../../../simulation/objects.ts';
import { SeededRandom } from '../../discovery/seeded-random.ts';
import { changes } from './pair-changes.ts';
import type { Manifests } from './pair-changes.ts';
import {
  makeAlertmanagerConfig,
  makeMonitor,
  makeRule,
  makeServices,
  makeWorkload,
  monitorKinds,
  monitorNames,
  workloadKinds,
} from './pair-objects.ts';
import type { Manifest } from './pair-objects.ts';

export interface Pair {
  readonly seed: number;
  readonly namespace: string;
  readonly from: readonly Manifest[];
  readonly to: readonly Manifest[];
  /** Names of the changes between the two. */
  readonly changes: readonly string[];
}

const names = Object.keys(changes);

/** Nothing but the seed decides what is in it. */
export function generatePair(seed: number): Pair {
  const random = new SeededRandom(Math.imul(seed + 1, 0x9e3779b1));
  const namespace = `pair-${seed}`;
  const objects: Manifests = new Map();
  for (const object of makeFirst(random, namespace)) objects.set(`${object.kind}/${object.metadata.name}`, object);
  const scene = { random, objects, namespace };
  // Some begin with what others come to: an object that is paused, refused or deleted by its pods.
  if (random.chance(0.3)) changes[random.pick(names)]?.(scene);
  const from = cloneJson([...objects.values()]);
  // Each change comes first in some pair.
  const wanted = names[seed % names.length] ?? 'nothing';
  const more = Array.from({ length: random.pick([0, 0, 1, 2, 3]) }, () => random.pick(names));
  const made = [wanted, ...more].filter((name) => changes[name]?.(scene) === true);
  return { seed, namespace, from, to: cloneJson([...objects.values()]), changes: made };
}

function makeFirst(random: SeededRandom, namespace: string): Manifest[] {
  const some = random.some(workloadKinds, 0.4);
  const kinds = some.length > 0 ? some : [random.pick(workloadKinds)];
  const place = (): { name: string; namespace: string } => ({ name: random.pick(monitorNames), namespace });
  const bindings = Array.from({ length: random.integer(1, 3) }, () =>
    makeMonitor(random, random.pick(monitorKinds), place()),
  );
  return [
    ...(listGoodAssets(namespace) as Manifest[]),
    ...makeServices(namespace),
    ...bindings,
    ...(random.chance(0.7) ? [makeRule(random, random.pick(monitorNames), namespace)] : []),
    ...(random.chance(0.5) ? [makeAlertmanagerConfig(random, random.pick(monitorNames), namespace)] : []),
    ...kinds.map((kind) => makeWorkload(random, kind, namespace)),
  ];
}
