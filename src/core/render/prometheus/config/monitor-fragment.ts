import type { PodMonitor } from '../../../../api/pod-monitor.ts';
import type { ServiceMonitor } from '../../../../api/service-monitor.ts';
import { writeYamlItems } from '../../../../base/yaml-writer.ts';
import type { MonitorKind } from '../../../assets/plans.ts';
import type { AssetStore } from '../../../assets/store.ts';
import type { Monitor, MonitorEntry } from '../../../select/monitor-cache.ts';
import type { ScrapeContext } from '../../../select/scrape-context.ts';
import { endsChunk } from './chunks.ts';
import type { Rejection } from '../../../rejection.ts';
import type { Fragment } from './fragment.ts';
import { openJob } from './job.ts';
import type { Job, JobInput } from './job.ts';
import type { LoadCheck } from './load-check.ts';
import { renderPodMonitorJobs } from './pod-monitor.ts';
import { renderProbeJobs } from './probe.ts';
import { renderScrapeConfigJobs } from './scrape-config.ts';
import { renderServiceMonitorJobs } from './service-monitor.ts';

/** The jobs of an accepted monitor, with the origins of their rules. @throws {InvalidFieldError} when a key cannot be read. */
export function renderJobs(kind: MonitorKind, input: JobInput<Monitor>): Job[] {
  switch (kind) {
    case 'ServiceMonitor':
      return renderServiceMonitorJobs(input as JobInput<ServiceMonitor>);
    case 'PodMonitor':
      return renderPodMonitorJobs(input as JobInput<PodMonitor>);
    case 'Probe':
      return renderProbeJobs(input);
    case 'ScrapeConfig':
      return renderScrapeConfigJobs(input);
  }
}

/** A fragment, or why Prometheus would refuse it. */
export type FragmentVerdict = { readonly fragment: Fragment } | { readonly rejection: Rejection };

/**
 * The text of a monitor's jobs, once Prometheus would take them: a function of the monitor, the context and the assets, and of
 * nothing else.
 * @throws {InvalidFieldError} when it is the workload's part of them that Prometheus would refuse.
 */
export function renderFragment(
  kind: MonitorKind,
  entry: Pick<MonitorEntry, 'object' | 'key'>,
  { context, assets, check }: FragmentScope,
): FragmentVerdict {
  const input = openJob(kind, entry.object, context, assets);
  const jobs = renderJobs(kind, input);
  for (const job of jobs) {
    const rejection = check.findFault(job);
    if (rejection !== undefined) return { rejection };
  }
  const yaml = writeYamlItems(jobs.map(({ config }) => config));
  const { key } = entry;
  const { collected } = input.own.traces;
  return { fragment: { key, yaml, jobs: jobs.length, endsChunk: endsChunk(key), ...collected } };
}

export interface FragmentScope {
  readonly context: ScrapeContext;
  readonly assets: AssetStore;
  readonly check: LoadCheck;
}
