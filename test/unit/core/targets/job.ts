import { Version } from '../../../../src/base/version.ts';
import { LabelSet } from '../../../../src/core/relabel/label-set.ts';
import { relabelDefaults } from '../../../../src/core/relabel/rule.ts';
import { compileJob } from '../../../../src/core/targets/scrape-job.ts';
import type { RelabelRule } from '../../../../src/core/relabel/rule.ts';
import type { CompiledJob, ScrapeJob } from '../../../../src/core/targets/scrape-job.ts';
import type { TargetGroup } from '../../../../src/core/targets/target-group.ts';

/** Prometheus' defaults: what a job is that says nothing but its name. */
export const plainJob: ScrapeJob = {
  jobName: 'pods',
  scrapeIntervalMs: 60_000,
  scrapeTimeoutMs: 10_000,
  metricsPath: '/metrics',
  scheme: 'http',
  params: new Map(),
  relabelRules: [],
  nameScheme: 'utf8',
  keepDroppedTargets: 0,
  targetLimit: 0,
  convertClassicHistogramsToNhcb: false,
  alwaysScrapeClassicHistograms: false,
  scrapeNativeHistograms: false,
};

export function compile(job: Partial<ScrapeJob> = {}, version = '3.14.0'): CompiledJob {
  return compileJob({ ...plainJob, ...job }, Version.parse(version));
}

export const rule = (given: Partial<RelabelRule>): RelabelRule => ({ ...relabelDefaults, ...given });

type Labels = Readonly<Record<string, string>>;

export function group(source: string, targets: readonly Labels[], labels: Labels = {}): TargetGroup {
  return { source, labels: LabelSet.from(labels), targets: targets.map((one) => LabelSet.from(one)) };
}
