import { parseByteSize } from '../../../base/byte-size.ts';
import { TerminalError } from '../../../base/errors.ts';
import {
  argument,
  argumentIfSet,
  chooseArguments,
  clearedArgument,
  isSameSwitch,
  renderArguments,
} from '../shared/arguments.ts';
import type { MaybeArgument } from '../shared/arguments.ts';
import { unlessBlank } from '../shared/rendered-objects.ts';
import { durationOf } from './duration-fields.ts';
import { clusterTlsFile, expandedConfigFile, storageFolder, webConfigFile } from './alertmanager-paths.ts';
import { countReplicas, hasWebConfigFile, knowsClusterTls, routePrefixOf } from './alertmanager-workload.ts';
import type { AlertmanagerWorkload } from './alertmanager-workload.ts';

/** How long notification log and expired silences are kept, where the spec says nothing. */
const defaultRetention = '120h';

function listStorageArguments(workload: AlertmanagerWorkload): MaybeArgument[] {
  const unset = unlessBlank(workload.spec.retention) === undefined;
  return [
    argument('config.file', expandedConfigFile),
    argument('storage.path', storageFolder),
    argumentIfSet('data.retention', unset ? defaultRetention : durationOf(workload, 'retention')),
  ];
}

/** One replica alone forms no cluster, unless peers elsewhere are to join it. */
function listListenArguments({ spec }: AlertmanagerWorkload): MaybeArgument[] {
  const alone = countReplicas(spec) === 1 && spec.forceEnableClusterMode !== true;
  return [
    alone ? clearedArgument('cluster.listen-address') : argument('cluster.listen-address', '[$(POD_IP)]:9094'),
    argument('web.listen-address', spec.listenLocal === true ? '127.0.0.1:9093' : ':9093'),
  ];
}

function listWebArguments({ spec, version }: AlertmanagerWorkload): MaybeArgument[] {
  const { getConcurrency, timeout } = spec.web ?? {};
  const limited = version.isAtLeast('0.17.0');
  return [
    argumentIfSet('web.external-url', spec.externalUrl),
    version.isAtLeast('0.27.0') && argumentIfSet('enable-feature', spec.enableFeatures?.join(',')),
    argument('web.route-prefix', routePrefixOf(spec)),
    limited && argumentIfSet('web.get-concurrency', getConcurrency),
    // A duration: a bare number other than 0 is refused (the reference's fault).
    limited && argumentIfSet('web.timeout', timeout === undefined || timeout === 0 ? timeout : `${timeout}s`),
  ];
}

function readBytes(size: string | undefined): number | undefined {
  if (unlessBlank(size) === undefined) return undefined;
  try {
    return Math.floor(parseByteSize(size ?? ''));
  } catch (cause) {
    throw new TerminalError('Cannot use spec.limits.maxPerSilenceBytes', { cause });
  }
}

/** Limits of silences, and how long the first notifications wait: until all pods count as available. */
function listTimingArguments({ spec, version }: AlertmanagerWorkload): MaybeArgument[] {
  const { minReadySeconds, limits = {} } = spec;
  const limited = version.isAtLeast('0.28.0');
  const delay = 'dispatch.start-delay';
  const own = (spec.additionalArgs ?? []).some(({ name }) => isSameSwitch(name, delay));
  return [
    limited && argumentIfSet('silences.max-silences', limits.maxSilences),
    limited && argumentIfSet('silences.max-silence-size-bytes', readBytes(limits.maxPerSilenceBytes)),
    minReadySeconds !== undefined && version.isAtLeast('0.30.0') && !own && argument(delay, `${minReadySeconds}s`),
  ];
}

function listLogArguments({ spec, version }: AlertmanagerWorkload): MaybeArgument[] {
  const level = unlessBlank(spec.logLevel) ?? 'info';
  const format = unlessBlank(spec.logFormat) ?? 'logfmt';
  return [
    level !== 'info' && argument('log.level', level),
    format !== 'logfmt' && version.isAtLeast('0.16.0') && argument('log.format', format),
  ];
}

/** Peers refuse each other when their labels differ; an empty one is no label. */
function labelCluster({ owner, spec }: AlertmanagerWorkload): MaybeArgument {
  const { namespace = '', name = '' } = owner.metadata;
  const label = spec.clusterLabel ?? `${namespace}/${name}`;
  return label === '' ? clearedArgument('cluster.label') : argument('cluster.label', label);
}

/** The addresses of all pods, the own one too, by the governing Service. */
function listPeers({ names, owner, settings, spec }: AlertmanagerWorkload): string[] {
  const service = unlessBlank(spec.serviceName) ?? names.governingService;
  const { namespace = '' } = owner.metadata;
  const domain = settings.clusterDomain === '' ? service : `${service}.${namespace}.svc.${settings.clusterDomain}.`;
  const pods = [...Array(countReplicas(spec)).keys()].map((index) => `${names.prefix}-${index}.${domain}:9094`);
  return [...pods, ...(spec.additionalPeers ?? [])];
}

function listClusterArguments(workload: AlertmanagerWorkload): MaybeArgument[] {
  const { spec, version } = workload;
  return [
    argumentIfSet('cluster.advertise-address', spec.clusterAdvertiseAddress),
    argumentIfSet('cluster.gossip-interval', durationOf(workload, 'clusterGossipInterval')),
    argumentIfSet('cluster.pushpull-interval', durationOf(workload, 'clusterPushpullInterval')),
    argumentIfSet('cluster.peer-timeout', durationOf(workload, 'clusterPeerTimeout')),
    version.isAtLeast('0.30.0') && argument('cluster.peer-name', unlessBlank(spec.clusterPeerName) ?? '$(POD_NAME)'),
    version.isAtLeast('0.26.0') && labelCluster(workload),
    ...listPeers(workload).map((peer) => argument('cluster.peer', peer)),
    argument('cluster.reconnect-timeout', '5m'),
  ];
}

/**
 * The arguments of Alertmanager, in the reference's order (docs/reference/rendering.md 5.3).
 * @throws {TerminalError} when a limit cannot be read, or the user sets what the operator sets.
 */
export function renderAlertmanagerArguments(workload: AlertmanagerWorkload): string[] {
  const { spec } = workload;
  const own = chooseArguments([
    ...listStorageArguments(workload),
    ...listListenArguments(workload),
    ...listWebArguments(workload),
    ...listTimingArguments(workload),
    ...listLogArguments(workload),
    ...listClusterArguments(workload),
    hasWebConfigFile(workload) && argument('web.config.file', webConfigFile),
    spec.clusterTLS !== undefined && knowsClusterTls(workload) && argument('cluster.tls-config', clusterTlsFile),
  ]);
  return renderArguments(own, spec.additionalArgs, 'spec.additionalArgs');
}
