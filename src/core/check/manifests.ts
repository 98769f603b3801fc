import type { KubernetesObject } from '../../api/meta.ts';
import { isJsonObject } from '../../base/json.ts';
import { completeManifest } from '../manifests/sources.ts';
import { explainUnusable } from '../manifests/usable.ts';
import type { OperatorSettings } from '../settings.ts';
import type { Finding } from './finding.ts';
import { checkMeaning } from './meaning.ts';
import { readWorld } from './readers.ts';
import type { Discover } from './readers.ts';
import { checkStructure } from './structure.ts';
import type { StructureTools } from './structure.ts';

export interface CheckTools extends StructureTools {
  /** Of the operator that would read the objects. */
  readonly settings: OperatorSettings;
  /** What targets are discovered from, in a cluster with those manifests; absent: series of rules are not looked for. */
  readonly discover?: Discover;
}

/**
 * Everything that is known to be wrong with a set of manifests, for each in their order: first what the API server says,
 * then, of those it would take, what the operator says.
 */
export function checkManifests(manifests: readonly KubernetesObject[], tools: CheckTools): Finding[][] {
  const structure = manifests.map((object) => checkStructure(object, tools));
  const complete = manifests.map((object, at) => {
    const isRight = structure[at]?.every(({ severity }) => severity !== 'error') === true;
    return isRight && isJsonObject(object.metadata) && explainUnusable(object) === undefined
      ? completeManifest(object)
      : undefined;
  });
  const world = readWorld(
    complete.filter((object) => object !== undefined),
    tools,
  );
  return manifests.map((_, at): Finding[] => {
    const object = complete[at];
    const found = structure[at] ?? [];
    return object === undefined
      ? [...found, ...explainLeftOut(manifests[at], found)]
      : [...found, ...checkMeaning(object, world)];
  });
}

/** What no API server could decode is an error, also of kinds that are not ours. */
function explainLeftOut(object: KubernetesObject | undefined, found: readonly Finding[]): Finding[] {
  const message = object === undefined ? undefined : explainUnusable(object);
  if (message === undefined || found.some(({ severity }) => severity === 'error')) return [];
  return [
    { severity: 'error', reason: 'InvalidObject', path: '', part: 'value', message: `Cannot be used: ${message}` },
  ];
}
