import { omitUndefined } from '../shared/rendered-objects.ts';
import type { DaemonSet, StatefulSet } from '../shared/rendered-objects.ts';
import { renderSetMetadata, renderWorkloadSet, secondsUnlessZero } from '../shared/stateful-set.ts';
import { labelSet, selectShard } from './prometheus-labels.ts';
import { nameStatefulSet } from './prometheus-names.ts';
import { chooseStorage } from './prometheus-pod-parts.ts';
import { renderPrometheusPod } from './prometheus-pod.ts';
import { countReplicas } from './shards.ts';
import type { PrometheusWorkload } from './prometheus-workload.ts';

/** What a StatefulSet depends on besides its workload. */
export interface StatefulSetInput {
  /** Number of the shard, from 0. */
  readonly shard: number;
  /** How many tls-assets Secrets there are. */
  readonly tlsAssetSecrets: number;
  /** Names of the rule ConfigMaps, in order; empty for agents. */
  readonly ruleConfigMaps: readonly string[];
  /** How many Secrets with jobs pods mount beside that with the configuration; absent or 0: all jobs are in that one. */
  readonly jobFileReserve?: number;
}

/**
 * The StatefulSet of one shard, without the input hash (docs/reference/rendering.md 4.2 to 4.15).
 * @throws {TerminalError} when the spec asks for what cannot be rendered.
 */
export function renderStatefulSet(workload: PrometheusWorkload, input: StatefulSetInput): StatefulSet {
  const { shard } = input;
  return renderWorkloadSet(workload, {
    name: nameStatefulSet(workload.names, shard),
    labels: labelSet(workload, shard),
    selector: selectShard(workload, shard),
    replicas: countReplicas(workload.spec),
    template: renderPrometheusPod({ ...input, workload }),
    claim: chooseStorage(workload)?.claim,
  });
}

/**
 * The DaemonSet of an agent (docs/reference/rendering.md 4.19).
 * @throws {TerminalError} when the spec asks for what cannot be rendered.
 */
export function renderDaemonSet(workload: PrometheusWorkload, tlsAssetSecrets: number): DaemonSet {
  const { spec, names } = workload;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: renderSetMetadata(workload, names.prefix, labelSet(workload, undefined)),
    spec: omitUndefined<DaemonSet['spec']>({
      selector: { matchLabels: selectShard(workload, undefined) },
      minReadySeconds: secondsUnlessZero(spec.minReadySeconds),
      template: renderPrometheusPod({ workload, shard: undefined, tlsAssetSecrets, ruleConfigMaps: [] }),
    }),
  };
}
