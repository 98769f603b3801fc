/** One change of every object that a workload selects, and where it must be seen. */
import type { KubernetesObject } from '../../../src/api/meta.ts';
import type { Api } from './api.ts';
import type { Custom } from './stack.ts';

/** What the change brings, and into which of the two outputs. */
export interface Trace {
  readonly text: string;
  readonly output: 'config' | 'rules';
}

interface Spec {
  readonly endpoints?: readonly object[];
  readonly podMetricsEndpoints?: readonly object[];
  readonly prober?: object;
  readonly groups?: readonly object[];
  readonly receivers?: readonly object[];
}

/** Changes the object: a metrics path for what scrapes, another rule for rules, another receiver for AlertmanagerConfigs. */
export async function editSelected(api: Api, { type, key }: Custom): Promise<Trace> {
  const { spec } = await api.get<KubernetesObject & { spec: Spec }>(type, key);
  const path = `/edited/${key}`;
  const record = `edited:${key.replaceAll(/\W/g, '_')}`;
  await api.patch(type, key, { spec: renderChange(type.kind, spec, { path, record }) });
  if (type.kind === 'AlertmanagerConfig') return { text: `name: ${key}/${path.slice(1)}`, output: 'config' };
  if (type.kind === 'PrometheusRule') return { text: `record: ${record}`, output: 'rules' };
  return { text: `metrics_path: ${path}`, output: 'config' };
}

function renderChange(kind: string, spec: Spec, { path, record }: { path: string; record: string }): object {
  const withPath = ([first, ...others]: readonly object[] = []): object[] => [{ ...first, path }, ...others];
  switch (kind) {
    case 'ServiceMonitor':
      return { endpoints: withPath(spec.endpoints) };
    case 'PodMonitor':
      return { podMetricsEndpoints: withPath(spec.podMetricsEndpoints) };
    case 'Probe':
      return { prober: { path } };
    case 'ScrapeConfig':
      return { metricsPath: path };
    case 'PrometheusRule':
      return { groups: [...(spec.groups ?? []), { name: 'edited', rules: [{ record, expr: 'vector(1)' }] }] };
    case 'AlertmanagerConfig':
      return { receivers: [...(spec.receivers ?? []), { name: path.slice(1) }] };
    default:
      throw new Error(`Cannot edit a ${kind}`);
  }
}
