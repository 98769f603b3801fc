import type { PrometheusRule } from '../../api/prometheus-rule.ts';
import type { Prometheus } from '../../api/prometheus.ts';
import type { FieldReference } from '../assets/references.ts';
import type { AssetStore } from '../assets/store.ts';
import { groupTlsAssets } from '../assets/tls-assets.ts';
import { renderPrometheusConfig } from '../render/prometheus/config/prometheus-config.ts';
import type { RenderedConfig } from '../render/prometheus/config/prometheus-config.ts';
import { renderHttpClientSecret, renderTlsAssetSecrets, renderWebConfigSecret } from '../render/prometheus/secrets.ts';
import { countShards } from '../render/prometheus/shards.ts';
import { renderStatefulSet } from '../render/prometheus/stateful-set.ts';
import type { Workload } from '../render/prometheus/workload.ts';
import { asServerWorkload, isUnmanaged } from '../render/prometheus/workload.ts';
import { listRuleConfigMaps, renderRuleConfigMaps } from '../render/rules/config-maps.ts';
import type { RuleConfigMap } from '../render/rules/config-maps.ts';
import { describePrometheusRules } from '../render/rules/context.ts';
import type { Secret, StatefulSet } from '../render/shared/objects.ts';
import { MonitorCache } from '../select/monitor-cache.ts';
import type { MonitorSelection, MonitorSources, Monitors } from '../select/monitors.ts';
import { collectAssetReferences, matchMonitors, selectMonitors } from '../select/monitors.ts';
import { RuleCache, matchRules, selectRules } from '../select/rules.ts';
import type { RuleSelection, RuleSources } from '../select/rules.ts';
import type { OperatorSettings } from '../settings.ts';

/** Everything that the objects of a Prometheus are made from, but assets. */
export type PrometheusSources = MonitorSources & RuleSources;

/** What rendering one Prometheus remembers from one time to the next; drop it with the Prometheus. */
export interface PrometheusCaches {
  readonly monitors: MonitorCache;
  readonly rules: RuleCache;
}

export function createPrometheusCaches(): PrometheusCaches {
  return { monitors: new MonitorCache(), rules: new RuleCache() };
}

/** What a Prometheus matches, before anything is checked, and the keys of Secrets and ConfigMaps that must be read first. */
export interface PrometheusMatch {
  readonly workload: Workload;
  readonly monitors: Monitors;
  readonly rules: readonly PrometheusRule[];
  readonly references: readonly FieldReference[];
}

/**
 * The first half of a sync: which objects, and which assets they need.
 * @throws {TerminalError} when a selector or the version cannot be used.
 */
export function matchPrometheus(
  prometheus: Prometheus,
  sources: PrometheusSources,
  settings: OperatorSettings,
  caches: PrometheusCaches,
): PrometheusMatch {
  const workload = asServerWorkload(prometheus, settings);
  const monitors = matchMonitors(workload, sources);
  const rules = matchRules(prometheus.spec, sources, prometheus.metadata.namespace ?? '');
  return { workload, monitors, rules, references: collectAssetReferences(workload, monitors, caches.monitors) };
}

/** The objects that a Prometheus should have, but its governing Service, which it shares. */
export interface DesiredPrometheus {
  readonly workload: Workload;
  readonly selection: MonitorSelection;
  readonly rules: RuleSelection;
  /** Undefined when the configuration is the user's: then the Secret is made once, empty, and left alone. */
  readonly config: RenderedConfig | undefined;
  readonly ruleConfigMaps: readonly RuleConfigMap[];
  readonly tlsAssets: readonly Secret[];
  readonly webConfig: Secret;
  readonly httpClient: Secret;
  /** By shard. */
  readonly statefulSets: readonly StatefulSet[];
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
  const selection = selectMonitors({ workload, matched: match.monitors, assets, cache: caches.monitors });
  const rules = selectRules(match.rules, describePrometheusRules(server ?? {}, workload.version), caches.rules);
  const ruleConfigMaps = renderRuleConfigMaps(rules.files, { format: 'prometheus', owner, settings });
  const mounted = listRuleConfigMaps(ruleConfigMaps.length, 'prometheus', owner.metadata.name ?? '');
  const config = isUnmanaged(workload)
    ? undefined
    : renderPrometheusConfig({
        workload,
        monitors: selection.selected,
        ruleConfigMaps: mounted,
        assets,
        cache: caches.monitors,
      });
  const tlsAssets = renderTlsAssetSecrets(workload, groupTlsAssets(config?.tlsAssets ?? [], assets));
  const shards = Array.from({ length: countShards(workload.spec) }, (_, shard) =>
    renderStatefulSet(workload, { shard, tlsAssetSecrets: tlsAssets.length, ruleConfigMaps: mounted }),
  );
  return {
    workload,
    selection,
    rules,
    config,
    ruleConfigMaps,
    tlsAssets,
    webConfig: renderWebConfigSecret(workload),
    httpClient: renderHttpClientSecret(workload),
    statefulSets: shards,
  };
}

/** Whether anything at all is selected. */
export function hasSelected({ selection, rules }: DesiredPrometheus): boolean {
  const { selected, rejected } = selection;
  const monitors = Object.values(selected).some((list: readonly unknown[]) => list.length > 0);
  return monitors || rejected.length > 0 || rules.selected.length > 0 || rules.rejected.length > 0;
}
