import { complete } from '../../base/interruptible.ts';
import { keyOf } from '../../api/meta.ts';
import type { PrometheusAgent } from '../../api/prometheus-agent.ts';
import type { Prometheus } from '../../api/prometheus.ts';
import { TerminalError, describeError } from '../../base/errors.ts';
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
import { asAgentWorkload, asServerWorkload } from '../render/prometheus/prometheus-workload.ts';
import { InvalidFieldError } from '../findings.ts';
import { selectMonitors } from '../select/monitors.ts';
import type { MonitorSelection, RejectedMonitor } from '../select/monitors.ts';
import { describeScraping } from '../render/prometheus/config/scrape-context.ts';
import type { ScrapeContext } from '../render/prometheus/config/scrape-context.ts';
import { loadPrometheusConfig } from '../prometheus-config/load-config.ts';
import type { LoadedConfig } from '../prometheus-config/load-config.ts';
import type { LoadedJob } from '../targets/scrape-job.ts';
import { findTargetsOffline } from '../targets/offline.ts';
import type { OfflineTargets } from '../targets/offline.ts';
import type { ExplainFacts } from './facts.ts';
import type { ObjectName } from './model.ts';
import { showObject } from './model.ts';
import { cutSources } from './operator-scope.ts';

/** Why nothing can be worked out for a workload: a field of it, or what Prometheus refuses. */
export interface WorkloadProblem {
  readonly field: string;
  readonly message: string;
}

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
  readonly #problem: WorkloadProblem | undefined;
  readonly #caches: PrometheusCaches = createPrometheusCaches();
  #context: ScrapeContext | undefined;
  #match: PrometheusMatch | undefined;
  #assets: AssetStore | undefined;
  #all: OfflineTargets | undefined;
  #jobs: readonly LoadedJob[] | undefined;

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
  findProblem(): WorkloadProblem | undefined {
    if (this.#problem !== undefined) return this.#problem;
    try {
      const match = this.#matchSources();
      if (match.workload.role === 'server' || match.workload.form === 'StatefulSet') this.#render(noMonitors);
      return undefined;
    } catch (error) {
      return describeProblem(error);
    }
  }

  requireWorkload(): PrometheusWorkload {
    if (this.workload === undefined) throw new RangeError(`${showObject(this.name)} cannot be rendered`);
    return this.workload;
  }

  #matchSources(): PrometheusMatch {
    this.#match ??= complete(matchPrometheus(this.requireWorkload(), cutSources(this.facts), this.#caches));
    return this.#match;
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

  /** The targets of jobs in this cluster. */
  findTargets(jobs: readonly LoadedJob[]): OfflineTargets {
    const { version, owner } = this.requireWorkload();
    const ownNamespace = owner.metadata.namespace;
    return findTargetsOffline(jobs, this.facts.cluster, { version, ownNamespace });
  }

  /** The targets of all jobs of this workload, those of all shards together. */
  findAllTargets(): OfflineTargets {
    this.#all ??= this.findTargets(this.loadAllJobs());
    return this.#all;
  }

  /** The jobs of this workload as a Prometheus reads them, those of all shards together. */
  loadAllJobs(): readonly LoadedJob[] {
    this.#jobs ??= loadPrometheusConfig(this.#render(this.listSelected()), this.context.version).jobs;
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
    const { context, assets } = this;
    const matched = this.#matchSources().monitors;
    return complete(selectMonitors({ context, matched, assets, cache: this.#caches.monitors }));
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

function openWorkload(
  kind: WorkloadView['name']['kind'],
  object: Prometheus | PrometheusAgent,
  { settings }: ExplainFacts,
): PrometheusWorkload | WorkloadProblem {
  try {
    return kind === 'Prometheus' ? asServerWorkload(object, settings) : asAgentWorkload(object, settings);
  } catch (error) {
    return describeProblem(error);
  }
}

/** @throws what is no verdict on a workload. */
function describeProblem(error: unknown): WorkloadProblem {
  if (error instanceof InvalidFieldError) return { field: error.rejection.field, message: error.rejection.message };
  if (error instanceof TerminalError || error instanceof SyntaxError)
    return { field: '', message: describeError(error) };
  throw error;
}

/** All workloads of both kinds, by "namespace/name". */
export function openWorkloads(facts: ExplainFacts): WorkloadView[] {
  const all = [
    ...facts.instancesOf(serverKind).map((one) => new WorkloadView('Prometheus', one, facts)),
    ...facts.instancesOf(agentKind).map((one) => new WorkloadView('PrometheusAgent', one, facts)),
  ];
  return all.sort((a, b) => (keyOf(a.object) < keyOf(b.object) ? -1 : 1));
}
