import { createHash } from 'node:crypto';
import type { PrometheusRule } from '../../api/prometheus-rule.ts';
import { TerminalError } from '../../base/errors.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { hashJson } from '../../base/hash.ts';
import { monitorKinds } from '../monitor.ts';
import type { FieldReference } from '../assets/references.ts';
import type { AssetStore } from '../assets/store.ts';
import type { Monitors } from '../monitor.ts';
import { RegexpCache } from '../relabel/regexp-cache.ts';
import { groupTlsAssets } from '../assets/tls-assets.ts';
import { renderPrometheusConfig } from '../render/prometheus/config/prometheus-config.ts';
import type { ConfigCaches, ConfigInput, RenderedConfig } from '../render/prometheus/config/prometheus-config.ts';
import { requireLoadable } from '../render/prometheus/config/require-loadable.ts';
import { webConfigFolder } from '../render/prometheus/prometheus-paths.ts';
import { decideSurplus } from '../render/prometheus/retention.ts';
import { renderConfigSecret, renderHttpClientSecret } from '../render/prometheus/prometheus-secrets.ts';
import { describeScraping } from '../render/prometheus/config/scrape-context.ts';
import { countShards } from '../render/prometheus/shards.ts';
import { renderDaemonSet, renderStatefulSet } from '../render/prometheus/prometheus-sets.ts';
import type { PrometheusWorkload } from '../render/prometheus/prometheus-workload.ts';
import { isUnmanaged } from '../render/prometheus/prometheus-workload.ts';
import { listRuleConfigMaps, renderRuleConfigMaps } from '../render/rules/config-maps.ts';
import type { RuleConfigMap } from '../render/rules/config-maps.ts';
import { describePrometheusRules } from '../render/rules/rule-context.ts';
import type { StatefulSet } from '../render/shared/rendered-objects.ts';
import { renderTlsAssetSecrets, renderWebConfigSecret } from '../render/shared/owned-secrets.ts';
import { MonitorCache } from '../select/monitor-cache.ts';
import type { MonitorSelection, MonitorSources } from '../select/monitors.ts';
import { collectAssetReferences, matchMonitors, selectMonitors } from '../select/monitors.ts';
import { RuleCache, matchRules, selectRules } from '../select/rules.ts';
import type { RuleSelection, RuleSources } from '../select/rules.ts';
import { attempt, attemptInterruptible, judgeRules, listRuleSteps, listTlsAssetSteps, writeSecret } from './steps.ts';
import type { Desired, Step } from './steps.ts';
import { largestSecretBytes } from '../limits.ts';

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
  const { workload } = match;
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
    ...(yield* listConfigSteps(workload, { config, mounted, assets, failures })),
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

interface ConfigParts {
  readonly config: RenderedConfig | 'unmanaged' | undefined;
  /** Names of the rule ConfigMaps. */
  readonly mounted: readonly string[];
  readonly assets: AssetStore;
  readonly failures: TerminalError[];
}

/**
 * From the configuration to the sets. Without a configuration nobody knows how many assets the pods must mount, and without
 * the web configuration pods would serve otherwise than they are probed: the sets stay as they are then.
 */
function* listConfigSteps(workload: PrometheusWorkload, parts: ConfigParts): Interruptible<Step[]> {
  const { config, mounted, assets, failures } = parts;
  const web = attempt(failures, () => renderWebConfigSecret(workload, webConfigFolder));
  const beside = [
    ...(web === undefined ? [] : [writeSecret(web)]),
    ...(workload.server === undefined ? [] : [writeSecret(renderHttpClientSecret(workload))]),
    ...(workload.form === 'StatefulSet' ? [{ kind: 'governing-service' } as const] : []),
  ];
  const secret =
    config === undefined ? undefined : yield* attemptInterruptible(failures, () => writeConfig(workload, config));
  if (config === undefined || secret === undefined) return beside;
  const assetKeys = config === 'unmanaged' ? [] : config.tlsAssets;
  const tlsAssets = renderTlsAssetSecrets(workload, groupTlsAssets(assetKeys, assets));
  const mounts = { tlsAssetSecrets: tlsAssets.length, ruleConfigMaps: mounted };
  const makeSets = (): Interruptible<Step[]> => listSetSteps(workload, mounts);
  const sets = web === undefined ? undefined : yield* attemptInterruptible(failures, makeSets);
  return [secret, ...listTlsAssetSteps(workload, tlsAssets), ...beside, ...(sets ?? [])];
}

/** @throws {TerminalError} when there is too much of it: half of a configuration would drop targets. */
function* writeConfig(workload: PrometheusWorkload, config: RenderedConfig | 'unmanaged'): Interruptible<Step> {
  if (config === 'unmanaged') {
    const object = renderConfigSecret(workload, new Uint8Array());
    return { kind: 'write', object, fingerprint: 'unmanaged', once: true };
  }
  const bytes = yield* config.gzip();
  if (bytes.length > largestSecretBytes) {
    throw new TerminalError(
      `Cannot write the configuration: compressed it has ${bytes.length} bytes, and a Secret holds at most ${largestSecretBytes}; ` +
        `the last one stays. Let "${nameOf(workload)}" select fewer objects, or spread them over several objects of its kind`,
    );
  }
  const object = renderConfigSecret(workload, bytes);
  const digest = createHash('sha256').update(bytes).digest('base64url');
  return { kind: 'write', object, fingerprint: hashJson({ metadata: object.metadata, digest }) };
}

function* listSetSteps(
  workload: PrometheusWorkload,
  mounted: { readonly tlsAssetSecrets: number; readonly ruleConfigMaps: readonly string[] },
): Interruptible<Step[]> {
  const decide = (live: readonly StatefulSet[], now: number) => decideSurplus(workload, live, now);
  const name = workload.names.prefix;
  if (workload.form === 'DaemonSet') {
    const object = renderDaemonSet(workload, mounted.tlsAssetSecrets);
    return [
      { kind: 'daemon-set', name, object },
      { kind: 'surplus-sets', decide },
    ];
  }
  const sets: Step[] = [];
  for (let shard = 0; shard < countShards(workload.spec); shard += 1) {
    sets.push({ kind: 'stateful-set', object: renderStatefulSet(workload, { shard, ...mounted }) });
    yield;
  }
  return [
    ...sets,
    ...(workload.role === 'agent' ? [{ kind: 'daemon-set', name, object: undefined } as const] : []),
    { kind: 'surplus-sets', decide },
  ];
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
