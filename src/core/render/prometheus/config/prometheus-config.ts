import type { KeyReference } from '../../../assets/references.ts';
import type { MonitorKind } from '../../../assets/plans.ts';
import type { AssetStore } from '../../../assets/store.ts';
import { requireNone } from '../../../select/findings.ts';
import { describeContext, describeInputs } from '../../../select/monitor-cache.ts';
import type { MonitorCache } from '../../../select/monitor-cache.ts';
import type { Monitors } from '../../../select/monitors.ts';
import { describeScraping } from '../../../select/scrape-context.ts';
import type { ScrapeContext } from '../../../select/scrape-context.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import { writeYamlFields, writeYamlItems } from '../../../../base/yaml-writer.ts';
import { ruleFolder } from '../paths.ts';
import type { PrometheusWorkload } from '../workload.ts';
import { renderAdditionalJobs } from './additional.ts';
import { renderAlerting } from './alerting.ts';
import { unlessNone } from './blocks.ts';
import { checkWorkloadConfig } from './check-workload.ts';
import { compress, compressFragments, endsChunk } from './chunks.ts';
import type { Fragment, Warning } from './fragment.ts';
import { renderGlobal, renderRuntime } from './global.ts';
import { renderFragment } from './monitor-fragment.ts';
import type { FragmentScope } from './monitor-fragment.ts';
import { renderOtlp } from './otlp.ts';
import { renderRemoteRead } from './remote-read.ts';
import { renderRemoteWrite } from './remote-write.ts';
import { Traces } from './scope.ts';
import type { RenderScope } from './scope.ts';
import { renderStorage } from './storage.ts';
import { renderTracing } from './tracing.ts';

export interface ConfigInput {
  readonly workload: PrometheusWorkload;
  /** Accepted monitors, as `selectMonitors` gives them. */
  readonly monitors: Monitors;
  readonly assets: AssetStore;
  /** Names of the rule ConfigMaps, in their order; those that do not exist yet included. */
  readonly ruleConfigMaps: readonly string[];
  /** The workload's own; the same one as for `selectMonitors`. */
  readonly cache: MonitorCache;
}

/** A complete prometheus.yml. */
export interface RenderedConfig {
  /** The text; joined when it is asked for. */
  readonly yaml: () => string;
  /** The same text compressed: what the configuration Secret holds. Equal texts of equal cut give equal bytes. */
  readonly gzip: () => Uint8Array;
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

/** The kinds in the order of their jobs, and the kind before which the additional jobs stand: undefined is the end. */
function orderJobs({ role, form }: PrometheusWorkload): { kinds: readonly MonitorKind[]; additionalAt: number } {
  if (role === 'server') return { kinds: ['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig'], additionalAt: 4 };
  if (form === 'DaemonSet') return { kinds: ['PodMonitor'], additionalAt: 1 };
  return { kinds: ['PodMonitor', 'ServiceMonitor', 'Probe', 'ScrapeConfig'], additionalAt: 1 };
}

function renderHead(workload: PrometheusWorkload, ruleConfigMaps: readonly string[], scope: RenderScope): YamlFields {
  const files = ruleConfigMaps.map((name) => `${ruleFolder}/${name}/*.yaml`);
  return {
    global: renderGlobal(workload, scope),
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

/** Jobs that are not of monitors, as a fragment of their own: none or one. */
function listAdditional(jobs: readonly YamlFields[]): Fragment[] {
  if (jobs.length === 0) return [];
  const key = 'additionalScrapeConfigs';
  const yaml = writeYamlItems(jobs);
  return [{ key, yaml, jobs: jobs.length, endsChunk: endsChunk(key), tlsAssets: [], warnings: [] }];
}

/** The fragments of all monitors of one kind, from the cache while nothing that they depend on has changed. */
function listFragments(kind: MonitorKind, { monitors, cache, assets }: ConfigInput, scope: SharedScope): Fragment[] {
  const fragments: Fragment[] = [];
  for (const monitor of monitors[kind]) {
    const entry = cache.entryOf(kind, monitor);
    const inputs = describeInputs(entry, scope.inputs, assets);
    if (entry.verdict?.inputs !== inputs) entry.verdict = { inputs, value: renderFragment(kind, entry, scope) };
    const verdict = entry.verdict.value;
    if ('fragment' in verdict) fragments.push(verdict.fragment);
  }
  return fragments;
}

interface SharedScope extends FragmentScope {
  /** State of the world that all fragments depend on. */
  readonly inputs: string;
}

/** What all fragments say; most say nothing, and there are thousands. */
function collectTraces(
  own: Pick<Fragment, 'tlsAssets' | 'warnings'>,
  fragments: readonly Fragment[],
): Pick<RenderedConfig, 'jobs' | 'warnings' | 'tlsAssets'> {
  const warnings = [...own.warnings];
  const tlsAssets = [...own.tlsAssets];
  let jobs = 0;
  for (const fragment of fragments) {
    jobs += fragment.jobs;
    if (fragment.warnings.length > 0) warnings.push(...fragment.warnings);
    if (fragment.tlsAssets.length > 0) tlsAssets.push(...fragment.tlsAssets);
  }
  return { jobs, warnings, tlsAssets };
}

/**
 * The configuration of a Prometheus or PrometheusAgent (docs/reference/rendering.md 1). Cost is in proportion to what has
 * changed since the last call with the same cache.
 * Whether Prometheus would take it says `requireLoadable`.
 * @throws {InvalidFieldError} when the workload's own fields make it impossible (docs/reference/rendering.md 1.13).
 */
export function renderPrometheusConfig(input: ConfigInput): RenderedConfig {
  const { workload, assets, cache } = input;
  const context = describeScraping(workload);
  const { namespace } = context;
  requireNone(checkWorkloadConfig(workload, { assets, namespace, version: workload.version, regexps: cache.regexps }));
  const traces = new Traces('');
  const check = cache.checkIn(context);
  const scope = { gates: context.gates, assets, namespace, traces };
  const headFields = renderHead(workload, input.ruleConfigMaps, scope);
  const tailFields = renderTail(workload, context, scope);
  const { kinds, additionalAt } = orderJobs(workload);
  const shared = { context, assets, check, inputs: describeContext(context, assets) };
  const list = (some: readonly MonitorKind[]): Fragment[] => some.flatMap((kind) => listFragments(kind, input, shared));
  const [before, after] = [list(kinds.slice(0, additionalAt)), list(kinds.slice(additionalAt))];
  const additionalJobs = renderAdditionalJobs(workload.spec.additionalScrapeConfigs, context, scope);
  const fragments = [...before, ...listAdditional(additionalJobs), ...after];
  const jobsKey = `scrape_configs:${fragments.length === 0 ? ' []' : ''}\n`;
  const head = `${writeYamlFields(headFields)}${jobsKey}`;
  const tail = writeYamlFields(tailFields);
  return {
    yaml: () => `${head}${fragments.map((one) => one.yaml).join('')}${tail}`,
    gzip: () => Buffer.concat([compress(head), ...compressFragments(fragments, cache.chunks), compress(tail)]),
    sections: { ...headFields, ...tailFields },
    additionalJobs,
    ...collectTraces(traces.collected, fragments),
  };
}
