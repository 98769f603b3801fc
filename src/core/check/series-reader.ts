import type { PrometheusRule } from '../../api/prometheus-rule.ts';
import { nearestName } from '../../api/validation/nearest.ts';
import type { DesiredPrometheus } from '../desired/desired-prometheus.ts';
import { viewShard } from '../desired/shard-view.ts';
import type { WorkloadSources } from '../kinds/kind.ts';
import { loadPrometheusConfig } from '../prometheus-config/load-config.ts';
import { readPromqlOptions } from '../promql/types.ts';
import { describeEffect, describeMiss, judgeRuleSeries, listMisses } from '../rule-series/rule-coverage.ts';
import type { RuleMiss } from '../rule-series/rule-coverage.ts';
import { listRuleTexts } from '../rule-series/rule-texts.ts';
import { openSeriesSources } from '../rule-series/series-sources.ts';
import { createSelectorJudge } from '../series/judge-selector.ts';
import { findTargetsOffline } from '../targets/offline.ts';
import type { ClusterObjects } from '../targets/offline.ts';
import type { Finding } from './finding.ts';
import type { SeriesReader } from './reader.ts';

/** What manifests hold around a Prometheus. */
export interface SeriesWorld {
  readonly sources: WorkloadSources;
  /** What targets are discovered from. */
  readonly cluster: ClusterObjects;
}

/**
 * The series of a Prometheus among manifests. Undefined where it is not known what it scrapes: there is no configuration, monitors
 * are left out of it (for a Secret that is not among the manifests, or a mistake that is told of elsewhere), or there are none.
 */
export function openSeries(desired: DesiredPrometheus, { sources, cluster }: SeriesWorld): SeriesReader | undefined {
  const { workload, config, selection } = desired;
  const { server: spec, owner, version } = workload;
  if (spec === undefined || config === undefined || selection.rejected.length > 0) return undefined;
  const { jobs } = loadPrometheusConfig(viewShard(config.yaml(), workload, undefined), version);
  if (jobs.length === 0) return undefined;
  const { namespace } = owner.metadata;
  const targets = findTargetsOffline(jobs, cluster, { version, ownNamespace: namespace });
  const rules = sources.PrometheusRule.list();
  const series = openSeriesSources({ spec, namespace, jobs, targets, isOffline: true, rules });
  return { spec, judge: createSelectorJudge(series) };
}

/** The selectors of rules that nothing can fulfil. */
export function warnOfSeries(object: PrometheusRule, { spec, judge }: SeriesReader): Finding[] {
  const options = readPromqlOptions(spec.enableFeatures ?? []);
  const misses = listMisses(judgeRuleSeries(listRuleTexts(object, spec, options), judge, options));
  return misses.map((miss) => ({
    severity: 'warning',
    reason: 'SeriesImpossible',
    path: miss.rule.field,
    part: 'value',
    message: describe(miss),
  }));
}

function describe(miss: RuleMiss): string {
  const nearest = findNearest(miss);
  const hint = nearest === undefined ? '' : `; did you mean ${JSON.stringify(nearest)}?`;
  return `Cannot select anything by ${miss.selector.text}: ${describeMiss(miss.miss)}, so ${describeEffect(miss)}${hint}`;
}

function findNearest({ miss }: RuleMiss): string | undefined {
  if (miss.kind !== 'label' || miss.matcher.operator !== '=') return undefined;
  return nearestName(miss.matcher.value, miss.values);
}
