import type { KubernetesObject } from '../../../api/meta.ts';
import { hashJson } from '../../../base/hash.ts';
import { planKeys, planLabel } from '../../served/served-workload.ts';
import type { ServedWorkload } from '../../served/served-workload.ts';
import { referToController, renderMetadata } from '../shared/metadata.ts';
import type { ConfigMap } from '../shared/rendered-objects.ts';
import { unlessBlank } from '../shared/rendered-objects.ts';
import { compress } from './config/chunks.ts';
import type { DiscoveryPlan } from './config/discovery-plan.ts';
import type { JobFile } from './config/job-files.ts';
import { chooseAssignment } from './discovery-choice.ts';
import type { PrometheusWorkload } from './prometheus-workload.ts';
import { countShards, listShardValues } from './shards.ts';

/** Whether the ConfigMap is part of a discovery plan; metadata is enough. */
export const isPlan = ({ metadata }: KubernetesObject): boolean => metadata.labels?.[planLabel] !== undefined;

/** What the names of a workload's plan ConfigMaps begin with; a number follows. */
export const planPrefix = ({ names }: Pick<PrometheusWorkload, 'names'>): string => `${names.prefix}-discovery-`;

/** A ConfigMap that is packed when it is asked for: there may be a hundred, of which one is written. */
export interface PlanConfigMap {
  readonly object: ConfigMap;
  /** Equal fingerprints mean equal ConfigMaps. */
  readonly fingerprint: string;
}

/** What the service must know of a workload beside its jobs. */
function describeWorkload(workload: PrometheusWorkload): string {
  const { owner, version, spec, form } = workload;
  const shards = Array.from({ length: countShards(spec) }, (_, shard) => listShardValues(workload, shard));
  const described: ServedWorkload = {
    kind: owner.kind,
    version: version.toString(),
    serviceAccount: unlessBlank(spec.serviceAccountName) ?? 'default',
    shards: form === 'DaemonSet' ? [] : shards,
    assignment: chooseAssignment(workload).assignment,
    perNode: form === 'DaemonSet',
  };
  return JSON.stringify(described);
}

/** One for each file of the plan. */
export function renderPlanConfigMaps(workload: PrometheusWorkload, plan: DiscoveryPlan): PlanConfigMap[] {
  const described = describeWorkload(workload);
  return plan.files.map((file) => renderPlanConfigMap(workload, plan.head, { file, described }));
}

function renderPlanConfigMap(
  workload: PrometheusWorkload,
  head: string,
  { file, described }: { readonly file: JobFile; readonly described: string },
): PlanConfigMap {
  const { owner, settings } = workload;
  const { namespace } = owner.metadata;
  const name = `${planPrefix(workload)}${file.index}`;
  const ownerReferences = [referToController(owner)];
  const metadata = renderMetadata({ name, namespace, labels: { [planLabel]: 'true' }, ownerReferences }, settings);
  return {
    object: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { [planKeys.workload]: described },
      get binaryData() {
        return { [planKeys.jobs]: Buffer.from(compress(`${head}${file.text()}`)).toString('base64') };
      },
    },
    fingerprint: hashJson({ metadata, described, head, digest: file.digest }),
  };
}
