import { alertmanagerConfigV1Beta1 } from './alertmanager-config-v1beta1.ts';
import { alertmanagerConfig, alertmanagerConfigType } from './alertmanager-config.ts';
import { alertmanager, alertmanagerType } from './alertmanager.ts';
import type { CustomKind, PrinterColumn, ScalePaths } from './crd.ts';
import type { ResourceType } from './meta.ts';
import { podMonitor, podMonitorType } from './pod-monitor.ts';
import { probe, probeType } from './probe.ts';
import { prometheusAgent, prometheusAgentType } from './prometheus-agent.ts';
import { prometheusRule, prometheusRuleType } from './prometheus-rule.ts';
import { prometheus, prometheusType } from './prometheus.ts';
import type { Schema } from './schema.ts';
import { scrapeConfig, scrapeConfigType } from './scrape-config.ts';
import { serviceMonitor, serviceMonitorType } from './service-monitor.ts';
import { thanosRuler, thanosRulerType } from './thanos-ruler.ts';

/** All kinds of ours, in alphabetical order. */
export const customKinds: readonly CustomKind[] = [
  {
    type: alertmanagerConfigType,
    shortName: 'amcfg',
    versions: [
      { version: 'v1alpha1', schema: alertmanagerConfig, stored: true },
      { version: 'v1beta1', schema: alertmanagerConfigV1Beta1, stored: false, needsConversion: true },
    ],
  },
  { ...define(alertmanagerType, 'am', alertmanager), columns: workloadColumns('Replicas'), scale: scaleBy('replicas') },
  define(podMonitorType, 'pmon', podMonitor),
  define(probeType, 'prb', probe),
  { ...define(prometheusType, 'prom', prometheus), columns: workloadColumns('Desired'), scale: scaleBy('shards') },
  {
    ...define(prometheusAgentType, 'promagent', prometheusAgent),
    columns: workloadColumns('Desired'),
    scale: scaleBy('shards'),
  },
  define(prometheusRuleType, 'promrule', prometheusRule),
  define(scrapeConfigType, 'scfg', scrapeConfig),
  define(serviceMonitorType, 'smon', serviceMonitor),
  { ...define(thanosRulerType, 'ruler', thanosRuler), columns: workloadColumns('Replicas') },
];

function define(type: ResourceType, shortName: string, schema: Schema): CustomKind {
  return { type, shortName, versions: [{ version: type.version, schema, stored: true }] };
}

function scaleBy(field: 'shards' | 'replicas'): ScalePaths {
  return {
    specReplicasPath: `.spec.${field}`,
    statusReplicasPath: `.status.${field}`,
    labelSelectorPath: '.status.selector',
  };
}

/** What `kubectl get` shows of a workload; `replicas` is the head of the column of wanted replicas. */
function workloadColumns(replicas: 'Desired' | 'Replicas'): PrinterColumn[] {
  const condition = (name: string): PrinterColumn => ({
    name,
    type: 'string',
    jsonPath: `.status.conditions[?(@.type == '${name}')].status`,
  });
  return [
    { name: 'Version', type: 'string', jsonPath: '.spec.version' },
    { name: replicas, type: 'integer', jsonPath: '.spec.replicas' },
    { name: 'Ready', type: 'integer', jsonPath: '.status.availableReplicas' },
    condition('Reconciled'),
    condition('Available'),
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
    { name: 'Paused', type: 'boolean', jsonPath: '.status.paused', priority: 1 },
  ];
}
