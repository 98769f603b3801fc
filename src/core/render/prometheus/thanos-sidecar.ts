import type { Container, VolumeMount } from '../../../api/core/container.ts';
import type { EnvVar } from '../shared/rendered-objects.ts';
import type { ThanosSpec } from '../../../api/prometheus.ts';
import type { Version } from '../../../base/version.ts';
import { argument, argumentIfSet, chooseArguments, renderArguments } from '../shared/arguments.ts';
import type { MaybeArgument } from '../shared/arguments.ts';
import { listGrpcTlsArguments } from '../shared/grpc-tls.ts';
import { resolveImage } from '../shared/image.ts';
import { omitUndefined, unlessBlank, unlessEmpty } from '../shared/rendered-objects.ts';
import { cleanPath } from '../shared/probes.ts';
import { restrictContainer } from '../shared/restricted.ts';
import { defaultThanosVersion } from '../shared/versions.ts';
import { chooseCompaction, readThanosVersion, uploadsBlocks } from './compaction.ts';
import { shipperFile, storageFolder, thanosConfigFolder, thanosHttpClientFile } from './prometheus-paths.ts';
import { chooseStorage } from './prometheus-pod-parts.ts';
import { routePrefixOf, webSchemeOf } from './prometheus-workload.ts';
import type { PrometheusWorkload } from './prometheus-workload.ts';

export const thanosGrpcPort = 10901;
const httpPort = 10902;

function listUploadArguments(workload: PrometheusWorkload, thanos: ThanosSpec): MaybeArgument[] {
  if (!uploadsBlocks(thanos)) return [];
  const file = unlessBlank(thanos.objectStorageConfigFile);
  const delayed = chooseCompaction(workload) === 'delayed';
  return [
    file === undefined ? argument('objstore.config', '$(OBJSTORE_CONFIG)') : argument('objstore.config-file', file),
    argument('tsdb.path', storageFolder),
    delayed && argument('shipper.meta-file-name', shipperFile),
    delayed && argument('shipper.ignore-unequal-block-size'),
  ];
}

function tracingArgument(thanos: ThanosSpec): MaybeArgument {
  const file = unlessBlank(thanos.tracingConfigFile);
  if (file !== undefined) return argument('tracing.config-file', file);
  return thanos.tracingConfig !== undefined && argument('tracing.config', '$(TRACING_CONFIG)');
}

/** The sidecar's arguments after the word "sidecar" (docs/reference/rendering.md 4.15). */
function listArguments(workload: PrometheusWorkload, thanos: ThanosSpec, version: Version): MaybeArgument[] {
  const { spec, settings } = workload;
  const bind = (local: boolean | undefined): string =>
    thanos.listenLocal === true || local === true ? '127.0.0.1' : '';
  const getsConfig = version.isAtLeast('0.29.0');
  return [
    argument('prometheus.url', `${webSchemeOf(spec)}://${settings.localHost}:9090${cleanPath(routePrefixOf(spec))}`),
    argument('grpc-address', `${bind(thanos.grpcListenLocal)}:${thanosGrpcPort}`),
    argument('http-address', `${bind(thanos.httpListenLocal)}:${httpPort}`),
    ...listGrpcTlsArguments(thanos.grpcServerTlsConfig, version),
    ...listUploadArguments(workload, thanos),
    tracingArgument(thanos),
    argumentIfSet('log.level', unlessBlank(thanos.logLevel) ?? spec.logLevel),
    argumentIfSet('log.format', unlessBlank(thanos.logFormat) ?? spec.logFormat),
    argumentIfSet('min-time', thanos.minTime),
    argumentIfSet('prometheus.ready_timeout', thanos.readyTimeout),
    getsConfig && argumentIfSet('prometheus.get_config_timeout', thanos.getConfigTimeout),
    getsConfig && argumentIfSet('prometheus.get_config_interval', thanos.getConfigInterval),
    version.isAtLeast('0.24.0') &&
      argument('prometheus.http-client-file', `${thanosConfigFolder}/${thanosHttpClientFile}`),
  ];
}

/** Configurations that hold credentials come through the environment, from Secrets. */
function listEnv(thanos: ThanosSpec): EnvVar[] {
  const { objectStorageConfig: objects, tracingConfig: tracing } = thanos;
  const fromSecrets: EnvVar[] = [];
  if (objects !== undefined && unlessBlank(thanos.objectStorageConfigFile) === undefined) {
    fromSecrets.push({ name: 'OBJSTORE_CONFIG', valueFrom: { secretKeyRef: objects } });
  }
  if (tracing !== undefined && unlessBlank(thanos.tracingConfigFile) === undefined) {
    fromSecrets.push({ name: 'TRACING_CONFIG', valueFrom: { secretKeyRef: tracing } });
  }
  return fromSecrets;
}

function listMounts(workload: PrometheusWorkload, thanos: ThanosSpec, version: Version): VolumeMount[] {
  const own = (thanos.volumeMounts ?? []).map(({ name, mountPath }) => ({ name, mountPath }));
  const storage = uploadsBlocks(thanos) ? chooseStorage(workload) : undefined;
  const client = { name: 'thanos-prometheus-http-client-file', mountPath: thanosConfigFolder };
  return [...own, ...(storage === undefined ? [] : [storage.mount]), ...(version.isAtLeast('0.24.0') ? [client] : [])];
}

/**
 * The thanos-sidecar container, when spec.thanos asks for it.
 * @throws {TerminalError} for a version, image or additional arguments that cannot be used.
 */
export function renderThanosSidecar(workload: PrometheusWorkload): Container | undefined {
  const thanos = workload.server?.thanos;
  if (thanos === undefined) return undefined;
  const version = readThanosVersion(thanos.version);
  const own = chooseArguments(listArguments(workload, thanos, version));
  return omitUndefined<Container>({
    name: 'thanos-sidecar',
    image: resolveImage({
      image: thanos.image,
      base: unlessBlank(thanos.baseImage) ?? workload.settings.thanosBaseImage,
      version: unlessBlank(thanos.version) ?? defaultThanosVersion,
      tag: thanos.tag,
      sha: thanos.sha,
    }),
    imagePullPolicy: unlessBlank(workload.spec.imagePullPolicy),
    args: ['sidecar', ...renderArguments(own, thanos.additionalArgs, 'spec.thanos.additionalArgs')],
    env: unlessEmpty(listEnv(thanos)),
    ports: [
      { name: 'http', containerPort: httpPort },
      { name: 'grpc', containerPort: thanosGrpcPort },
    ],
    volumeMounts: unlessEmpty(listMounts(workload, thanos, version)),
    resources: thanos.resources ?? {},
    ...restrictContainer(),
  });
}
