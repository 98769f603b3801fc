import type { Prometheus } from '../../api/prometheus.ts';
import { JobSeries } from '../series/job-series.ts';
import type { SeriesSources } from '../series/judge-selector.ts';
import type { ExplainFacts } from './facts.ts';
import type { WorkloadView } from './workload-view.ts';

/**
 * Where the series come from that a Prometheus evaluates its rules on. Manifests without a single target of a job do not hold
 * what it discovers: nothing is known of it then.
 */
export function openSeriesSources(view: WorkloadView, facts: ExplainFacts): SeriesSources {
  const { pools, skipped } = view.findAllTargets();
  const skippedJobs = new Set(skipped.map(({ jobName }) => jobName));
  const jobs = view.loadAllJobs().map((loaded) => {
    const { jobName } = loaded.job;
    const targets = (pools.get(jobName)?.list().active ?? []).map(({ labels }) => labels);
    const isOpen = skippedJobs.has(jobName) || (facts.isOffline && targets.length === 0);
    return new JobSeries(loaded, targets, isOpen);
  });
  return { jobs, recorded: listRecorded(facts), others: findUnread(facts) ?? findOthers(view.object) };
}

function listRecorded({ sources }: ExplainFacts): Set<string> {
  const groups = sources.PrometheusRule.list().flatMap(({ spec }) => spec.groups ?? []);
  return new Set(
    groups.flatMap(({ rules = [] }) => rules.flatMap(({ record = '' }) => (record === '' ? [] : [record]))),
  );
}

/** What could not be read may be scraped. */
function findUnread(facts: ExplainFacts): string | undefined {
  const [first] = facts.listUnread();
  return first === undefined ? undefined : `${first.type.plural} could not be read`;
}

/** What else writes series into a Prometheus, or gives them to its queries. */
function findOthers({ spec }: Prometheus): string | undefined {
  if (spec.enableRemoteWriteReceiver === true) return 'others may write series to it (spec.enableRemoteWriteReceiver)';
  if (spec.enableOTLPReceiver ?? spec.otlp !== undefined) return 'others may write series to it over OTLP';
  if ((spec.remoteRead ?? []).length > 0) return 'queries also read from elsewhere (spec.remoteRead)';
  const given = (spec.additionalArgs ?? []).map(({ name }) => name);
  const receiver =
    given.find((name) => /receiver|agent/.test(name)) ??
    (spec.enableFeatures ?? []).find((one) => one.includes('receiver'));
  return receiver === undefined ? undefined : `others may write series to it (${receiver})`;
}
