import assert from 'node:assert/strict';
import type { OperatorSettings } from '../../src/core/settings.ts';
import type { RecordedCase } from './cases.ts';
import { dropNulls } from './cases.ts';

/** What recordings of workloads say about the operator and the cluster. */
export interface WorkloadInput {
  readonly config: {
    readonly Annotations: Record<string, string> | null;
    readonly Labels: Record<string, string> | null;
    readonly LocalHost: string;
    readonly PrometheusDefaultBaseImage: string;
    readonly ThanosDefaultBaseImage: string;
    readonly WatchObjectRefsInAllNamespaces: boolean;
    readonly ReloaderConfig: {
      readonly CPULimits: string;
      readonly CPURequests: string;
      readonly MemoryLimits: string;
      readonly MemoryRequests: string;
      readonly EnableProbes: boolean;
      readonly Image: string;
    };
  };
  readonly options: {
    readonly topologySharding: boolean;
    readonly retentionPolicies: boolean;
    readonly endpointSliceSupported: boolean;
    readonly podTopologyLabels: boolean;
  };
}

/** The settings that the reference ran with. */
export function settingsOf({ config, options }: WorkloadInput): OperatorSettings {
  const reloader = config.ReloaderConfig;
  return {
    localHost: config.LocalHost,
    prometheusBaseImage: config.PrometheusDefaultBaseImage,
    alertmanagerBaseImage: 'quay.io/prometheus/alertmanager',
    thanosBaseImage: config.ThanosDefaultBaseImage,
    reloader: {
      image: reloader.Image,
      cpuRequest: reloader.CPURequests,
      cpuLimit: reloader.CPULimits,
      memoryRequest: reloader.MemoryRequests,
      memoryLimit: reloader.MemoryLimits,
      probes: reloader.EnableProbes,
    },
    labels: config.Labels ?? {},
    annotations: config.Annotations ?? {},
    clusterDomain: '',
    watchReferencedObjectsInAllNamespaces: config.WatchObjectRefsInAllNamespaces,
    disableUnmanagedConfiguration: false,
    gates: {
      PrometheusAgentDaemonSet: true,
      PrometheusTopologySharding: options.topologySharding,
      PrometheusShardRetentionPolicy: options.retentionPolicies,
      StatusForConfigurationResources: false,
      RemoteWriteCustomResourceDefinition: false,
      AlertmanagerOriginLabels: false,
    },
    guards: { podDisruptionBudgets: 'off', networkPolicies: 'off' },
    capabilities: { endpointSlices: options.endpointSliceSupported, podTopologyLabels: options.podTopologyLabels },
  };
}

/** A StatefulSet or DaemonSet as far as the comparison looks inside. */
interface Recorded {
  apiVersion?: string;
  kind?: string;
  metadata: { name?: string; namespace?: string; ownerReferences?: { apiVersion: string; kind: string }[] };
  spec: {
    updateStrategy?: object;
    volumeClaimTemplates?: { metadata?: object; status?: unknown }[];
    template: { spec: { volumes?: { name: string; projected?: { sources?: unknown[] } }[] } };
  };
  status?: unknown;
}

/** Typed structs write what no user does: a status of zeros, claims with an empty one, an empty update strategy. */
function dropZeros({ status: _status, ...object }: Recorded): Recorded {
  const spec = { ...object.spec };
  if (Object.keys(spec.updateStrategy ?? {}).length === 0) delete spec.updateStrategy;
  const claims = spec.volumeClaimTemplates;
  if (claims !== undefined) spec.volumeClaimTemplates = claims.map(({ status: _empty, ...claim }) => claim);
  return { ...object, spec };
}

/** Null when the reference refused to render. */
export type WorkloadOutput = Recorded | null;

/** The number of tls-assets Secrets is not part of the recorded input: it shows only in the volume. */
export function countTlsAssets(output: WorkloadOutput): number {
  const volumes = output?.spec.template.spec.volumes ?? [];
  return volumes.find(({ name }) => name === 'tls-assets')?.projected?.sources?.length ?? 0;
}

/**
 * Compares with what the reference rendered. The reference ran with names of StatefulSets that have nothing to do with
 * their owners, without namespaces, and with owners without apiVersion and kind: ours is brought to that.
 */
export function compareWorkload(recorded: RecordedCase<unknown, WorkloadOutput>, render: () => Recorded): void {
  if (recorded.output === null) {
    assert.throws(render, { name: 'TerminalError' });
    return;
  }
  const expected = dropZeros(dropNulls(recorded.output));
  const { apiVersion: _apiVersion, kind: _kind, metadata, ...own } = structuredClone(render());
  const { namespace: _namespace, ...unplaced } = metadata;
  const owners = (expected.metadata.ownerReferences ?? []).map(({ apiVersion, kind }) => ({ apiVersion, kind }));
  const ownerReferences = unplaced.ownerReferences?.map((owner, index) => ({ ...owner, ...owners[index] }));
  assert.deepEqual({ ...own, metadata: { ...unplaced, name: expected.metadata.name, ownerReferences } }, expected);
}
