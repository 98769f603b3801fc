import type { Container, ResourceRequirements, VolumeMount } from '../../../api/core/container.ts';
import { resolveImage } from '../shared/image.ts';
import { omitUndefined, unlessBlank } from '../shared/rendered-objects.ts';
import { cleanPath } from '../shared/probes.ts';
import { renderReloader } from '../shared/reloader.ts';
import { restrictContainer } from '../shared/restricted.ts';
import { defaultThanosVersion } from '../shared/versions.ts';
import { listRulerArgs } from './ruler-arguments.ts';
import { ruleFolder, webConfigFile } from './ruler-paths.ts';
import { hasWebConfig } from './ruler-pod-parts.ts';
import type { PodInput } from './ruler-pod-parts.ts';
import { crdDefaults, grpcPort, httpPort } from './ruler-workload.ts';
import type { ThanosRulerWorkload } from './ruler-workload.ts';

function listPorts({ spec }: ThanosRulerWorkload): NonNullable<Container['ports']> {
  const grpc = { name: 'grpc', containerPort: grpcPort, protocol: 'TCP' };
  if (spec.listenLocal === true) return [grpc];
  const name = unlessBlank(spec.portName ?? crdDefaults.portName);
  return [grpc, { ...(name === undefined ? {} : { name }), containerPort: httpPort, protocol: 'TCP' }];
}

function requireMemory(resources: ResourceRequirements = {}): ResourceRequirements {
  return { ...resources, requests: { memory: '200Mi', ...resources.requests } };
}

/**
 * The container that runs Thanos; it has no probes (docs/reference/rendering.md 6.3).
 * @throws {TerminalError} without queriers, and for an image or additional arguments that cannot be used.
 */
export function renderRulerContainer(input: PodInput, mounts: readonly VolumeMount[]): Container {
  const { workload } = input;
  const { spec, settings } = workload;
  return omitUndefined<Container>({
    name: 'thanos-ruler',
    image: resolveImage({
      image: spec.image,
      base: settings.thanosBaseImage,
      version: unlessBlank(spec.version) ?? defaultThanosVersion,
    }),
    imagePullPolicy: unlessBlank(spec.imagePullPolicy),
    args: listRulerArgs(workload, hasWebConfig(input)),
    env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
    ports: listPorts(workload),
    volumeMounts: [...mounts],
    resources: requireMemory(spec.resources),
    ...restrictContainer(),
  });
}

function nameReloadUrl(input: PodInput): string {
  const { spec, settings, version } = input.workload;
  const secure = spec.web?.tlsConfig !== undefined && version.isAtLeast('0.21.0');
  const path = cleanPath(`/${spec.routePrefix ?? ''}/-/reload`);
  return `${secure ? 'https' : 'http'}://${settings.localHost}:${httpPort}${path}`;
}

/** The config-reloader that follows the rules; none when there are none to follow. */
export function renderRulerReloader(input: PodInput, mounts: readonly VolumeMount[]): Container | undefined {
  const { workload, ruleConfigMaps } = input;
  const { spec, settings } = workload;
  if (ruleConfigMaps.length === 0) return undefined;
  return renderReloader({
    settings,
    reload: { kind: 'http', url: nameReloadUrl(input) },
    listenLocal: spec.listenLocal === true,
    ...(hasWebConfig(input) ? { webConfigFile } : {}),
    watchedFolders: ruleConfigMaps.map((name) => `${ruleFolder}/${name}`),
    logLevel: spec.logLevel,
    logFormat: spec.logFormat,
    imagePullPolicy: undefined,
    env: [{ name: 'SHARD', value: '-1' }],
    mounts,
  });
}
