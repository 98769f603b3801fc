import type { PrometheusRule } from '../../api/prometheus-rule.ts';
import type { PrometheusSpec } from '../../api/prometheus.ts';
import { complete } from '../../base/interruptible.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { listWrittenRules } from '../render/rules/written-rules.ts';
import { JobSeries } from '../series/job-series.ts';
import type { SeriesSources } from '../series/judge-selector.ts';
import {
  describeDiscovery,
  describeMadeUp,
  describeTarget,
  findSureDrops,
  isMadeUp,
  placeTarget,
} from '../series/target-shapes.ts';
import type { TargetShape } from '../series/target-shapes.ts';
import type { OfflineTargets } from '../targets/offline.ts';
import type { LoadedJob } from '../targets/scrape-job.ts';
import type { DiscoveredTarget, PooledTarget, TargetPool } from '../targets/target-pool.ts';

/** The targets of a job, as they are at one moment. */
export type PoolView = Pick<TargetPool, 'compiled' | 'list' | 'describeDiscovered'>;

/** What a Prometheus scrapes, as far as it is known. */
export interface ScrapedInput {
  readonly spec: PrometheusSpec;
  /** The namespace that it runs in. */
  readonly namespace: string | undefined;
  readonly jobs: readonly LoadedJob[];
  readonly targets: {
    readonly pools: { get(job: string): PoolView | undefined };
    readonly skipped: OfflineTargets['skipped'];
  };
  /**
   * Whether the targets are those of manifests: what of a job has not a single target there is discovered elsewhere, and what
   * was made up will have other names and addresses.
   */
  readonly isOffline: boolean;
  readonly rules: readonly PrometheusRule[];
  /** Why something that may be scraped could not be read. */
  readonly unread?: string | undefined;
}

/** Where the series come from that a Prometheus evaluates its rules on. */
export function openSeriesSources(input: ScrapedInput): SeriesSources {
  return complete(openSeriesInTurns(input));
}

/** As `openSeriesSources`, job by job. */
export function* openSeriesInTurns(input: ScrapedInput): Interruptible<SeriesSources> {
  const jobs: JobSeries[] = [];
  for (const loaded of input.jobs) {
    jobs.push(new JobSeries(loaded, listShapes(loaded, input)));
    yield;
  }
  return { jobs, recorded: listRecorded(input.rules), others: input.unread ?? findOthers(input.spec) };
}

function listShapes({ job, discovery }: LoadedJob, { targets, namespace, isOffline }: ScrapedInput): TargetShape[] {
  const pool = targets.pools.get(job.jobName);
  if (pool === undefined) throw new RangeError(`Job ${job.jobName} has no pool`);
  const known = isOffline ? listOffline(pool) : pool.list().active.map((target) => describeActive(target, pool));
  const skipped = targets.skipped.filter(({ jobName }) => jobName === job.jobName).map(({ config }) => config);
  const open = isOffline && known.length === 0 ? discovery : skipped;
  return [...known, ...open.flatMap((config) => describeDiscovery(config, pool.compiled, namespace) ?? [])];
}

/** Those that are made up may be dropped for the names that they were given: the real ones may stay. */
function listOffline(pool: PoolView): TargetShape[] {
  const { active, dropped } = pool.list();
  const isSure = findSureDrops(pool.compiled.rules);
  const exact = active.filter(({ discovered }) => !discovered.every(isOfMadeUp));
  const kept = active.flatMap(({ discovered }) => discovered);
  const madeUp = [...kept, ...dropped.filter(({ rule }) => isSure[rule] !== true)].filter(isOfMadeUp);
  return [
    ...exact.map((target) => describeActive(target, pool)),
    ...madeUp.flatMap((one) => describeMadeUp(pool.describeDiscovered(one).toMap(), pool.compiled) ?? []),
  ];
}

function describeActive({ labels, discovered: [first] }: PooledTarget, pool: PoolView): TargetShape {
  if (first === undefined) return describeTarget(labels);
  return describeTarget(labels, () => placeTarget(pool.describeDiscovered(first), pool.compiled));
}

function isOfMadeUp({ group, index }: DiscoveredTarget): boolean {
  return isMadeUp((name) => group.targets[index]?.get(name) ?? group.labels.get(name));
}

/** Of each metric its expressions, each once. */
function listRecorded(objects: readonly PrometheusRule[]): Map<string, readonly string[]> {
  const texts = new Map<string, Set<string>>();
  for (const { rule } of objects.flatMap(listWrittenRules)) {
    const { record = '', expr } = rule;
    if (record === '') continue;
    const known = texts.get(record) ?? new Set();
    texts.set(record, known.add(String(expr)));
  }
  return new Map([...texts].map(([record, known]) => [record, [...known]]));
}

/** What else writes series into a Prometheus, or gives them to its queries. */
function findOthers(spec: PrometheusSpec): string | undefined {
  if (spec.enableRemoteWriteReceiver === true) return 'others may write series to it (spec.enableRemoteWriteReceiver)';
  if (spec.enableOTLPReceiver ?? spec.otlp !== undefined) return 'others may write series to it over OTLP';
  if ((spec.remoteRead ?? []).length > 0) return 'queries also read from elsewhere (spec.remoteRead)';
  const given = (spec.additionalArgs ?? []).map(({ name }) => name);
  const receiver =
    given.find((name) => /receiver|agent/.test(name)) ??
    (spec.enableFeatures ?? []).find((one) => one.includes('receiver'));
  return receiver === undefined ? undefined : `others may write series to it (${receiver})`;
}
