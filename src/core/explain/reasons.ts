/** The links of the chain, in their order. */
export const links = [
  'operator',
  'namespace',
  'labels',
  'valid',
  'series',
  'objects',
  'port',
  'endpoints',
  'access',
  'relabelling',
  'shard',
  'limits',
  'duplicates',
  'loaded',
  'health',
] as const;

export type Link = (typeof links)[number];

/**
 * Every reason that a step can give, by link: stable words for machines, and what they mean. docs/explain.md holds the same
 * table; a test compares the two.
 */
export const reasons = {
  operator: {
    Watched: 'The operator looks after both the workload and the object',
    NoWorkload: 'There is no workload of a kind that could select it',
    WorkloadNotFound: 'There is no workload of the name that was asked for',
    NamespaceNotWatched:
      "The object's namespace is not among those of --namespaces, or --alertmanager-config-namespaces",
    NamespaceDenied: "The object's namespace is among those of --deny-namespaces",
    WorkloadNamespaceNotWatched: "The workload's namespace is not among those the operator looks for workloads in",
    WorkloadNamespaceDenied: "The workload's namespace is among those of --deny-namespaces",
    ControllerIdDiffers: 'Another operator looks after the workload (annotation operator.prometheus.io/controller-id)',
    InstanceSelectorDiffers:
      'The labels of the workload do not match the instance selector that the flags give for its kind',
    WorkloadPaused: 'The workload is paused: changes are not carried out',
    WorkloadInvalid: 'The workload cannot be rendered; its last good configuration stays',
    Unmanaged: 'All four selectors of monitors are null: the configuration is left to the user',
    KindIgnored: 'A PrometheusAgent of mode DaemonSet scrapes PodMonitors alone',
  },
  namespace: {
    NamespaceSelected: "The workload's namespace selector takes the object's namespace",
    NamespaceSelectorUnset: "The namespace selector is null, which means the workload's own namespace alone",
    NamespaceLabelsDiffer: 'The labels of the namespace do not match the namespace selector',
  },
  labels: {
    LabelsMatch: "The workload's selector takes the object",
    NamedByWorkload: 'The workload names the AlertmanagerConfig: it begins with it',
    SelectorUnset: 'The selector is null, which selects nothing',
    LabelsDiffer: 'The labels of the object do not match the selector',
  },
  valid: {
    Valid: 'Nothing of the object is rejected',
    Rejected: 'The operator leaves the object out; `cause` holds the reason of the rejection',
  },
  series: {
    SeriesPossible: 'What is scraped may have the series that the expressions of the rules select',
    SeriesImpossible: 'Nothing that is scraped can have the labels that an expression selects',
    SeriesUnknown: 'Whether there are such series cannot be told from here',
  },
  objects: {
    ObjectsMatch: 'There are objects that the monitor selects',
    TargetsGiven: 'The targets stand in the monitor itself',
    NoTargetsGiven: 'The list of targets in the monitor is empty',
    NoEndpointsGiven: 'The monitor has no endpoints, so it gives no jobs',
    NoServiceMatches: "No Service matches the monitor's selector",
    NoPodMatches: "No Pod matches the monitor's selector",
    NoIngressMatches: "No Ingress matches the probe's selector",
    NoObjectMatches: 'There are no objects of the role that is discovered',
    InOtherNamespace: 'What would match is in a namespace that the monitor does not look in',
    SelectorMatchesPods: 'The selector of a ServiceMonitor matches labels of Pods; it must match those of the Service',
    SelectorMatchesServices:
      'The selector of a PodMonitor matches labels of a Service; it must match those of the Pods',
    NamespaceSelectorsIgnored: 'The workload sets ignoreNamespaceSelectors: monitors look in their own namespace alone',
    DiscoveredElsewhere: 'The targets come from a mechanism that is not Kubernetes; they cannot be told from here',
    NoMonitorSelects: 'No monitor selects the object that was asked about',
  },
  port: {
    PortFound: 'The port is there',
    AllPorts: 'No port is chosen: every port is a target',
    PortNotFound: 'No port has that name',
    PortIsNumber: '`port` is a name, and what it holds is the number of a port',
    TargetPortNotDeclared: 'No container declares the port that targetPort names',
    PortNotDeclared: 'No container declares a port of that name or number',
    PortUnknown: 'No Pod is known, so ports of containers cannot be compared',
  },
  endpoints: {
    EndpointsReady: 'There are addresses behind the Services, or Pods with an address',
    EndpointsNotReady: 'There are addresses, none of them ready; Prometheus scrapes them all the same',
    NoEndpoints: 'No address is behind the Services',
    ServiceWithoutSelector: 'The Service has no selector, and nobody made its endpoints',
    ServiceSelectsNoPods: 'The selector of the Service matches no Pod',
    ExternalNameService: 'A Service of type ExternalName has no endpoints',
    ServicePortUnresolved: 'The targetPort of the Service is declared by no container, so the address has no port',
    PodsWithoutAddress: 'The Pods have no IP address: they are not running yet',
    PodsEnded: 'The Pods have ended; they are dropped unless filterRunning is false',
    EndpointsMissing: 'Objects of the discovered role are not there, though Services and Pods are',
    NotFromEndpoints: 'The targets need no endpoints',
  },
  access: {
    AccessGranted: "Prometheus' ServiceAccount may list and watch what it discovers",
    AccessDenied: "Prometheus' ServiceAccount may not list or watch what it discovers",
    AccessUnknown: 'It is not known what the ServiceAccount may do',
    AccessNotNeeded: 'Nothing is read from the API server',
  },
  relabelling: {
    TargetsKept: 'Relabelling keeps targets',
    SomeDropped: 'Rules of users drop some of the targets and keep others',
    DroppedByRule: 'A rule drops all targets',
    TargetInvalid: 'What relabelling leaves is no target: no address, or an interval that cannot be used',
    NoTargets: 'Nothing is discovered',
  },
  shard: {
    SingleShard: 'There is one shard: it scrapes all',
    ShardAssigned: 'Shards share the targets',
    OtherShard: 'Another shard than the one asked about scrapes the targets',
    NoShard: 'No shard scrapes the targets',
  },
  limits: {
    WithinLimits: 'No limit on targets is exceeded',
    TargetLimitExceeded: 'There are more targets than target_limit: every scrape fails',
  },
  duplicates: {
    NoDuplicates: 'No other job scrapes these targets',
    DuplicateTargets: 'Another job scrapes the same targets: samples are taken twice',
  },
  loaded: {
    Loaded: 'Every replica has loaded the job as it is rendered now',
    NotLoaded: 'A replica has not loaded the job',
    OutdatedConfig: 'A replica has loaded another version of the job',
    ReplicaUnreachable: 'No replica could be asked',
  },
  health: {
    TargetsUp: 'The last scrape of every target was good',
    TargetsDown: 'Scrapes fail',
    NotScrapedYet: 'The targets are known and not scraped yet',
    TargetsMissing: 'The replica does not have the targets that it should have discovered',
    HealthUnknown: 'No replica could be asked',
  },
  any: {
    Scraped: 'Everything is well',
    Used: 'A workload uses the rules or routes',
    NotReached: 'An earlier link failed',
    NotAsked: 'No cluster was asked',
  },
} as const satisfies Readonly<Record<Link | 'any', Readonly<Record<string, string>>>>;

type ReasonsOf = typeof reasons;

export type ReasonCode = { [L in keyof ReasonsOf]: keyof ReasonsOf[L] }[keyof ReasonsOf];
