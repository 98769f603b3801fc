import type { Container, ResourceRequirements, VolumeMount } from '../../../api/core/container.ts';
import type { EnvVar } from './rendered-objects.ts';
import { posix } from 'node:path';
import type { OperatorSettings, ReloaderSettings } from '../../settings.ts';
import { argument, argumentIfSet, chooseArguments, renderArguments } from './arguments.ts';
import type { MaybeArgument } from './arguments.ts';
import { omitUndefined, unlessBlank, unlessEmpty } from './rendered-objects.ts';
import { renderProbeHandler } from './probes.ts';
import { restrictContainer } from './restricted.ts';

/** How the config-reloader makes the program read its configuration again. */
export type ReloadMethod =
  { readonly kind: 'http'; readonly url: string } | { readonly kind: 'signal'; readonly runtimeInfoUrl: string };

/** A config-reloader of a workload, as init container or beside the program (docs/reference/rendering.md 4.10). */
export interface ReloaderInput {
  readonly settings: OperatorSettings;
  readonly reload: ReloadMethod;
  readonly listenLocal: boolean;
  readonly configFile?: string;
  readonly expandedConfigFile?: string;
  readonly webConfigFile?: string;
  readonly watchedFolders: readonly string[];
  readonly logLevel: string | undefined;
  readonly logFormat: string | undefined;
  readonly imagePullPolicy: string | undefined;
  /** Besides POD_NAME. */
  readonly env: readonly EnvVar[];
  readonly mounts: readonly VolumeMount[];
}

const mainPort = 8080;
const initPort = 8081;

/** Requests and limits; a quantity of "0" leaves its entry out. */
function renderResources(settings: ReloaderSettings): ResourceRequirements {
  const entries = (cpu: string, memory: string): Record<string, string> | undefined => {
    const given = Object.entries({ cpu, memory }).filter(([, quantity]) => quantity !== '0' && quantity !== '');
    return given.length === 0 ? undefined : Object.fromEntries(given);
  };
  return omitUndefined<ResourceRequirements>({
    limits: entries(settings.cpuLimit, settings.memoryLimit),
    requests: entries(settings.cpuRequest, settings.memoryRequest),
  });
}

function listReloadArguments(reload: ReloadMethod): MaybeArgument[] {
  if (reload.kind === 'http') return [argument('reload-url', reload.url)];
  return [argument('reload-method', 'signal'), argument('runtimeinfo-url', reload.runtimeInfoUrl)];
}

/** The folder of the configuration file is watched too: the reload then follows the kubelet's swap of the files. */
function listWatchedFolders({ watchedFolders, configFile }: ReloaderInput): string[] {
  const folders = [...watchedFolders];
  const own = configFile === undefined ? undefined : posix.dirname(configFile);
  return own === undefined || folders.includes(own) ? folders : [...folders, own];
}

function listSharedArguments(input: ReloaderInput): MaybeArgument[] {
  const level = unlessBlank(input.logLevel) ?? 'info';
  const format = unlessBlank(input.logFormat) ?? 'logfmt';
  return [
    argumentIfSet('config-file', input.configFile),
    argumentIfSet('config-envsubst-file', input.expandedConfigFile),
    ...listWatchedFolders(input).map((folder) => argument('watched-dir', folder)),
    level !== 'info' && argument('log-level', level),
    format !== 'logfmt' && argument('log-format', format),
  ];
}

function renderContainer(name: string, args: readonly MaybeArgument[], input: ReloaderInput): Container {
  return omitUndefined<Container>({
    name,
    image: input.settings.reloader.image,
    imagePullPolicy: unlessBlank(input.imagePullPolicy),
    command: ['/bin/prometheus-config-reloader'],
    args: renderArguments(chooseArguments(args), [], ''),
    env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }, ...input.env],
    volumeMounts: unlessEmpty(input.mounts),
    resources: renderResources(input.settings.reloader),
    ...restrictContainer(),
  });
}

/** Writes the expanded configuration once, before the program starts. */
export function renderInitReloader(input: ReloaderInput): Container {
  const args = [
    argument('watch-interval', '0'),
    argument('listen-address', `:${initPort}`),
    ...listSharedArguments(input),
  ];
  return {
    ...renderContainer('init-config-reloader', args, input),
    ports: [{ name: 'reloader-init', containerPort: initPort, protocol: 'TCP' }],
  };
}

/** Follows configuration and rules while the program runs. It listens on localhost only with the HTTP method. */
export function renderReloader(input: ReloaderInput): Container {
  const { settings, reload } = input;
  const local = input.listenLocal && reload.kind === 'http';
  const address = `${settings.localHost}:${mainPort}`;
  const args = [
    argument('listen-address', local ? address : `:${mainPort}`),
    argumentIfSet('web-config-file', input.webConfigFile),
    ...listReloadArguments(reload),
    ...listSharedArguments(input),
  ];
  const probe = renderProbeHandler({ path: '/healthz', port: mainPort, ...(local ? { localAddress: address } : {}) });
  return {
    ...renderContainer('config-reloader', args, input),
    ...(local ? {} : { ports: [{ name: 'reloader-web', containerPort: mainPort, protocol: 'TCP' }] }),
    ...(settings.reloader.probes ? { livenessProbe: probe, readinessProbe: probe, startupProbe: probe } : {}),
  };
}
