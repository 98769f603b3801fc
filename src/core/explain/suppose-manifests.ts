import type { KubernetesObject } from '../../api/meta.ts';
import { readClusterObjects } from '../manifests/cluster-objects.ts';
import { readSources } from '../manifests/sources.ts';
import type { ManifestSources } from '../manifests/sources.ts';
import type { OperatorSettings } from '../settings.ts';
import { listOperatorObjects } from './suppose-operator.ts';
import { listTemplates, supposeCluster } from './suppose.ts';
import type { Supposition } from './suppose.ts';

/** Manifests in the place of a cluster. */
export interface SupposedManifests extends Supposition {
  readonly read: ManifestSources;
  /** The manifests, and before them what the operator makes of them. */
  readonly together: readonly KubernetesObject[];
}

/** What a cluster with an operator would make of manifests. */
export function supposeManifests(objects: readonly KubernetesObject[], settings: OperatorSettings): SupposedManifests {
  const read = readSources(objects);
  const made = listOperatorObjects(read, settings);
  // Of two objects with one name the last counts: what is among the files.
  const together = [...made, ...objects];
  const given = readClusterObjects(together, read.sources.namespaces);
  return { ...supposeCluster(given, listTemplates([...objects, ...made])), read, together };
}
