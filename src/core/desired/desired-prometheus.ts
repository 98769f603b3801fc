import type { PrometheusRule } from '../../api/prometheus-rule.ts';
import type { TerminalError } from '../../base/errors.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { monitorKinds } from '../monitor.ts';
import type { FieldReference } from '../assets/references.ts';
import type { AssetStore } from '../assets/store.ts';
import type { Monitors } from '../monitor.ts';
import { RegexpCache } from '../relabel/regexp-cache.ts';
import { renderPrometheusConfig } from '../render/prometheus/config/prometheus-config.ts';
import type { ConfigCaches, ConfigInput, RenderedConfig } from '../render/prometheus/config/prometheus-config.ts';
import { createPlanCache } from '../render/prometheus/config/discovery-plan.ts';
import type { PlanCache } from '../render/prometheus/config/discovery-plan.ts';
import { requireLoadable } from '../render/prometheus/config/require-loadable.ts';
import { createSplitCache } from '../render/prometheus/config/split-config.ts';
import type { SplitCache } from '../render/prometheus/config/split-config.ts';
import { describeScraping } from '../render/prometheus/config/scrape-context.ts';
import type { PrometheusWorkload } from '../render/prometheus/prometheus-workload.ts';
import { isUnmanaged } from '../render/prometheus/prometheus-workload.ts';
import { listRuleConfigMaps, renderRuleConfigMaps } from '../render/rules/config-maps.ts';
import type { RuleConfigMap } from '../render/rules/config-maps.ts';
import { describePrometheusRules } from '../render/rules/rule-context.ts';
import type { StatefulSet } from '../render/shared/rendered-objects.ts';
import { MonitorCache } from '../select/monitor-cache.ts';
import type { MonitorSelection, MonitorSources } from '../select/monitors.ts';
import { collectAssetReferences, matchMonitors, selectMonitors } from '../select/monitors.ts';
import { RuleCache, matchRules, selectRules } from '../select/rules.ts';
import type { RuleSelection, RuleSources } from '../select/rules.ts';
import { listConfigSteps } from './prometheus-steps.ts';
import { attemptInterruptible, judgeRules, listRuleSteps } from './steps.ts';
import type { Desired } from './steps.ts';

/** Everything that the objects of a Prometheus or PrometheusAgent are made from, but assets. */
export type PrometheusSources = MonitorSources & RuleSources;

/** What rendering one workload remembers from one time to the next; drop it with the workload. */
export interface PrometheusCaches {
  readonly monitors: MonitorCache;
  readonly rules: RuleCache;
  readonly config: ConfigCaches;
  readonly split: SplitCache;
  readonly plan: PlanCache;
}

export function createPrometheusCaches(): PrometheusCaches {
  const regexps = new RegexpCache();
  return {
    monitors: new MonitorCache(regexps),
    rules: new RuleCache(),
    config: { regexps, chunks: new Map() },
    split: createSplitCache(),
    plan: createPlanCache(),
  };
}

/** What a workload matches, before anything is checked, and the keys of Secrets and ConfigMaps that must be read first. */
export interface PrometheusMatch {
  readonly workload: PrometheusWorkload;
  readonly monitors: Monitors;
  readonly rules: readonly PrometheusRule[];
  readonly references: readonly FieldReference[];
  /** The StatefulSets that there are in its namespace: in which form its configuration is now. */
  readonly live?: readonly StatefulSet[] | undefined;
}

/**
 * The first half of a sync: which objects, and which assets they need. Agents evaluate no rules. What the sources list is
 * taken before the first rest.
 * @throws {TerminalError} when a selector cannot be used.
 */
export function* matchPrometheus(
  workload: PrometheusWorkload,
  sources: PrometheusSources,
  caches: PrometheusCaches,
): Interruptible<PrometheusMatch> {
  const { server, owner } = workload;
  const monitors = matchMonitors(workload, sources);
  const rules = server === undefined ? [] : matchRules(server, sources, owner.metadata.namespace ?? '');
  const references = yield* collectAssetReferences(workload, monitors, caches.monitors);
  return { workload, monitors, rules, references };
}

/** Everything that a Prometheus or PrometheusAgent should have, and how it came about. */
export interface DesiredPrometheus extends Desired<PrometheusWorkload> {
  readonly selection: MonitorSelection;
  readonly rules: RuleSelection;
  /** Undefined when the configuration is the user's, or cannot be rendered. */
  readonly config: RenderedConfig | undefined;
}

/** Only Prometheus and PrometheusAgent select monitors. */
export function isDesiredPrometheus(desired: Desired): desired is DesiredPrometheus {
  return 'selection' in desired;
}

/**
 * The second half: what must be in the cluster. What cannot be rendered is among the failures; everything that does not
 * depend on it is made all the same.
 */
export function* renderPrometheus(
  match: PrometheusMatch,
  assets: AssetStore,
  caches: PrometheusCaches,
): Interruptible<DesiredPrometheus> {
  const { workload, live = [] } = match;
  const { server } = workload;
  const failures: TerminalError[] = [];
  const context = describeScraping(workload);
  const selection = yield* selectMonitors({ context, matched: match.monitors, assets, cache: caches.monitors });
  const rules = yield* selectRules(match.rules, describePrometheusRules(server ?? {}, workload.version), caches.rules);
  const ruleConfigMaps = renderRules(workload, rules);
  const mounted = server === undefined ? [] : listRuleConfigMaps(ruleConfigMaps.length, 'prometheus', nameOf(workload));
  const { fragments } = selection;
  const input = { workload, context, fragments, ruleConfigMaps: mounted, assets, caches: caches.config };
  const config = yield* attemptInterruptible(failures, () => renderConfig(input));
  const steps = [
    ...(server === undefined ? [] : listRuleSteps(workload, 'prometheus', ruleConfigMaps)),
    ...(yield* listConfigSteps(workload, {
      ...{ config, mounted, assets, failures, live },
      ...{ cache: caches.split, planCache: caches.plan },
    })),
  ];
  return {
    workload,
    steps,
    verdicts: listVerdicts(workload, selection, rules),
    warnings: config === undefined || config === 'unmanaged' ? [] : config.warnings,
    failures,
    unmanaged: config === 'unmanaged',
    selection,
    rules,
    config: config === 'unmanaged' ? undefined : config,
    printConfig: () => (config === 'unmanaged' ? undefined : config?.yaml()),
  };
}

const nameOf = ({ owner }: PrometheusWorkload): string => owner.metadata.name ?? '';

/** Agents evaluate no rules. */
function renderRules({ server, owner, settings }: PrometheusWorkload, { files }: RuleSelection): RuleConfigMap[] {
  return server === undefined ? [] : renderRuleConfigMaps(files, { format: 'prometheus', owner, settings });
}

/** The configuration, once Prometheus would take it, and while there is room for it. */
function* renderConfig(input: ConfigInput): Interruptible<RenderedConfig | 'unmanaged'> {
  if (isUnmanaged(input.workload)) return 'unmanaged';
  const config = renderPrometheusConfig(input);
  yield;
  yield* requireLoadable(input, config);
  return config;
}

function listVerdicts(
  { role }: PrometheusWorkload,
  selection: MonitorSelection,
  rules: RuleSelection,
): DesiredPrometheus['verdicts'] {
  const monitors = monitorKinds.map((kind) => {
    const rejected = selection.rejected.filter((one) => one.kind === kind);
    return [kind, { accepted: selection.selected[kind], rejected }] as const;
  });
  const verdicts = Object.fromEntries(monitors) as DesiredPrometheus['verdicts'];
  return role === 'agent' ? verdicts : { ...verdicts, PrometheusRule: judgeRules(rules) };
}
