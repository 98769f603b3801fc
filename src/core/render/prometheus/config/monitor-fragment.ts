import { keyOf } from '../../../../api/meta.ts';
import type { PodMonitor } from '../../../../api/pod-monitor.ts';
import type { ServiceMonitor } from '../../../../api/service-monitor.ts';
import { complete } from '../../../../base/interruptible.ts';
import type { Interruptible } from '../../../../base/interruptible.ts';
import { writeYamlPieces } from '../../../../base/yaml-writer.ts';
import type { Monitor, MonitorKind, Monitors } from '../../../monitor.ts';
import { endsChunk } from './chunks.ts';
import type { Rejection } from '../../../rejection.ts';
import { makeFragments } from './fragment.ts';
import type { Fragment, Fragments } from './fragment.ts';
import { openJob } from './job.ts';
import type { Job, JobInput, JobScope } from './job.ts';
import type { LoadCheck } from './load-check.ts';
import { renderPodMonitorJobs } from './pod-monitor.ts';
import { renderProbeJobs } from './probe.ts';
import { renderScrapeConfigJobs } from './scrape-config.ts';
import { ServedTexts } from './served-jobs.ts';
import { renderServiceMonitorJobs } from './service-monitor.ts';

/**
 * The jobs of an accepted monitor, with the origins of their rules, each made when it is asked for.
 * @throws {InvalidFieldError} when a key cannot be read.
 */
export function renderJobs(kind: MonitorKind, input: JobInput<Monitor>): Iterable<Job> {
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

export interface FragmentScope extends JobScope {
  readonly check: LoadCheck;
}

/** A fragment, or why Prometheus would refuse it. */
export type FragmentVerdict = { readonly fragment: Fragment } | { readonly rejection: Rejection };

/**
 * The text of a monitor's jobs, once Prometheus would take them: a function of the monitor, the context and the assets, and of
 * nothing else. It may rest between two jobs.
 * @throws {InvalidFieldError} when it is the workload's part of them that Prometheus would refuse.
 */
export function* renderFragment(
  kind: MonitorKind,
  monitor: Monitor,
  scope: FragmentScope,
): Interruptible<FragmentVerdict> {
  const input = openJob(kind, monitor, scope);
  const served = new ServedTexts(scope.context, scope.assets, input.own.traces);
  const all: string[] = [];
  let jobs = 0;
  for (const job of renderJobs(kind, input)) {
    const loaded = scope.check.load(job);
    if ('rejection' in loaded) return loaded;
    const pieces = writeYamlPieces([job.config]);
    all.push(...pieces);
    served.add(job, pieces, loaded.read);
    jobs += 1;
    yield;
  }
  const key = `${kind}/${keyOf(monitor)}`;
  const collected = { ...input.own.traces.collected, ...served.collected };
  return { fragment: { key, pieces: all, jobs, endsChunk: endsChunk(key), ...collected } };
}

/** The fragments of monitors that nobody has judged; those that Prometheus would refuse have none. */
export function renderFragments(monitors: Monitors, scope: FragmentScope): Fragments {
  return makeFragments((kind) =>
    monitors[kind].flatMap((monitor) => {
      const verdict = complete(renderFragment(kind, monitor, scope));
      return 'fragment' in verdict ? [verdict.fragment] : [];
    }),
  );
}
