/** Selectors of series that a real Prometheus has, and what is known of them from its configuration. */
import assert from 'node:assert/strict';
import type { PrometheusRule } from '../../../src/api/prometheus-rule.ts';
import { Version } from '../../../src/base/version.ts';
import { createLister } from '../../../src/core/manifests/sources.ts';
import { loadPrometheusConfig } from '../../../src/core/prometheus-config/load-config.ts';
import { openSeriesSources } from '../../../src/core/rule-series/series-sources.ts';
import type { SeriesSources } from '../../../src/core/series/judge-selector.ts';
import { findTargetsOffline } from '../../../src/core/targets/offline.ts';
import type { ClusterObjects } from '../../../src/core/targets/offline.ts';
import type { SeededRandom } from '../discovery/seeded-random.ts';

const version = Version.parse('3.5.0');

export type Labels = Readonly<Record<string, string>>;

const none = createLister<never>([]);
const noObjects: ClusterObjects = {
  ...{ pod: none, service: none, endpoints: none, endpointslice: none, ingress: none, node: none },
  ...{ namespaces: none, replicaSets: none, jobs: none },
};

/** The series of a Prometheus whose targets all stand in its configuration. */
export function openSources(config: string, rules: readonly PrometheusRule[] = []): SeriesSources {
  const { jobs } = loadPrometheusConfig(config, version);
  const targets = findTargetsOffline(jobs, noObjects, { version });
  return openSeriesSources({ spec: {}, namespace: undefined, jobs, targets, isOffline: false, rules });
}

export async function fetchSeries(url: string, match: string): Promise<readonly Labels[]> {
  const answer = await fetch(`${url}/api/v1/series?match[]=${encodeURIComponent(match)}`);
  const { data, error } = (await answer.json()) as { data?: Labels[]; error?: string };
  assert.ok(data !== undefined, `${match}: ${error ?? ''}`);
  return data;
}

/** All values by label. */
export function collectValues(series: readonly Labels[]): Map<string, string[]> {
  const values = new Map<string, Set<string>>();
  for (const labels of series)
    for (const [name, value] of Object.entries(labels)) values.set(name, (values.get(name) ?? new Set()).add(value));
  return new Map([...values].map(([name, set]) => [name, [...set].sort()]));
}

/** Some labels of some series, now and then with a value of another. */
export function makeSelector(
  random: SeededRandom,
  series: readonly Labels[],
  values: ReadonlyMap<string, string[]>,
): string {
  const { __name__: metric = '', ...rest } = random.pick(series);
  const labels = Object.entries(rest).filter(() => random.chance(0.4));
  const matchers = labels.map(([name, value]) => {
    const other = random.chance(0.25) ? random.pick(values.get(name) ?? [value]) : value;
    const operator = random.pick(['=', '=', '=', '!=', '=~', '!~']);
    const text = operator.endsWith('~') ? `${other.replaceAll(/[^\w/]/g, '.')}|x` : other;
    return `${name}${operator}${JSON.stringify(text)}`;
  });
  return `{${[JSON.stringify(metric), ...matchers].join(',')}}`;
}
