import type { KubernetesObject } from '../../api/meta.ts';
import { isJsonObject } from '../../base/json.ts';
import { completeManifest } from '../manifests/sources.ts';
import type { OperatorSettings } from '../settings.ts';
import type { Finding } from './finding.ts';
import { checkMeaning } from './meaning.ts';
import { readWorld } from './readers.ts';
import { checkStructure } from './structure.ts';
import type { StructureTools } from './structure.ts';

export interface CheckTools extends StructureTools {
  /** Of the operator that would read the objects. */
  readonly settings: OperatorSettings;
}

/**
 * Everything that is known to be wrong with a set of manifests, for each in their order: first what the API server says,
 * then, of those it would take, what the operator says.
 */
export function checkManifests(manifests: readonly KubernetesObject[], tools: CheckTools): Finding[][] {
  const structure = manifests.map((object) => checkStructure(object, tools));
  const complete = manifests.map((object, at) => {
    const isRight = structure[at]?.every(({ severity }) => severity !== 'error') === true;
    return isRight && isJsonObject(object.metadata) ? completeManifest(object) : undefined;
  });
  const world = readWorld(
    complete.filter((object) => object !== undefined),
    tools.settings,
  );
  return manifests.map((_, at) => {
    const object = complete[at];
    return [...(structure[at] ?? []), ...(object === undefined ? [] : checkMeaning(object, world))];
  });
}
