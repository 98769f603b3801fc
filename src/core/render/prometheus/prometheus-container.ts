import type { Container, VolumeMount } from '../../../api/core/container.ts';
import type { EnvVar, Probe } from '../shared/rendered-objects.ts';
import { chooseArguments, renderArguments } from '../shared/arguments.ts';
import { resolveImage } from '../shared/image.ts';
import { omitUndefined, unlessBlank, unlessEmpty } from '../shared/rendered-objects.ts';
import { cleanPath, renderProbeHandler } from '../shared/probes.ts';
import { restrictContainer } from '../shared/restricted.ts';
import { listAgentArguments } from './agent-arguments.ts';
import { listCommonArguments } from './common-arguments.ts';
import { listServerArguments } from './server-arguments.ts';
import { portNameOf, routePrefixOf, webSchemeOf } from './prometheus-workload.ts';
import type { PrometheusWorkload } from './prometheus-workload.ts';

function chooseImage({ spec, server, version, settings }: PrometheusWorkload): string {
  return resolveImage({
    image: spec.image,
    base: unlessBlank(server?.baseImage) ?? settings.prometheusBaseImage,
    version: `v${version.toString()}`,
    tag: server?.tag,
    sha: server?.sha,
  });
}

function listArgs(workload: PrometheusWorkload): string[] {
  const { server } = workload;
  const own = [
    ...listCommonArguments(workload),
    ...(server === undefined ? listAgentArguments(workload) : listServerArguments(workload, server)),
  ];
  return renderArguments(chooseArguments(own), workload.spec.additionalArgs, 'spec.additionalArgs');
}

/** From 2.53.0 on the value is in prometheus.yml. */
function listEnv({ server, version }: PrometheusWorkload): EnvVar[] {
  const goGC = server?.runtime?.goGC;
  return goGC !== undefined && version.isBelow('2.53.0') ? [{ name: 'GOGC', value: String(goGC) }] : [];
}

/** How long a start may take, as failures times period; a minute at least, 15 minutes by default. */
function timeStartup(seconds: number | undefined): Pick<Probe, 'periodSeconds' | 'failureThreshold'> {
  if (seconds === undefined || seconds < 60) return { periodSeconds: 15, failureThreshold: 60 };
  const failureThreshold = Math.ceil(seconds / 60);
  return { periodSeconds: Math.ceil(seconds / failureThreshold), failureThreshold };
}

type Probes = Pick<Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>;

/** Probes of Prometheus (docs/reference/rendering.md 4.7). */
function renderProbes({ spec }: PrometheusWorkload): Probes {
  const handler = (path: string): Probe => ({
    ...renderProbeHandler({
      path: cleanPath(`${routePrefixOf(spec)}${path}`),
      port: portNameOf(spec),
      ...(webSchemeOf(spec) === 'https' ? { scheme: 'HTTPS' } : {}),
      ...(spec.listenLocal === true ? { localAddress: 'localhost:9090' } : {}),
    }),
    timeoutSeconds: 3,
  });
  return {
    startupProbe: { ...handler('/-/ready'), ...timeStartup(spec.maximumStartupDurationSeconds) },
    readinessProbe: { ...handler('/-/ready'), periodSeconds: 5, failureThreshold: 3 },
    livenessProbe: { ...handler('/-/healthy'), periodSeconds: 5, failureThreshold: 6 },
  };
}

/**
 * The container that runs Prometheus (docs/reference/rendering.md 4.6).
 * @throws {TerminalError} for an image or additional arguments that cannot be used.
 */
export function renderPrometheusContainer(workload: PrometheusWorkload, mounts: readonly VolumeMount[]): Container {
  const { spec } = workload;
  const port = { name: portNameOf(spec), containerPort: 9090, protocol: 'TCP' };
  return omitUndefined<Container>({
    name: 'prometheus',
    image: chooseImage(workload),
    imagePullPolicy: unlessBlank(spec.imagePullPolicy),
    args: listArgs(workload),
    env: unlessEmpty(listEnv(workload)),
    ports: spec.listenLocal === true ? undefined : [port],
    volumeMounts: [...mounts],
    resources: spec.resources ?? {},
    ...renderProbes(workload),
    ...restrictContainer(),
  });
}
