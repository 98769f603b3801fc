import type { WatchScope } from '../../controllers/workload/watches.ts';
import type { KubeletOptions } from '../../controllers/kubelet/kubelet-controller.ts';
import { workloadKinds } from '../../core/kinds/registry.ts';
import type { DiscoveryServiceSettings, FeatureGates, GuardModes, ReloaderSettings } from '../../core/settings.ts';
import type { RepairPolicy } from '../../core/status/repair.ts';
import { readDiscoveryService } from './discovery-service.ts';
import { readDisruption } from './disruption.ts';
import type { DisruptionOptions } from './disruption.ts';
import { readExposure } from './exposure.ts';
import type { ExposureOptions } from './exposure.ts';
import { readGuards } from './guard-modes.ts';
import { readKubelet } from './kubelet.ts';
import { readPage } from './page.ts';
import type { PageOptions } from './page.ts';
import { flags } from './flags.ts';
import { readClient, readLog } from './program-options.ts';
import type { ClientOptions, LogOptions } from './program-options.ts';
import { FlagReader } from './reader.ts';
import type { FlagTexts } from './reader.ts';
import { readWeb } from './web.ts';
import type { WebOptions } from './web.ts';
import { readSideWebhook } from './webhook.ts';
import type { SideWebhookOptions } from './webhook.ts';
import { OptionError, readBool, readChoice, readCount, readFloat, readLoopback } from './values.ts';

/** Everything `stoker run` was told; parsed once, frozen, handed to whoever needs a part. Times in milliseconds. */
export interface Options {
  readonly web: WebOptions;
  readonly exposure: ExposureOptions;
  /** Undefined: there is no page. */
  readonly page: PageOptions | undefined;
  /** Where profiles and the log level are served; "" for nowhere. */
  readonly debugAddress: string;
  readonly client: ClientOptions;
  readonly webhook: SideWebhookOptions | undefined;
  readonly scope: ScopeOptions;
  readonly reloader: ReloaderSettings;
  readonly images: { readonly prometheus: string; readonly alertmanager: string; readonly thanos: string };
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly localHost: string;
  readonly clusterDomain: string;
  readonly controllerId: string;
  readonly disableUnmanagedConfiguration: boolean;
  readonly gates: FeatureGates;
  readonly guards: GuardModes;
  readonly log: LogOptions;
  readonly leaderElection: LeaderElectionOptions;
  readonly workers: number;
  /** Find targets, for metrics about them. */
  readonly targetDiscovery: boolean;
  /** Ask replicas what they have loaded. */
  readonly observeReplicas: boolean;
  /** What is done with pods that hang in a revision that nobody wants any more. */
  readonly repairPolicy: RepairPolicy;
  readonly disruption: DisruptionOptions;
  /** Undefined: every workload discovers for itself. */
  readonly discoveryService: DiscoveryServiceSettings | undefined;
  /** Undefined: no Service is kept for the kubelets. */
  readonly kubelet: KubeletOptions | undefined;
}

/** Empty lists of namespaces mean all. */
export type ScopeOptions = Omit<WatchScope, 'namespaceAccess'>;

export interface LeaderElectionOptions {
  readonly enabled: boolean;
  readonly namespace: string;
  readonly name: string;
  readonly leaseDurationMs: number;
  readonly renewDeadlineMs: number;
  readonly retryPeriodMs: number;
}

const repairFlag = 'repair-policy-for-statefulsets';

/** Defaults of the reference's gates (docs/reference/operator-runtime.md 2.6), and of Stoker's own. */
export const defaultGates: FeatureGates = {
  PrometheusAgentDaemonSet: false,
  PrometheusTopologySharding: true,
  PrometheusShardRetentionPolicy: true,
  StatusForConfigurationResources: false,
  RemoteWriteCustomResourceDefinition: false,
  AlertmanagerOriginLabels: false,
};

function readGates(given: Readonly<Record<string, string>>): FeatureGates {
  for (const name of Object.keys(given)) {
    if (!(name in defaultGates)) {
      throw new OptionError(`Unknown feature gate "${name}": known are ${Object.keys(defaultGates).join(', ')}`, 1);
    }
  }
  const read = (name: keyof FeatureGates): boolean =>
    given[name] === undefined ? defaultGates[name] : readBool(`feature-gates ${name}`, given[name]);
  return {
    PrometheusAgentDaemonSet: read('PrometheusAgentDaemonSet'),
    PrometheusTopologySharding: read('PrometheusTopologySharding'),
    PrometheusShardRetentionPolicy: read('PrometheusShardRetentionPolicy'),
    StatusForConfigurationResources: read('StatusForConfigurationResources'),
    RemoteWriteCustomResourceDefinition: read('RemoteWriteCustomResourceDefinition'),
    AlertmanagerOriginLabels: read('AlertmanagerOriginLabels'),
  };
}

function readScope(reader: FlagReader): ScopeOptions {
  const namespaces = reader.namespaces('namespaces');
  const deniedNamespaces = reader.namespaces('deny-namespaces');
  if (namespaces.length > 0 && deniedNamespaces.length > 0) {
    throw new OptionError('Cannot use --namespaces together with --deny-namespaces: give one of them', 1);
  }
  const ownOr = (flag: string): readonly string[] => {
    const own = reader.namespaces(flag);
    return own.length > 0 ? own : namespaces;
  };
  const instances = workloadKinds.map(({ type, instanceFlags }) => {
    const namespaces = ownOr(`${instanceFlags}-namespaces`);
    return [type.kind, { namespaces, selector: reader.text(`${instanceFlags}-selector`) }] as const;
  });
  return {
    namespaces,
    deniedNamespaces,
    alertmanagerConfigNamespaces: ownOr('alertmanager-config-namespaces'),
    instances: Object.fromEntries(instances),
    watchReferencedObjectsInAllNamespaces: reader.bool('watch-referenced-objects-in-all-namespaces'),
    secretFieldSelector: reader.text('secret-field-selector'),
    secretLabelSelector: reader.text('secret-label-selector'),
    configMapFieldSelector: reader.text('configmap-field-selector'),
    configMapLabelSelector: reader.text('configmap-label-selector'),
    assetAccess: readChoice('asset-access', reader.text('asset-access'), ['watch', 'get'] as const),
    assetPollMs: readPollInterval(reader.duration('asset-poll-interval')),
  };
}

function readPollInterval(ms: number): number {
  if (ms < 1000) throw new OptionError('--asset-poll-interval must be 1s or more', 1);
  return ms;
}

function readReloader(reader: FlagReader): ReloaderSettings {
  const quantity = (name: string): string => {
    const text = reader.text(name);
    return text === '' ? reader.fallback(name) : text;
  };
  return {
    image: reader.text('prometheus-config-reloader'),
    cpuRequest: quantity('config-reloader-cpu-request'),
    cpuLimit: quantity('config-reloader-cpu-limit'),
    memoryRequest: quantity('config-reloader-memory-request'),
    memoryLimit: quantity('config-reloader-memory-limit'),
    probes: reader.bool('enable-config-reloader-probes'),
  };
}

function readLeaderElection(reader: FlagReader): LeaderElectionOptions {
  const options = {
    enabled: reader.bool('leader-elect'),
    namespace: reader.text('leader-elect-namespace'),
    name: reader.text('leader-elect-name'),
    leaseDurationMs: reader.duration('leader-elect-lease-duration'),
    renewDeadlineMs: reader.duration('leader-elect-renew-deadline'),
    retryPeriodMs: reader.duration('leader-elect-retry-period'),
  };
  if (options.leaseDurationMs <= options.renewDeadlineMs) {
    throw new OptionError('--leader-elect-lease-duration must be longer than --leader-elect-renew-deadline', 1);
  }
  return options;
}

/**
 * Reads the texts of all flags.
 * @throws {OptionError} for a text that cannot be read (exit code 2) or values that contradict each other (1).
 */
export function parseOptions(texts: FlagTexts): Options {
  const reader = new FlagReader(flags, texts);
  for (const { name, kind } of flags) {
    if (kind === 'bool') reader.bool(name);
    if (kind === 'duration') reader.duration(name);
    if (kind === 'float') readFloat(name, reader.text(name));
  }
  return Object.freeze({
    web: readWeb(reader),
    exposure: readExposure(reader),
    page: readPage(reader),
    debugAddress: readLoopback('debug.listen-address', reader.text('debug.listen-address')),
    client: readClient(reader),
    webhook: readSideWebhook(reader),
    scope: readScope(reader),
    reloader: readReloader(reader),
    images: {
      prometheus: reader.text('prometheus-default-base-image'),
      alertmanager: reader.text('alertmanager-default-base-image'),
      thanos: reader.text('thanos-default-base-image'),
    },
    labels: reader.map('labels'),
    annotations: reader.map('annotations'),
    localHost: reader.text('localhost'),
    clusterDomain: reader.text('cluster-domain'),
    controllerId: reader.text('controller-id'),
    disableUnmanagedConfiguration: reader.bool('disable-unmanaged-prometheus-configuration'),
    gates: readGates(reader.map('feature-gates')),
    guards: readGuards(reader),
    log: readLog(reader),
    leaderElection: readLeaderElection(reader),
    workers: readCount('workers', reader.text('workers')),
    targetDiscovery: reader.bool('target-discovery'),
    observeReplicas: reader.bool('observe-replicas'),
    repairPolicy: readChoice(repairFlag, reader.text(repairFlag), ['none', 'evict', 'delete'] as const),
    disruption: readDisruption(reader),
    discoveryService: readDiscoveryService(reader),
    kubelet: readKubelet(reader),
  });
}
