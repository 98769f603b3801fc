import type { PrometheusRule } from '../../api/prometheus-rule.ts';
import { nearestName } from '../../api/validation/nearest.ts';
import type { DesiredPrometheus } from '../desired/desired-prometheus.ts';
import { viewShard } from '../desired/shard-view.ts';
import type { WorkloadSources } from '../kinds/kind.ts';
import { loadPrometheusConfig } from '../prometheus-config/load-config.ts';
import { readPromqlOptions } from '../promql/types.ts';
import { countShards } from '../render/prometheus/shards.ts';
import { describeEffect, describeMiss, judgeRuleSeries, listMisses } from '../rule-series/rule-coverage.ts';
import type { RuleMiss } from '../rule-series/rule-coverage.ts';
import { listRuleTexts } from '../rule-series/rule-texts.ts';
import { describeSplit, listSplits, waysOut } from '../rule-series/rule-splits.ts';
import type { RuleText } from '../rule-series/rule-texts.ts';
import { openSeriesSources } from '../rule-series/series-sources.ts';
import type { Split } from '../series/find-split.ts';
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
  const open = openSeriesSources({ spec, namespace, jobs, targets, isOffline: true, rules });
  return { spec, sources: open, judge: createSelectorJudge(open) };
}

/** The selectors of rules that nothing can fulfil, and the rules that shards evaluate wrongly. */
export function warnOfSeries(object: PrometheusRule, { spec, sources, judge }: SeriesReader): Finding[] {
  const options = readPromqlOptions(spec.enableFeatures ?? []);
  const rules = listRuleTexts(object, spec, options);
  const warn = (reason: Finding['reason'], { field: path }: RuleText, message: string): Finding => ({
    ...{ severity: 'warning', reason, path, part: 'value', message },
  });
  const misses = listMisses(judgeRuleSeries(rules, judge, options));
  const splits = listSplits({ rules, spec, sources, options });
  return [
    ...misses.map((miss) => warn('SeriesImpossible', miss.rule, describe(miss))),
    ...splits.map(({ rule, split }) =>
      warn(
        'RulesSplit',
        rule,
        `Cannot evaluate in ${countShards(spec)} shards: ${describeSplit(split)}; ${adviseOn(split)}`,
      ),
    ),
  ];
}

const adviseOn = ({ kind }: Split): string =>
  kind === 'absence' || kind === 'default' ? waysOut.ruler : `${waysOut.ruler}, or ${waysOut.together}`;

function describe(miss: RuleMiss): string {
  const nearest = findNearest(miss);
  const hint = nearest === undefined ? '' : `; did you mean ${JSON.stringify(nearest)}?`;
  return `Cannot select anything by ${miss.selector.text}: ${describeMiss(miss.miss)}, so ${describeEffect(miss)}${hint}`;
}

function findNearest({ miss }: RuleMiss): string | undefined {
  if (miss.kind !== 'label' || miss.matcher.operator !== '=') return undefined;
  return nearestName(miss.matcher.value, miss.values);
}
