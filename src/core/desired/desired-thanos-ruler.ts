import type { PrometheusRule } from '../../api/prometheus-rule.ts';
import { TerminalError } from '../../base/errors.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { collectRulerReferences } from '../assets/plans.ts';
import type { FieldReference } from '../assets/references.ts';
import type { AssetStore } from '../assets/store.ts';
import { groupTlsAssets } from '../assets/tls-assets.ts';
import { largestSecretBytes } from '../limits.ts';
import { RegexpCache } from '../relabel/regexp-cache.ts';
import { listRuleConfigMaps, renderRuleConfigMaps } from '../render/rules/config-maps.ts';
import { describeThanosRules } from '../render/rules/rule-context.ts';
import { renderTlsAssetSecrets, renderWebConfigSecret } from '../render/shared/owned-secrets.ts';
import { webConfigFolder } from '../render/thanos-ruler/ruler-paths.ts';
import { renderRemoteWriteConfig, renderRulerConfigSecret } from '../render/thanos-ruler/ruler-remote-write.ts';
import type { RenderedRemoteWrite } from '../render/thanos-ruler/ruler-remote-write.ts';
import { selectPods } from '../render/thanos-ruler/ruler-labels.ts';
import { renderRulerSet } from '../render/thanos-ruler/ruler-set.ts';
import { thanosRulerOwner } from '../render/thanos-ruler/ruler-workload.ts';
import type { ThanosRulerWorkload } from '../render/thanos-ruler/ruler-workload.ts';
import { RuleCache, matchRules, selectRules } from '../select/rules.ts';
import type { RuleSelection, RuleSources } from '../select/rules.ts';
import { listGuardSteps } from './guard-steps.ts';
import { attempt, judgeRules, listRuleSteps, listTlsAssetSteps, writeSecret } from './steps.ts';
import type { Desired, Step } from './steps.ts';

/** What rendering one ThanosRuler remembers from one time to the next; drop it with the ThanosRuler. */
export interface ThanosRulerCaches {
  readonly rules: RuleCache;
  readonly regexps: RegexpCache;
}

export function createThanosRulerCaches(): ThanosRulerCaches {
  return { rules: new RuleCache(), regexps: new RegexpCache() };
}

/** What a ThanosRuler matches, before anything is checked, and the keys of Secrets and ConfigMaps that must be read first. */
export interface ThanosRulerMatch {
  readonly workload: ThanosRulerWorkload;
  readonly rules: readonly PrometheusRule[];
  readonly references: readonly FieldReference[];
}

/**
 * The first half of a sync: which rules, and which assets are needed.
 * @throws {InvalidFieldError} when a selector cannot be used.
 */
export function matchThanosRuler(workload: ThanosRulerWorkload, sources: RuleSources): ThanosRulerMatch {
  const { spec, owner } = workload;
  const rules = matchRules(spec, sources, owner.metadata.namespace ?? '');
  return { workload, rules, references: collectRulerReferences({ metadata: owner.metadata, spec }) };
}

/** Everything that a ThanosRuler should have, and how it came about. */
export interface DesiredThanosRuler extends Desired<ThanosRulerWorkload> {
  readonly rules: RuleSelection;
}

export function isDesiredThanosRuler(desired: Desired): desired is DesiredThanosRuler {
  return desired.workload.owner.kind === thanosRulerOwner.kind;
}

/**
 * The second half: what must be in the cluster, in the order of docs/reference/rendering.md 8.6. What cannot be rendered is
 * among the failures; everything that does not depend on it is made all the same.
 */
export function* renderThanosRuler(
  match: ThanosRulerMatch,
  assets: AssetStore,
  caches: ThanosRulerCaches,
): Interruptible<DesiredThanosRuler> {
  const { workload } = match;
  const { owner, settings, spec, version } = workload;
  const failures: TerminalError[] = [];
  const rules = yield* selectRules(match.rules, describeThanosRules(spec, version), caches.rules);
  const configMaps = renderRuleConfigMaps(rules.files, { format: 'thanos', owner, settings });
  const mounted = listRuleConfigMaps(configMaps.length, 'thanos', owner.metadata.name ?? '');
  const config = attempt(failures, () => renderRemoteWriteConfig(workload, { assets, regexps: caches.regexps }));
  return {
    workload,
    steps: [
      ...listRuleSteps(workload, 'thanos', configMaps),
      ...listConfigSteps(workload, { config, mounted, assets, failures }),
    ],
    verdicts: { PrometheusRule: judgeRules(rules) },
    warnings: config?.warnings ?? [],
    failures,
    unmanaged: false,
    rules,
    printConfig: () => config?.yaml,
  };
}

interface ConfigParts {
  readonly config: RenderedRemoteWrite | undefined;
  /** Names of the rule ConfigMaps. */
  readonly mounted: readonly string[];
  readonly assets: AssetStore;
  readonly failures: TerminalError[];
}

/** From the configuration to the set: without a configuration nobody knows how many assets the pods must mount. */
function listConfigSteps(workload: ThanosRulerWorkload, { config, mounted, assets, failures }: ConfigParts): Step[] {
  const web = attempt(failures, () => renderWebConfigSecret(workload, webConfigFolder));
  const beside: Step[] = [...(web === undefined ? [] : [writeSecret(web)]), { kind: 'governing-service' }];
  const secret = config && attempt(failures, () => writeConfig(workload, config));
  if (config === undefined || secret === undefined) return beside;
  const tlsAssets = renderTlsAssetSecrets(workload, groupTlsAssets(config.tlsAssets, assets));
  const set = attempt(failures, () =>
    renderRulerSet(workload, { tlsAssetSecrets: tlsAssets.length, ruleConfigMaps: mounted }),
  );
  return [
    secret,
    ...listTlsAssetSteps(workload, tlsAssets),
    ...beside,
    ...(set === undefined
      ? []
      : [
          { kind: 'stateful-set', object: set } as const,
          ...listGuardSteps(workload, { sets: [set], selector: selectPods(workload) }),
        ]),
  ];
}

/** @throws {TerminalError} when there is too much of it: Thanos reads no compressed files. */
function writeConfig(workload: ThanosRulerWorkload, { yaml }: RenderedRemoteWrite): Step {
  const bytes = Buffer.byteLength(yaml);
  if (bytes > largestSecretBytes) {
    throw new TerminalError(
      `Cannot write the configuration of spec.remoteWrite: it has ${bytes} bytes, and a Secret holds at most ${largestSecretBytes}; ` +
        'the last one stays. Give it fewer or shorter rules',
    );
  }
  return writeSecret(renderRulerConfigSecret(workload, yaml));
}
