import type { Container, ResourceRequirements, VolumeMount } from '../../../api/core/container.ts';
import { approximateFloat } from '../../../base/quantity.ts';
import { resolveImage } from '../shared/image.ts';
import { omitUndefined, unlessBlank } from '../shared/rendered-objects.ts';
import type { EnvVar, Probe } from '../shared/rendered-objects.ts';
import { cleanPath, renderProbeHandler } from '../shared/probes.ts';
import { restrictContainer } from '../shared/restricted.ts';
import { renderAlertmanagerArguments } from './alertmanager-arguments.ts';
import { portNameOf, routePrefixOf, versionTextOf, webSchemeOf } from './alertmanager-workload.ts';
import type { AlertmanagerWorkload } from './alertmanager-workload.ts';

export const webPort = 9093;
export const meshPort = 9094;
/** Names of the ports that peers talk to. */
export const meshPorts = { tcp: 'mesh-tcp', udp: 'mesh-udp' } as const;

function chooseImage({ spec, settings }: AlertmanagerWorkload): string {
  return resolveImage({
    image: spec.image,
    base: unlessBlank(spec.baseImage) ?? settings.alertmanagerBaseImage,
    version: versionTextOf(spec),
    tag: spec.tag,
    sha: spec.sha,
  });
}

function listPorts({ spec }: AlertmanagerWorkload): Container['ports'] {
  const web = { name: portNameOf(spec), containerPort: webPort, protocol: 'TCP' };
  return [
    ...(spec.listenLocal === true ? [] : [web]),
    { name: meshPorts.tcp, containerPort: meshPort, protocol: 'TCP' },
    { name: meshPorts.udp, containerPort: meshPort, protocol: 'UDP' },
  ];
}

/** Arguments refer to them: where to listen for peers, and how to be called by them. */
function listEnv({ version }: AlertmanagerWorkload): EnvVar[] {
  const fromField = (name: string, fieldPath: string): EnvVar => ({ name, valueFrom: { fieldRef: { fieldPath } } });
  const address = fromField('POD_IP', 'status.podIP');
  return version.isAtLeast('0.30.0') ? [address, fromField('POD_NAME', 'metadata.name')] : [address];
}

type Probes = Pick<Container, 'readinessProbe' | 'livenessProbe'>;

/** Nothing but the pod itself can reach one that listens on localhost. */
function renderProbes(workload: AlertmanagerWorkload): Probes {
  const { spec } = workload;
  if (spec.listenLocal === true) return {};
  const handler = (path: string): Probe =>
    renderProbeHandler({
      path: cleanPath(`${routePrefixOf(spec)}${path}`),
      port: portNameOf(spec),
      ...(webSchemeOf(workload) === 'https' ? { scheme: 'HTTPS' } : {}),
    });
  return {
    livenessProbe: { ...handler('/-/healthy'), timeoutSeconds: 3, failureThreshold: 10 },
    readinessProbe: {
      ...handler('/-/ready'),
      initialDelaySeconds: 3,
      timeoutSeconds: 3,
      periodSeconds: 5,
      failureThreshold: 10,
    },
  };
}

const defaultMemory = '200Mi';

/** Asks for memory, unless the user limits it to less: a request above the limit is refused (the reference's fault). */
function renderResources(given: ResourceRequirements = {}): ResourceRequirements {
  const limit = given.limits?.memory;
  const limited = limit !== undefined && approximateFloat(limit) < approximateFloat(defaultMemory);
  if (given.requests?.memory !== undefined || limited) return given;
  return { ...given, requests: { ...given.requests, memory: defaultMemory } };
}

/**
 * The container that runs Alertmanager (docs/reference/rendering.md 5.3).
 * @throws {TerminalError} for an image, a limit or additional arguments that cannot be used.
 */
export function renderAlertmanagerContainer(workload: AlertmanagerWorkload, mounts: readonly VolumeMount[]): Container {
  const { spec } = workload;
  return omitUndefined<Container>({
    name: 'alertmanager',
    image: chooseImage(workload),
    imagePullPolicy: unlessBlank(spec.imagePullPolicy),
    args: renderAlertmanagerArguments(workload),
    env: listEnv(workload),
    ports: listPorts(workload),
    volumeMounts: [...mounts],
    resources: renderResources(spec.resources),
    ...renderProbes(workload),
    ...restrictContainer(),
  });
}
