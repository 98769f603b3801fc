import type { PrometheusRule } from '../../api/prometheus-rule.ts';
import type { FieldReference } from '../assets/references.ts';
import type { AssetStore } from '../assets/store.ts';
import type { Monitors } from '../monitor.ts';
import { RegexpCache } from '../relabel/regexp-cache.ts';
import { groupTlsAssets } from '../assets/tls-assets.ts';
import { renderPrometheusConfig } from '../render/prometheus/config/prometheus-config.ts';
import type { ConfigCaches, ConfigInput, RenderedConfig } from '../render/prometheus/config/prometheus-config.ts';
import { requireLoadable } from '../render/prometheus/config/require-loadable.ts';
import { webConfigFolder } from '../render/prometheus/paths.ts';
import { renderHttpClientSecret } from '../render/prometheus/secrets.ts';
import { describeScraping } from '../render/prometheus/config/scrape-context.ts';
import { countShards } from '../render/prometheus/shards.ts';
import { renderDaemonSet, renderStatefulSet } from '../render/prometheus/stateful-set.ts';
import type { PrometheusWorkload } from '../render/prometheus/workload.ts';
import { isUnmanaged } from '../render/prometheus/workload.ts';
import { listRuleConfigMaps, renderRuleConfigMaps } from '../render/rules/config-maps.ts';
import type { RuleConfigMap } from '../render/rules/config-maps.ts';
import { describePrometheusRules } from '../render/rules/context.ts';
import type { DaemonSet, Secret, StatefulSet } from '../render/shared/objects.ts';
import { renderTlsAssetSecrets, renderWebConfigSecret } from '../render/shared/owned-secrets.ts';
import { MonitorCache } from '../select/monitor-cache.ts';
import type { MonitorSelection, MonitorSources } from '../select/monitors.ts';
import { collectAssetReferences, matchMonitors, selectMonitors } from '../select/monitors.ts';
import { RuleCache, matchRules, selectRules } from '../select/rules.ts';
import type { RuleSelection, RuleSources } from '../select/rules.ts';

/** Everything that the objects of a Prometheus or PrometheusAgent are made from, but assets. */
export type PrometheusSources = MonitorSources & RuleSources;

/** What rendering one workload remembers from one time to the next; drop it with the workload. */
export interface PrometheusCaches {
  readonly monitors: MonitorCache;
  readonly rules: RuleCache;
  readonly config: ConfigCaches;
}

export function createPrometheusCaches(): PrometheusCaches {
  const regexps = new RegexpCache();
  return { monitors: new MonitorCache(regexps), rules: new RuleCache(), config: { regexps, chunks: new Map() } };
}

/** What a workload matches, before anything is checked, and the keys of Secrets and ConfigMaps that must be read first. */
export interface PrometheusMatch {
  readonly workload: PrometheusWorkload;
  readonly monitors: Monitors;
  readonly rules: readonly PrometheusRule[];
  readonly references: readonly FieldReference[];
}

/**
 * The first half of a sync: which objects, and which assets they need. Agents evaluate no rules.
 * @throws {TerminalError} when a selector cannot be used.
 */
export function matchPrometheus(
  workload: PrometheusWorkload,
  sources: PrometheusSources,
  caches: PrometheusCaches,
): PrometheusMatch {
  const { server, owner } = workload;
  const monitors = matchMonitors(workload, sources);
  const rules = server === undefined ? [] : matchRules(server, sources, owner.metadata.namespace ?? '');
  return { workload, monitors, rules, references: collectAssetReferences(workload, monitors, caches.monitors) };
}

/** The objects that a workload should have, but its governing Service, which it shares. */
export interface DesiredPrometheus {
  readonly workload: PrometheusWorkload;
  readonly selection: MonitorSelection;
  readonly rules: RuleSelection;
  /** Undefined when the configuration is the user's: then the Secret is made once, empty, and left alone. */
  readonly config: RenderedConfig | undefined;
  readonly ruleConfigMaps: readonly RuleConfigMap[];
  readonly tlsAssets: readonly Secret[];
  readonly webConfig: Secret;
  /** Of servers only. */
  readonly httpClient: Secret | undefined;
  /** By shard; none in DaemonSet mode. */
  readonly statefulSets: readonly StatefulSet[];
  readonly daemonSet: DaemonSet | undefined;
}

/**
 * The second half: what must be in the cluster.
 * @throws {TerminalError} when the spec asks for what cannot be rendered; the last good configuration stays then.
 */
export function renderPrometheus(
  match: PrometheusMatch,
  assets: AssetStore,
  caches: PrometheusCaches,
): DesiredPrometheus {
  const { workload } = match;
  const { owner, settings, server } = workload;
  const context = describeScraping(workload);
  const selection = selectMonitors({ context, matched: match.monitors, assets, cache: caches.monitors });
  const rules = selectRules(match.rules, describePrometheusRules(server ?? {}, workload.version), caches.rules);
  const ruleConfigMaps =
    server === undefined ? [] : renderRuleConfigMaps(rules.files, { format: 'prometheus', owner, settings });
  const mounted =
    server === undefined ? [] : listRuleConfigMaps(ruleConfigMaps.length, 'prometheus', owner.metadata.name ?? '');
  const config = renderConfig({
    workload,
    context,
    fragments: selection.fragments,
    ruleConfigMaps: mounted,
    assets,
    caches: caches.config,
  });
  const tlsAssets = renderTlsAssetSecrets(workload, groupTlsAssets(config?.tlsAssets ?? [], assets));
  return {
    workload,
    selection,
    rules,
    config,
    ruleConfigMaps,
    tlsAssets,
    webConfig: renderWebConfigSecret(workload, webConfigFolder),
    httpClient: server === undefined ? undefined : renderHttpClientSecret(workload),
    ...renderSets(workload, { tlsAssetSecrets: tlsAssets.length, ruleConfigMaps: mounted }),
  };
}

/** The configuration, once Prometheus would take it; undefined when it is the user's. */
function renderConfig(input: ConfigInput): RenderedConfig | undefined {
  if (isUnmanaged(input.workload)) return undefined;
  const config = renderPrometheusConfig(input);
  requireLoadable(input, config);
  return config;
}

function renderSets(
  workload: PrometheusWorkload,
  mounted: { readonly tlsAssetSecrets: number; readonly ruleConfigMaps: readonly string[] },
): Pick<DesiredPrometheus, 'statefulSets' | 'daemonSet'> {
  if (workload.form === 'DaemonSet') {
    return { statefulSets: [], daemonSet: renderDaemonSet(workload, mounted.tlsAssetSecrets) };
  }
  const statefulSets = Array.from({ length: countShards(workload.spec) }, (_, shard) =>
    renderStatefulSet(workload, { shard, ...mounted }),
  );
  return { statefulSets, daemonSet: undefined };
}

/** Whether anything at all is selected. */
export function hasSelected({ selection, rules }: DesiredPrometheus): boolean {
  const { selected, rejected } = selection;
  const monitors = Object.values(selected).some((list: readonly unknown[]) => list.length > 0);
  return monitors || rejected.length > 0 || rules.selected.length > 0 || rules.rejected.length > 0;
}
