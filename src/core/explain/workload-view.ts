import { complete } from '../../base/interruptible.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { once } from '../../base/once.ts';
import { keyOf } from '../../api/meta.ts';
import type { PrometheusAgent } from '../../api/prometheus-agent.ts';
import type { Prometheus } from '../../api/prometheus.ts';
import type { AssetStore } from '../assets/store.ts';
import { createPrometheusCaches, matchPrometheus } from '../desired/desired-prometheus.ts';
import type { PrometheusCaches, PrometheusMatch } from '../desired/desired-prometheus.ts';
import { viewShard } from '../desired/shard-view.ts';
import { agentKind } from '../kinds/prometheus-agent.ts';
import { serverKind } from '../kinds/prometheus.ts';
import { listMonitors } from '../monitor.ts';
import type { Monitor, MonitorKind, Monitors } from '../monitor.ts';
import type { RegexpCache } from '../relabel/regexp-cache.ts';
import { openJob } from '../render/prometheus/config/job.ts';
import { LoadCheck } from '../render/prometheus/config/load-check.ts';
import { isPerNode } from '../render/prometheus/config/fragment.ts';
import type { Fragments } from '../render/prometheus/config/fragment.ts';
import { renderFragments, renderJobs } from '../render/prometheus/config/monitor-fragment.ts';
import { renderPrometheusConfig } from '../render/prometheus/config/prometheus-config.ts';
import type { PrometheusWorkload } from '../render/prometheus/prometheus-workload.ts';
import { selectMonitors } from '../select/monitors.ts';
import type { MonitorSelection, RejectedMonitor } from '../select/monitors.ts';
import { describeScraping } from '../render/prometheus/config/scrape-context.ts';
import type { ScrapeContext } from '../render/prometheus/config/scrape-context.ts';
import { loadPrometheusConfig } from '../prometheus-config/load-config.ts';
import type { LoadedConfig } from '../prometheus-config/load-config.ts';
import type { LoadedJob } from '../targets/scrape-job.ts';
import { TargetFinder, findTargetsOffline } from '../targets/offline.ts';
import type { OfflineOptions, OfflineTargets } from '../targets/offline.ts';
import type { ExplainFacts } from './facts.ts';
import type { ObjectName } from './model.ts';
import { showObject } from './model.ts';
import { cutSources } from './operator-scope.ts';
import { loadInPieces } from './load-in-pieces.ts';
import { FoundJobs } from './found-jobs.ts';
import type { OpenedJob } from './found-jobs.ts';
import type { UrlIndex } from './url-index.ts';
import { UnpreparedError } from './unprepared.ts';
import { describeProblem, openWorkload } from './workload-problem.ts';
import type { WorkloadProblem } from './workload-problem.ts';

/** The jobs of one monitor: what was rendered, and the fields that asked for each rule. */
export interface RenderedJob {
  readonly name: string;
  /** Of the endpoint that the job is of, such as `spec.endpoints[0]`; "" for kinds with one job. */
  readonly endpoint: string;
  /** By index in relabel_configs, as `RelabelRule.origin`. */
  readonly origins: readonly string[];
}

const endpointFields: Readonly<Partial<Record<MonitorKind, string>>> = {
  ServiceMonitor: 'spec.endpoints',
  PodMonitor: 'spec.podMetricsEndpoints',
};

const noMonitors = listMonitors(() => []);

/** One Prometheus or PrometheusAgent as the chain looks at it. Costly answers are worked out when asked for, once. */
export class WorkloadView {
  readonly name: ObjectName;
  readonly object: Prometheus | PrometheusAgent;
  readonly facts: ExplainFacts;
  /** Undefined where `problem` says why. */
  readonly workload: PrometheusWorkload | undefined;
  #problem: WorkloadProblem | undefined;
  readonly #caches: PrometheusCaches = createPrometheusCaches();
  #context: ScrapeContext | undefined;
  #match: PrometheusMatch | undefined;
  #assets: AssetStore | undefined;
  #all: OfflineTargets | undefined;
  #jobs: readonly LoadedJob[] | undefined;
  #found: FoundJobs | undefined;
  #isOpened = false;
  #selection: MonitorSelection | undefined;

  constructor(kind: 'Prometheus' | 'PrometheusAgent', object: Prometheus | PrometheusAgent, facts: ExplainFacts) {
    const { namespace = '', name = '' } = object.metadata;
    this.name = { kind, namespace, name };
    this.object = object;
    this.facts = facts;
    const opened = openWorkload(kind, object, facts);
    this.workload = 'owner' in opened ? opened : undefined;
    this.#problem = 'owner' in opened ? undefined : opened;
  }

  /** Why the configuration of this workload is not written, whatever the monitors are. */
  readonly findProblem = (): WorkloadProblem | undefined => this.#problem ?? this.#findSectionProblem();

  readonly #findSectionProblem = once((): WorkloadProblem | undefined => {
    try {
      const match = this.#matchSources();
      if (match.workload.role === 'server' || match.workload.form === 'StatefulSet') this.#render(noMonitors);
      return undefined;
    } catch (error) {
      return describeProblem(error);
    }
  });

  requireWorkload(): PrometheusWorkload {
    if (this.workload === undefined) throw new RangeError(`${showObject(this.name)} cannot be rendered`);
    return this.workload;
  }

  #matchSources(): PrometheusMatch {
    return complete(this.#matchInPieces());
  }

  *#matchInPieces(): Interruptible<PrometheusMatch> {
    this.#match ??= yield* matchPrometheus(this.requireWorkload(), cutSources(this.facts), this.#caches);
    return this.#match;
  }

  /** Works out which monitors it selects, and asks for what they refer to. */
  *prepare(): Interruptible<void> {
    if (this.workload === undefined || this.#assets !== undefined) return;
    try {
      yield* this.#matchInPieces();
      this.#assets = this.facts.readAssets((yield* this.#matchInPieces()).references);
    } catch (error) {
      // Told of by `findProblem`.
      describeProblem(error);
    }
  }

  /** Works out the jobs and targets of all that it selects, once. */
  *openAll(): Interruptible<void> {
    if (this.#isOpened) return;
    this.#isOpened = true;
    yield* this.prepare();
    if (this.findProblem() !== undefined) return;
    try {
      yield* this.#openAll();
    } catch (error) {
      this.#problem = describeProblem(error);
    }
  }

  *#openAll(): Interruptible<void> {
    const { role } = this.requireWorkload();
    const { selected } = yield* this.#selectInPieces();
    this.#jobs = yield* loadInPieces(role, selected, (some) => this.#loadSome(some));
    this.#found = new FoundJobs(this.#jobs, new TargetFinder(this.facts.cluster, this.#place));
    yield* this.#found.scan();
  }

  get #place(): OfflineOptions {
    const { version, owner } = this.requireWorkload();
    return { version, ownNamespace: owner.metadata.namespace };
  }

  /** All that the workload and what it selects refer to. */
  get assets(): AssetStore {
    this.#assets ??= this.facts.readAssets(this.#matchSources().references);
    return this.#assets;
  }

  get context(): ScrapeContext {
    this.#context ??= describeScraping(this.requireWorkload());
    return this.#context;
  }

  get regexps(): RegexpCache {
    return this.#caches.config.regexps;
  }

  /** The jobs of an accepted monitor, in their order. */
  listJobs(kind: MonitorKind, monitor: Monitor): RenderedJob[] {
    const field = endpointFields[kind];
    return [...renderJobs(kind, openJob(kind, monitor, this))].map(({ config, relabelings }, index) => {
      const { job_name: name } = config;
      return {
        name: typeof name === 'string' ? name : '',
        endpoint: field === undefined ? '' : `${field}[${index}]`,
        origins: relabelings.map(({ origin }) => origin),
      };
    });
  }

  /** The jobs of one monitor as a Prometheus reads them; `shard` as in `viewShard`. */
  loadJobs(kind: MonitorKind, monitor: Monitor, shard: number | undefined): readonly LoadedJob[] {
    const { version } = this.requireWorkload();
    return loadPrometheusConfig(this.#render({ ...noMonitors, [kind]: [monitor] }, shard), version).jobs;
  }

  /** The configuration with the jobs of one monitor, as it is written: variables are not filled in. */
  printJobs(kind: MonitorKind, monitor: Monitor): string {
    return this.#renderYaml({ ...noMonitors, [kind]: [monitor] });
  }

  /** Whether the discovery service gives each node its own targets of a monitor. */
  hasPerNode(kind: MonitorKind, monitor: Monitor): boolean {
    return this.#renderFragments({ ...noMonitors, [kind]: [monitor] })[kind].some(isPerNode);
  }

  /** One job of a monitor, and what it discovers; those of all shards together. */
  openJob(kind: MonitorKind, monitor: Monitor, name: string): OpenedJob {
    const known = this.#found?.open(name);
    if (known !== undefined) return known;
    const loaded = this.loadJobs(kind, monitor, undefined).find(({ job }) => job.jobName === name);
    if (loaded === undefined) throw new RangeError(`Job ${name} is not in the configuration that was rendered`);
    return { loaded, pool: new TargetFinder(this.facts.cluster, this.#place).find(loaded).pool };
  }

  /** The targets of jobs in this cluster. */
  findTargets(jobs: readonly LoadedJob[]): OfflineTargets {
    return findTargetsOffline(jobs, this.facts.cluster, this.#place);
  }

  /** The targets of all jobs of this workload, those of all shards together. */
  findAllTargets(): OfflineTargets {
    this.#all ??= this.findTargets(this.loadAllJobs());
    return this.#all;
  }

  /** The same for who looks at one job after the other: pools are made as they are asked for. */
  listFound(): FoundJobs {
    if (this.#found !== undefined) return this.#found;
    const found = new FoundJobs(this.loadAllJobs(), new TargetFinder(this.facts.cluster, this.#place));
    complete(found.scan());
    return (this.#found = found);
  }

  /** Which jobs of this workload scrape which URLs. @throws {UnpreparedError} before `openAll`. */
  indexUrls(): UrlIndex {
    if (!this.#isOpened) throw new UnpreparedError(() => this.openAll());
    return this.listFound().urls;
  }

  /** The jobs of this workload as a Prometheus reads them, those of all shards together. */
  loadAllJobs(): readonly LoadedJob[] {
    this.#jobs ??= this.#loadSome(this.listSelected());
    return this.#jobs;
  }

  /** What decides about the alerts of its rules: whom they are sent to, with which labels. */
  loadAlerting(): Pick<LoadedConfig, 'alerting' | 'externalLabels'> {
    return loadPrometheusConfig(this.#render(noMonitors), this.context.version);
  }

  /** Accepted monitors of all kinds. */
  listSelected(): Monitors {
    return this.#select().selected;
  }

  /** Monitors that are left out, and why. */
  listRejected(): readonly RejectedMonitor[] {
    return this.#select().rejected;
  }

  #select(): MonitorSelection {
    return complete(this.#selectInPieces());
  }

  *#selectInPieces(): Interruptible<MonitorSelection> {
    const { context, assets } = this;
    const { monitors: matched } = yield* this.#matchInPieces();
    this.#selection ??= yield* selectMonitors({ context, matched, assets, cache: this.#caches.monitors });
    return this.#selection;
  }

  #loadSome(monitors: Monitors): readonly LoadedJob[] {
    return loadPrometheusConfig(this.#render(monitors), this.context.version).jobs;
  }

  #render(monitors: Monitors, shard?: number): string {
    return viewShard(this.#renderYaml(monitors), this.requireWorkload(), shard);
  }

  #renderFragments(monitors: Monitors): Fragments {
    const { context, assets, regexps } = this;
    return renderFragments(monitors, { context, assets, check: new LoadCheck(context, regexps) });
  }

  #renderYaml(monitors: Monitors): string {
    const workload = this.requireWorkload();
    const { context, assets, regexps } = this;
    const fragments = this.#renderFragments(monitors);
    const caches = { regexps, chunks: new Map() };
    return renderPrometheusConfig({ workload, context, fragments, ruleConfigMaps: [], assets, caches }).yaml();
  }
}

/** All workloads of both kinds, by "namespace/name". */
export function openWorkloads(facts: ExplainFacts): WorkloadView[] {
  const all = [
    ...facts.instancesOf(serverKind).map((one) => new WorkloadView('Prometheus', one, facts)),
    ...facts.instancesOf(agentKind).map((one) => new WorkloadView('PrometheusAgent', one, facts)),
  ];
  return all.sort((a, b) => (keyOf(a.object) < keyOf(b.object) ? -1 : 1));
}
