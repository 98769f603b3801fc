import type { EnvVar } from '../shared/rendered-objects.ts';
import type { VolumeMount } from '../../../api/core/container.ts';
import { cleanPath } from '../shared/probes.ts';
import type { ReloaderInput, ReloadMethod } from '../shared/reloader.ts';
import { configFile, expandedConfigFile, webConfigFile } from './prometheus-paths.ts';
import { ruleFolderOf, sharesWebConfig } from './prometheus-pod-parts.ts';
import type { PodInput } from './prometheus-pod-parts.ts';
import { listShardValues } from './shards.ts';
import { routePrefixOf, webSchemeOf } from './prometheus-workload.ts';
import type { PrometheusWorkload } from './prometheus-workload.ts';

function chooseReloadMethod({ spec, settings }: PrometheusWorkload): ReloadMethod {
  const url = (path: string): string =>
    `${webSchemeOf(spec)}://${settings.localHost}:9090${cleanPath(`${routePrefixOf(spec)}${path}`)}`;
  if (spec.reloadStrategy === 'ProcessSignal') {
    return { kind: 'signal', runtimeInfoUrl: url('/api/v1/status/runtimeinfo') };
  }
  return { kind: 'http', url: url('/-/reload') };
}

/** Variables that the configuration uses: `$(SHARD)` and, with topology sharding, zone and position in it. */
function listEnv({ workload, shard }: PodInput): EnvVar[] {
  if (shard === undefined) {
    const node = { name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } };
    return [node, { name: 'SHARD', value: '0' }];
  }
  return Object.entries(listShardValues(workload, shard)).map(([name, value]) => ({ name, value }));
}

/** What both config-reloader containers of a Prometheus pod are made from (docs/reference/rendering.md 4.10). */
export function describeReloader(input: PodInput, mounts: readonly VolumeMount[]): ReloaderInput {
  const { workload } = input;
  const { spec } = workload;
  return {
    settings: workload.settings,
    reload: chooseReloadMethod(workload),
    listenLocal: spec.listenLocal === true,
    configFile,
    expandedConfigFile,
    ...(sharesWebConfig(workload) ? { webConfigFile } : {}),
    watchedFolders: input.ruleConfigMaps.map(ruleFolderOf),
    logLevel: spec.logLevel,
    logFormat: spec.logFormat,
    imagePullPolicy: spec.imagePullPolicy,
    env: listEnv(input),
    mounts,
  };
}
