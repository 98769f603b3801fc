import type { StatefulSetSpec } from '../shared/objects.ts';
import type { ObjectMeta } from '../../../api/meta.ts';
import type { StatefulSetUpdateStrategy } from '../../../api/parts/workload.ts';
import { referToController, renderMetadata } from '../shared/metadata.ts';
import { omitUndefined, unlessBlank } from '../shared/objects.ts';
import type { DaemonSet, StatefulSet } from '../shared/objects.ts';
import { labelSet, selectShard } from './labels.ts';
import { nameStatefulSet } from './names.ts';
import { chooseStorage } from './pod-parts.ts';
import { renderPodTemplate } from './pod-template.ts';
import { countReplicas } from './shards.ts';
import type { Workload } from './workload.ts';

/** What a StatefulSet depends on besides its workload. */
export interface StatefulSetInput {
  /** Number of the shard, from 0. */
  readonly shard: number;
  /** How many tls-assets Secrets there are. */
  readonly tlsAssetSecrets: number;
  /** Names of the rule ConfigMaps, in order; empty for agents. */
  readonly ruleConfigMaps: readonly string[];
}

/** Labels and annotations of the owner go to its sets, without what kubectl keeps for itself (docs/reference/rendering.md 4.2). */
function renderSetMetadata(workload: Workload, name: string, shard: number | undefined): ObjectMeta {
  const { owner, settings } = workload;
  const { annotations = {}, ...metadata } = renderMetadata(
    {
      name,
      namespace: owner.metadata.namespace,
      labels: labelSet(workload, shard),
      annotations: owner.metadata.annotations ?? {},
      ownerReferences: [referToController(owner)],
    },
    settings,
  );
  const kept = Object.entries(annotations).filter(([key]) => !key.startsWith('kubectl.kubernetes.io/'));
  return kept.length === 0 ? metadata : { ...metadata, annotations: Object.fromEntries(kept) };
}

function renderUpdateStrategy(strategy: StatefulSetUpdateStrategy | undefined): StatefulSetUpdateStrategy {
  if (strategy === undefined) return { type: 'RollingUpdate' };
  const maxUnavailable = strategy.rollingUpdate?.maxUnavailable;
  return { type: strategy.type, ...(maxUnavailable === undefined ? {} : { rollingUpdate: { maxUnavailable } }) };
}

/** Zero is the API's default and is not sent. */
const secondsUnlessZero = (seconds = 0): number | undefined => (seconds === 0 ? undefined : seconds);

/**
 * The StatefulSet of one shard, without the input hash (docs/reference/rendering.md 4.2 to 4.15).
 * @throws {TerminalError} when the spec asks for what cannot be rendered.
 */
export function renderStatefulSet(workload: Workload, input: StatefulSetInput): StatefulSet {
  const { spec, names } = workload;
  const { shard } = input;
  const claim = chooseStorage(workload)?.claim;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: renderSetMetadata(workload, nameStatefulSet(names, shard), shard),
    spec: omitUndefined<StatefulSetSpec>({
      serviceName: unlessBlank(spec.serviceName) ?? names.governingService,
      replicas: countReplicas(spec),
      podManagementPolicy: spec.podManagementPolicy ?? 'Parallel',
      updateStrategy: renderUpdateStrategy(spec.updateStrategy),
      minReadySeconds: secondsUnlessZero(spec.minReadySeconds),
      selector: { matchLabels: selectShard(workload, shard) },
      template: renderPodTemplate({ ...input, workload }),
      volumeClaimTemplates: claim === undefined ? undefined : [claim],
      persistentVolumeClaimRetentionPolicy: spec.persistentVolumeClaimRetentionPolicy,
    }),
  };
}

/**
 * The DaemonSet of an agent (docs/reference/rendering.md 4.19).
 * @throws {TerminalError} when the spec asks for what cannot be rendered.
 */
export function renderDaemonSet(workload: Workload, tlsAssetSecrets: number): DaemonSet {
  const { spec, names } = workload;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: renderSetMetadata(workload, names.prefix, undefined),
    spec: omitUndefined<DaemonSet['spec']>({
      selector: { matchLabels: selectShard(workload, undefined) },
      minReadySeconds: secondsUnlessZero(spec.minReadySeconds),
      template: renderPodTemplate({ workload, shard: undefined, tlsAssetSecrets, ruleConfigMaps: [] }),
    }),
  };
}
