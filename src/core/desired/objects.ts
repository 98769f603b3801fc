import { gunzipSync } from 'node:zlib';
import type { KubernetesObject } from '../../api/meta.ts';
import { renderAgentService, renderServerService } from '../render/prometheus/governing-service.ts';
import type { Secret } from '../render/shared/objects.ts';
import type { PrometheusAgent } from '../../api/prometheus-agent.ts';
import type { Prometheus } from '../../api/prometheus.ts';
import type { OperatorSettings } from '../settings.ts';

/** A Secret with its contents in plain text, gzip undone: for people, never for a cluster. */
export function decodeSecret({
  data = {},
  ...secret
}: Secret): KubernetesObject & { stringData: Record<string, string> } {
  const decode = (value: string): string => {
    const bytes = Buffer.from(value, 'base64');
    return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  };
  const texts = Object.entries(data).map(([key, value]) => [key.replace(/\.gz$/, ''), decode(value)]);
  return { ...secret, stringData: Object.fromEntries(texts) as Record<string, string> };
}

/** The governing Services of all Prometheus and PrometheusAgent objects, at most one of each kind a namespace. */
export function listServices(
  prometheuses: readonly Prometheus[],
  agents: readonly PrometheusAgent[],
  settings: OperatorSettings,
): KubernetesObject[] {
  return [
    ...groupByNamespace(prometheuses).flatMap((inside) => renderServerService(inside, settings) ?? []),
    ...groupByNamespace(agents).flatMap((inside) => renderAgentService(inside, settings) ?? []),
  ];
}

function groupByNamespace<T extends KubernetesObject>(objects: readonly T[]): T[][] {
  const namespaces = [...new Set(objects.map(({ metadata }) => metadata.namespace))];
  return namespaces.map((namespace) => objects.filter(({ metadata }) => metadata.namespace === namespace));
}
