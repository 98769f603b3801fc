import type { ObjectMeta } from '../../../../api/meta.ts';
import type { RelabelConfig } from '../../../../api/parts/relabel.ts';
import type { ScrapeClass } from '../../../../api/parts/scrape-class.ts';
import type { YamlFields, YamlValue } from '../../../../base/yaml-writer.ts';
import { keyOf } from '../../../../api/meta.ts';
import type { Monitor, MonitorKind } from '../../../monitor.ts';
import type { AssetStore } from '../../../assets/store.ts';
import type { ScrapeContext } from './scrape-context.ts';
import { unlessNone } from './blocks.ts';
import type { CommonRules } from './common-rules.ts';
import { renderNamespaceRule } from './enforcement.ts';
import { listRules, renderRelabelConfigs } from './relabel-rules.ts';
import type { RelabelRule } from './relabel-rules.ts';
import { renderClassMetricRelabelings } from './scrape-class.ts';
import { Traces, gated } from './render-scope.ts';
import type { RenderScope } from './render-scope.ts';

/** One item of `scrape_configs`, with the origin of each of its rules. */
export interface Job {
  readonly kind: MonitorKind;
  /** Path of what it is made from in the monitor: "spec.endpoints[0]", or "spec". */
  readonly field: string;
  readonly config: YamlFields;
  readonly relabelings: readonly RelabelRule[];
  readonly metricRelabelings: readonly RelabelRule[];
}

/** What the jobs of one monitor are made from. */
export interface JobInput<T extends Monitor> {
  readonly monitor: T;
  readonly context: ScrapeContext;
  /** Where the monitor's own references resolve. */
  readonly own: RenderScope;
  /** Where those of its scrape class and of spec.apiserverConfig resolve. */
  readonly workload: RenderScope;
  readonly commonRules: CommonRules | undefined;
}

/** What the jobs of all monitors of one workload are made from. */
export interface JobScope {
  readonly context: ScrapeContext;
  readonly assets: AssetStore;
  /** Rules that were met in other monitors, when there are any; filled while jobs are rendered. */
  readonly commonRules?: CommonRules;
}

/** Sets up the scopes of one monitor; what is used and left out is collected in `own.traces`. */
export function openJob<T extends Monitor>(kind: MonitorKind, monitor: T, scope: JobScope): JobInput<T> {
  const { context, assets, commonRules } = scope;
  const traces = new Traces(`${kind}/${keyOf(monitor)}`);
  const shared = { gates: context.gates, assets, traces };
  return {
    monitor,
    context,
    own: { ...shared, namespace: monitor.metadata.namespace ?? '' },
    workload: { ...shared, namespace: context.namespace },
    commonRules,
  };
}

/** `relabel_configs` or `metric_relabel_configs` when there are any. */
export function listAnyRules(rules: readonly RelabelRule[], known?: CommonRules): readonly YamlValue[] | undefined {
  return unlessNone(listRules(rules, known));
}

export interface MetricRelabelInput {
  readonly kind: MonitorKind;
  readonly metadata: ObjectMeta;
  readonly scrapeClass: ScrapeClass | undefined;
  readonly configs: readonly RelabelConfig[] | undefined;
  readonly origin: string;
}

/** Rules on samples: those of the class, the object's own, the enforced namespace. */
export function renderMetricRules(input: MetricRelabelInput, context: ScrapeContext): RelabelRule[] {
  return [
    ...renderClassMetricRelabelings(input.scrapeClass),
    ...renderRelabelConfigs(input.configs, input.origin),
    ...renderNamespaceRule(input.kind, input.metadata, context),
  ];
}

/** `honor_timestamps`: false when overridden; left out when nobody asks (docs/reference/rendering.md 2.1.3). */
export function renderHonorTimestamps(wanted: boolean | undefined, input: JobInput<Monitor>): boolean | undefined {
  const override = input.context.spec.overrideHonorTimestamps === true;
  if (wanted === undefined && !override) return undefined;
  return gated(input.own, 'honor_timestamps', (wanted ?? false) && !override);
}

export function renderHonorLabels(wanted: boolean | undefined, { spec }: ScrapeContext): boolean {
  return (wanted ?? false) && spec.overrideHonorLabels !== true;
}
