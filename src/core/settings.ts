/** What the operator's flags and the cluster say and rendering depends on (docs/reference/rendering.md 7.2). Frozen once parsed. */
export interface OperatorSettings {
  /** Host name for calls inside a pod (`--localhost`). */
  readonly localHost: string;
  readonly prometheusBaseImage: string;
  readonly alertmanagerBaseImage: string;
  readonly thanosBaseImage: string;
  readonly reloader: ReloaderSettings;
  /** Put on every object the operator makes; labels are part of pod selectors too. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly clusterDomain: string;
  readonly watchReferencedObjectsInAllNamespaces: boolean;
  readonly disableUnmanagedConfiguration: boolean;
  readonly gates: FeatureGates;
  readonly guards: GuardModes;
  readonly capabilities: ClusterCapabilities;
  /** Undefined: workloads discover for themselves, whatever they ask for. */
  readonly discoveryService?: DiscoveryServiceSettings | undefined;
}

/** Where workloads find the targets that `stoker discovery` has found for them (docs/adr/0011-discovery-service.md). */
export interface DiscoveryServiceSettings {
  /** What its paths begin behind: "https://stoker-discovery.monitoring.svc:8443", without a slash at its end. */
  readonly url: string;
  /** What a workload has that does not say. */
  readonly fallback: 'own' | 'service';
  /** How often Prometheus asks for the targets of a job, as Prometheus writes durations. */
  readonly refreshInterval: string;
  /** The Secret with the CA of its certificate, under `ca.crt`; undefined: one of the CAs of the system. */
  readonly ca: { readonly namespace: string; readonly name: string } | undefined;
}

/** Flags of the config-reloader containers. Quantities are texts; "0" leaves the entry out. */
export interface ReloaderSettings {
  readonly image: string;
  readonly cpuRequest: string;
  readonly cpuLimit: string;
  readonly memoryRequest: string;
  readonly memoryLimit: string;
  readonly probes: boolean;
}

/** `--feature-gates` (docs/reference/operator-runtime.md 2.6). */
export interface FeatureGates {
  readonly PrometheusAgentDaemonSet: boolean;
  readonly PrometheusTopologySharding: boolean;
  readonly PrometheusShardRetentionPolicy: boolean;
  readonly StatusForConfigurationResources: boolean;
  readonly RemoteWriteCustomResourceDefinition: boolean;
  /** Of Stoker alone: labels on receivers and routes that name the AlertmanagerConfig which they are from. */
  readonly AlertmanagerOriginLabels: boolean;
}

/**
 * `off`: nothing of the kind is made, watched or removed; `annotated`: for workloads whose annotation asks for it; `on`: for all
 * whose annotation does not say "off".
 */
export type GuardMode = 'off' | 'annotated' | 'on';

/** What is made around the pods of workloads. */
export interface GuardModes {
  readonly podDisruptionBudgets: GuardMode;
  readonly networkPolicies: GuardMode;
}

/** What was found out about the cluster at start. */
export interface ClusterCapabilities {
  /** EndpointSlices are served (Kubernetes >= 1.21). */
  readonly endpointSlices: boolean;
  /** Pods carry topology labels (Kubernetes >= 1.35). */
  readonly podTopologyLabels: boolean;
}
