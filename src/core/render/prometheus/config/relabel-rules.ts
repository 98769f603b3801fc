import type { RelabelConfig } from '../../../../api/parts/relabel.ts';
import { SharedMapping } from '../../../../base/yaml-writer.ts';
import type { YamlFields, YamlValue } from '../../../../base/yaml-writer.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import type { CommonRules } from './common-rules.ts';

/** A relabel rule as it is written, and where it comes from. */
export interface RelabelRule {
  readonly rule: YamlFields;
  /** Path of the field that asks for it: "spec.jobLabel" of the monitor, "workload.spec.shards"; "" for rules that always stand. */
  readonly origin: string;
  /** For rules that stand in every job: written once for all of them. */
  readonly shared?: SharedMapping;
  /** Whether other monitors are likely to have the same rule. */
  readonly common?: true;
}

/** Rules of our own and rules made from single fields. */
export const makeRule = (origin: string, rule: YamlFields): RelabelRule => ({ rule, origin });

/** A rule of our own that stands in many jobs. */
export const makeSharedRule = (origin: string, rule: YamlFields): RelabelRule => ({
  rule,
  origin,
  shared: new SharedMapping(rule),
});

/** A rule as users write it (docs/reference/rendering.md 2.1.2). */
export function renderRelabelConfig(config: RelabelConfig): YamlFields {
  const labels = config.sourceLabels ?? [];
  return {
    source_labels: labels.length === 0 ? undefined : labels,
    separator: config.separator,
    target_label: unlessBlank(config.targetLabel),
    regex: unlessBlank(config.regex),
    modulus: config.modulus === 0 ? undefined : config.modulus,
    replacement: config.replacement,
    action: unlessBlank(config.action)?.toLowerCase(),
  };
}

/** A list of rules as users write it. `origin` is the path of the list. */
export function renderRelabelConfigs(configs: readonly RelabelConfig[] | undefined, origin: string): RelabelRule[] {
  return (configs ?? []).map((config, at) => ({
    rule: renderRelabelConfig(config),
    origin: `${origin}[${at}]`,
    common: true,
  }));
}

/** Every character that a label name may not hold in Prometheus 2 becomes "_". */
export function sanitizeLabelName(name: string): string {
  return name.replaceAll(/[^a-zA-Z0-9_]/gu, '_');
}

/** The value of one label copied to another. */
export const copyLabel = (from: string, to: string): RelabelRule =>
  makeSharedRule('', { source_labels: [from], target_label: to });

/** The value of one label copied to another unless it is empty. */
export const copyUnlessEmpty = (origin: string, from: string, to: string): RelabelRule => ({
  rule: { source_labels: [from], target_label: to, regex: '(.+)', replacement: '${1}' },
  origin,
  common: true,
});

/**
 * Rules without their origins, as they are written. Rules that are the same in many jobs are the same object, which is
 * checked and written once.
 */
export function listRules(rules: readonly RelabelRule[], known?: CommonRules): YamlValue[] {
  return rules.map(({ rule, shared, common }) => {
    if (shared !== undefined) return shared;
    return common === true && known !== undefined ? known.share(rule) : rule;
  });
}
