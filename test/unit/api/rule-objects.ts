import { alertmanagerConfigType } from '../../../src/api/alertmanager-config.ts';
import { alertmanagerType } from '../../../src/api/alertmanager.ts';
import { apiVersionOf } from '../../../src/api/meta.ts';
import type { ResourceType } from '../../../src/api/meta.ts';
import { prometheusAgentType } from '../../../src/api/prometheus-agent.ts';
import { prometheusType } from '../../../src/api/prometheus.ts';
import { scrapeConfigType } from '../../../src/api/scrape-config.ts';
import { thanosRulerType } from '../../../src/api/thanos-ruler.ts';
import type { GeneratedObject } from './kind-objects.ts';

const topology = (values: string[]): unknown => ({ mode: 'Topology', topology: { values } });
const secret = { name: 'a', key: 'b' };
const onNodes = { mode: 'DaemonSet' };

/** Specs that hold, and specs that break, each CEL rule. */
const specs: readonly (readonly [ResourceType, holds: boolean, spec: Record<string, unknown>])[] = [
  [prometheusType, true, { shards: 2, shardingStrategy: topology(['a', 'b']) }],
  [prometheusType, true, { shards: 0, shardingStrategy: topology([]) }],
  [prometheusType, true, { shardingStrategy: { mode: 'Address' } }],
  [prometheusType, true, { shardingStrategy: { mode: 'Topology' } }],
  [prometheusType, false, { shards: 1, shardingStrategy: topology(['a', 'b']) }],
  [prometheusType, false, { shardingStrategy: topology(['a', 'b']) }],
  [prometheusType, false, { shardingStrategy: { topology: {} } }],
  [prometheusType, false, { shardingStrategy: { mode: 'Address', topology: {} } }],
  ...[prometheusType, prometheusAgentType, alertmanagerType, thanosRulerType].flatMap((type) => [
    [type, true, { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } } }] as const,
    [type, true, { updateStrategy: { type: 'OnDelete' } }] as const,
    [type, false, { updateStrategy: { type: 'OnDelete', rollingUpdate: {} } }] as const,
  ]),
  ...[prometheusType, prometheusAgentType, thanosRulerType].flatMap((type) => [
    [type, true, { remoteWrite: [{ url: 'http://a', sigv4: { externalId: 'x', roleArn: 'y' } }] }] as const,
    [type, false, { remoteWrite: [{ url: 'http://a', sigv4: { externalId: 'x' } }] }] as const,
  ]),
  [prometheusType, false, { alerting: { alertmanagers: [{ name: 'a', port: 1, sigv4: { externalId: 'x' } }] } }],
  [alertmanagerConfigType, false, { receivers: [{ name: 'a', snsConfigs: [{ sigv4: { externalId: 'x' } }] }] }],
  [scrapeConfigType, true, { basicAuth: { username: secret } }],
  [scrapeConfigType, false, { basicAuth: { username: secret }, authorization: { credentials: secret } }],
  [prometheusAgentType, true, { mode: 'StatefulSet', replicas: 2, storage: {}, shards: 3, probeSelector: {} }],
  [prometheusAgentType, true, { ...onNodes, podMonitorSelector: {}, shards: 1 }],
  [prometheusAgentType, false, { ...onNodes, shards: 2 }],
  [prometheusAgentType, false, { ...onNodes, replicas: 1 }],
  [prometheusAgentType, false, { ...onNodes, storage: {} }],
  [prometheusAgentType, false, { ...onNodes, persistentVolumeClaimRetentionPolicy: {} }],
  [prometheusAgentType, false, { ...onNodes, scrapeConfigSelector: {} }],
  [prometheusAgentType, false, { ...onNodes, scrapeConfigNamespaceSelector: {} }],
  [prometheusAgentType, false, { ...onNodes, probeSelector: {} }],
  [prometheusAgentType, false, { ...onNodes, probeNamespaceSelector: {} }],
  [prometheusAgentType, false, { ...onNodes, serviceMonitorSelector: {} }],
  [prometheusAgentType, false, { ...onNodes, serviceMonitorNamespaceSelector: {} }],
  [prometheusAgentType, false, { ...onNodes, additionalScrapeConfigs: secret }],
  [prometheusAgentType, false, { ...onNodes, shardingStrategy: {} }],
];

export const ruleObjects: readonly GeneratedObject[] = specs.map(([type, holds, spec], seed) => ({
  plural: type.plural,
  kind: type.kind,
  version: type.version,
  seed,
  object: { apiVersion: apiVersionOf(type), kind: type.kind, metadata: { name: `rule-${seed}` }, spec },
  damage: holds ? undefined : { path: 'spec', check: 'rule' },
}));
