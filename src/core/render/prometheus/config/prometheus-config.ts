import { monitorKinds } from '../../../monitor.ts';
import type { KeyReference } from '../../../assets/references.ts';
import type { AssetStore } from '../../../assets/store.ts';
import { requireNone } from '../../../findings.ts';
import type { RegexpCache } from '../../../relabel/regexp-cache.ts';
import type { ScrapeContext } from './scrape-context.ts';
import type { Interruptible } from '../../../../base/interruptible.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import { writeYamlFields, writeYamlItems } from '../../../../base/yaml-writer.ts';
import { chooseAssignment } from '../discovery-choice.ts';
import { chooseShardSize } from '../shard-size.ts';
import { ruleFolder } from '../prometheus-paths.ts';
import type { PrometheusWorkload } from '../prometheus-workload.ts';
import { renderAdditionalJobs } from './additional.ts';
import { renderAlerting } from './alerting.ts';
import { unlessNone } from './blocks.ts';
import { checkWorkloadConfig } from './check-workload.ts';
import { compress, compressChunks, cutChunks, endsChunk, joinTraces } from './chunks.ts';
import type { ChunkCache } from './chunks.ts';
import { isPerNode, joinFragments } from './fragment.ts';
import type { Fragment, Fragments, Warning } from './fragment.ts';
import { explainOwnDiscovery, planDiscovery } from './discovery-plan.ts';
import type { DiscoveryPlan, PlanCache } from './discovery-plan.ts';
import { renderGlobal, renderRuntime } from './global.ts';
import { renderOtlp } from './otlp.ts';
import { renderRemoteRead } from './remote-read.ts';
import { renderRemoteWrite } from './remote-write.ts';
import { Traces } from './render-scope.ts';
import type { RenderScope } from './render-scope.ts';
import { isServed } from './serving-context.ts';
import { splitConfig } from './split-config.ts';
import type { SplitCache, SplitConfig } from './split-config.ts';
import { renderStorage } from './storage-block.ts';
import { renderTracing } from './tracing.ts';

/** What is remembered of one workload's configuration from one time to the next. */
export interface ConfigCaches {
  readonly regexps: RegexpCache;
  readonly chunks: ChunkCache;
}

export interface ConfigInput {
  readonly workload: PrometheusWorkload;
  /** Of the workload, the same as for `selectMonitors`. */
  readonly context: ScrapeContext;
  /** Of accepted monitors, as `selectMonitors` gives them. */
  readonly fragments: Fragments;
  readonly assets: AssetStore;
  /** Names of the rule ConfigMaps, in their order; those that do not exist yet included. */
  readonly ruleConfigMaps: readonly string[];
  /** What rendering the same workload again finds quicker. */
  readonly caches: ConfigCaches;
}

/** A complete prometheus.yml. */
export interface RenderedConfig {
  /** The text, in which each job discovers for itself; joined when it is asked for. */
  readonly yaml: () => string;
  /** What Prometheus reads, compressed: what the configuration Secret holds. Equal texts of equal cut give equal bytes. */
  readonly gzip: () => Interruptible<Uint8Array>;
  /** The same jobs, most of them in files beside a smaller text: for configurations that do not fit into one Secret. */
  readonly split: (cache: SplitCache) => Interruptible<SplitConfig>;
  /** What the discovery service is told; undefined: it finds nothing for this workload. */
  readonly plan: ((cache: PlanCache) => Interruptible<DiscoveryPlan>) | undefined;
  readonly jobs: number;
  /** Everything but scrape configs, for `requireLoadable`. */
  readonly sections: YamlFields;
  /** Scrape configs that are not of monitors. */
  readonly additionalJobs: readonly YamlFields[];
  /** What was left out, and why. */
  readonly warnings: readonly Warning[];
  /** Keys whose contents the tls-assets Secrets must hold: those that the text names. */
  readonly tlsAssets: readonly KeyReference[];
}

/** All jobs in their order, those of users among them (docs/reference/rendering.md 1). */
function orderFragments(
  { role, form }: PrometheusWorkload,
  fragments: Fragments,
  additional: readonly Fragment[],
): Fragment[] {
  const join = (...lists: readonly (readonly Fragment[])[]): Fragment[] => new Array<Fragment>().concat(...lists);
  if (role === 'server') return join(...monitorKinds.map((kind) => fragments[kind]), additional);
  const others = monitorKinds.filter((kind) => kind !== 'PodMonitor').map((kind) => fragments[kind]);
  const shown = form === 'DaemonSet' ? others.map((list) => list.filter(isPerNode)) : others;
  return join(fragments.PodMonitor, additional, ...shown);
}

function renderHead(workload: PrometheusWorkload, ruleConfigMaps: readonly string[], scope: RenderScope): YamlFields {
  const files = ruleConfigMaps.map((name) => `${ruleFolder}/${name}/*.yaml`);
  return {
    runtime: renderRuntime(workload, scope),
    rule_files: workload.server?.ruleSelector === undefined ? undefined : files,
  };
}

function renderTail(workload: PrometheusWorkload, context: ScrapeContext, scope: RenderScope): YamlFields {
  const { spec, server } = workload;
  return {
    storage: renderStorage(workload, scope),
    alerting: renderAlerting(workload, context, scope),
    remote_write: unlessNone((spec.remoteWrite ?? []).map((one) => renderRemoteWrite(one, scope))),
    remote_read: unlessNone((server?.remoteRead ?? []).map((one) => renderRemoteRead(one, scope))),
    otlp: renderOtlp(workload, scope),
    tracing: renderTracing(workload, scope),
  };
}

const additionalKey = 'additionalScrapeConfigs';

/** Jobs that are not of monitors, as a fragment of their own: none or one. */
function listAdditional(jobs: readonly YamlFields[]): Fragment[] {
  if (jobs.length === 0) return [];
  const key = additionalKey;
  const pieces = [writeYamlItems(jobs)];
  return [{ key, pieces, jobs: jobs.length, endsChunk: endsChunk(key), tlsAssets: [], warnings: [] }];
}

/**
 * The configuration of a Prometheus or PrometheusAgent (docs/reference/rendering.md 1). Cost is in proportion to what has
 * changed since the last call with the same caches.
 * Whether Prometheus would take it says `requireLoadable`.
 * @throws {InvalidFieldError} when the workload's own fields make it impossible (docs/reference/rendering.md 1.13).
 */
export function renderPrometheusConfig(input: ConfigInput): RenderedConfig {
  const { workload, context, assets, caches } = input;
  const { namespace, gates, version, serving } = context;
  requireNone(checkWorkloadConfig(workload, { assets, namespace, version, regexps: caches.regexps }));
  const traces = new Traces('');
  const scope = { gates, assets, namespace, traces };
  for (const problem of [
    explainOwnDiscovery(workload, context, assets),
    chooseAssignment(workload).problem,
    chooseShardSize(workload).problem,
  ])
    if (problem !== undefined) traces.warn(problem);
  const global = renderGlobal(workload, scope);
  const headFields = { global, ...renderHead(workload, input.ruleConfigMaps, scope) };
  const tailFields = renderTail(workload, context, scope);
  const additionalJobs = renderAdditionalJobs(workload.spec.additionalScrapeConfigs, context, scope);
  const fragments = orderFragments(workload, input.fragments, listAdditional(additionalJobs));
  const chunks = cutChunks(fragments, caches.chunks);
  const start = writeYamlFields(headFields);
  const head = `${start}scrape_configs:${fragments.length === 0 ? ' []' : ''}\n`;
  const tail = writeYamlFields(tailFields);
  return {
    yaml: () => `${head}${joinFragments(fragments)}${tail}`,
    *gzip() {
      const members = yield* compressChunks(chunks);
      return Buffer.concat([compress(head), ...members, compress(tail)]);
    },
    split: (cache) => splitConfig({ head: start, fragments, tail }, additionalKey, cache),
    plan: isServed(serving, assets) ? (cache) => planDiscovery(global, fragments, cache) : undefined,
    sections: { ...headFields, ...tailFields },
    additionalJobs,
    ...joinTraces([{ jobs: 0, ...traces.collected }, ...chunks.map((chunk) => chunk.traces)]),
  };
}
