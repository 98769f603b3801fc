import type { Entries } from './entry.ts';

/** Link `operator` of explain. */
export const operatorReasons = {
  Watched: { code: 'STK1001', meaning: 'The operator looks after both the workload and the object' },
  NoWorkload: {
    code: 'STK1002',
    meaning: 'There is no workload of a kind that could select it',
    example: 'an object of kind Prometheus or ThanosRuler must select it; there is none',
    mend: 'Create a Prometheus, PrometheusAgent, ThanosRuler or Alertmanager that selects it, or look into the right cluster or folder.',
  },
  NamespaceNotWatched: {
    code: 'STK1003',
    meaning: "The object's namespace is not among those of --namespaces, or --alertmanager-config-namespaces",
    example: 'the operator runs with --namespaces=monitoring; ServiceMonitor shop/checkout is in namespace shop',
    mend: 'Start the operator with the namespace in the flag, or without the flag: all namespaces are watched then.',
  },
  NamespaceDenied: {
    code: 'STK1004',
    meaning: "The object's namespace is among those of --deny-namespaces",
    example: 'the operator runs with --deny-namespaces=shop; ServiceMonitor shop/checkout is in namespace shop',
    mend: 'Take the namespace out of --deny-namespaces, or move the object.',
  },
  WorkloadNamespaceNotWatched: {
    code: 'STK1005',
    meaning: "The workload's namespace is not among those the operator looks for workloads in",
    example:
      'the operator runs with --prometheus-instance-namespaces=apps; Prometheus monitoring/main is in namespace monitoring',
    mend: 'Start the operator with the namespace in the flag that the message names.',
  },
  WorkloadNamespaceDenied: {
    code: 'STK1006',
    meaning: "The workload's namespace is among those of --deny-namespaces",
    example:
      'the operator runs with --deny-namespaces=monitoring; Prometheus monitoring/main is in namespace monitoring',
    mend: 'Take the namespace out of --deny-namespaces, or move the workload.',
  },
  ControllerIdDiffers: {
    code: 'STK1007',
    meaning: 'Another operator looks after the workload (annotation operator.prometheus.io/controller-id)',
    example: 'the operator has no --controller-id; operator.prometheus.io/controller-id: team-b',
    mend: 'Ask the operator that the annotation names, or make the annotation and --controller-id equal: both absent, or both the same.',
  },
  InstanceSelectorDiffers: {
    code: 'STK1008',
    meaning: 'The labels of the workload do not match the instance selector that the flags give for its kind',
    example:
      'the operator runs with --prometheus-instance-selector=shard=blue; Prometheus monitoring/main has no labels',
    mend: 'Label the workload as the selector wants, or change the flag.',
  },
  WorkloadPaused: {
    code: 'STK1009',
    meaning: 'The workload is paused: changes are not carried out',
    example: 'monitoring/main is paused',
    mend: 'Set spec.paused of the workload to false. What changed in the meantime is carried out at once.',
  },
  WorkloadInvalid: {
    code: 'STK1010',
    meaning: 'The workload cannot be rendered; its last good configuration stays',
    example:
      'Alertmanager monitoring/main cannot be rendered, its last good configuration stays; spec.configSecret: Cannot use key "alertmanager.yaml" of Secret "monitoring/alertmanager-main" at "route.receiver": Alertmanager refuses it: undefined receiver "…" used in route',
    mend: 'Correct the field that the message names. Until then nothing that is new is taken in, whatever is right with it.',
  },
  Unmanaged: {
    code: 'STK1011',
    meaning: 'All four selectors of monitors are null: the configuration is left to the user',
    example: 'monitoring/main has no selectors of monitors at all',
    mend: 'Set the selector of the kind: {} selects every object, matchLabels some. The operator writes the configuration from then on.',
  },
  KindIgnored: {
    code: 'STK1012',
    meaning:
      'A PrometheusAgent of mode DaemonSet scrapes PodMonitors, and ServiceMonitors and ScrapeConfigs of what is on nodes with the discovery service alone',
    example:
      'in mode DaemonSet an agent scrapes PodMonitors, each of its pods those of its own node, and other kinds with the discovery service alone; a ServiceMonitor',
    mend: 'Let the discovery service find its targets (annotation stoker.dev/discovery: service), write a PodMonitor in its place, or set spec.mode of the agent to StatefulSet.',
  },
} as const satisfies Entries;
