import { hashJson } from '../../../base/hash.ts';
import { compareBytes } from '../../../base/order.ts';
import type { OperatorSettings } from '../../settings.ts';
import { referToController, renderMetadata } from '../shared/metadata.ts';
import type { Owner } from '../shared/metadata.ts';
import type { ConfigMap } from '../shared/rendered-objects.ts';
import type { RuleFormat } from './rule-context.ts';
import { packRuleFiles } from './pack.ts';
import type { RuleFile } from './rule-file.ts';

/** Whose rules they are. */
export interface RuleOwner {
  readonly format: RuleFormat;
  readonly owner: Owner;
  readonly settings: OperatorSettings;
}

/** A ConfigMap with rule files. Equal fingerprints mean equal ConfigMaps. */
export interface RuleConfigMap {
  readonly object: ConfigMap;
  readonly fingerprint: string;
  /** Of all rule files in it. */
  readonly bytes: number;
}

/** The label by which the rule ConfigMaps of a workload are found; its value is the workload's name. */
export const ruleOwnerLabels: Readonly<Record<RuleFormat, string>> = {
  prometheus: 'prometheus-name',
  thanos: 'thanos-ruler-name',
};

const prefixes: Readonly<Record<RuleFormat, string>> = { prometheus: 'prometheus', thanos: 'thanos-ruler' };

/** So many ConfigMaps are mounted even when there are fewer, so that getting more does not restart pods. */
const mountedAtLeast = 3;

/** The name of a workload's rule ConfigMap; with the index "" what the names of all begin with. */
export function nameRuleConfigMap(format: RuleFormat, ownerName: string, index: number | ''): string {
  return `${prefixes[format]}-${ownerName}-rulefiles-${index}`;
}

/** The ConfigMaps that hold the rule files, one at least (docs/reference/rendering.md 3.9). */
export function renderRuleConfigMaps(files: readonly RuleFile[], ruleOwner: RuleOwner): RuleConfigMap[] {
  return packRuleFiles(files).map((pack, index) => renderRuleConfigMap(pack, index, ruleOwner));
}

function renderRuleConfigMap(pack: readonly RuleFile[], index: number, ruleOwner: RuleOwner): RuleConfigMap {
  const { format, owner, settings } = ruleOwner;
  const { namespace, name: ownerName = '' } = owner.metadata;
  const metadata = renderMetadata(
    {
      name: nameRuleConfigMap(format, ownerName, index),
      namespace,
      labels: { [ruleOwnerLabels[format]]: ownerName },
      ownerReferences: [referToController(owner)],
    },
    settings,
  );
  const data = Object.fromEntries(pack.map((file) => [file.name, file.text]));
  return {
    object: { apiVersion: 'v1', kind: 'ConfigMap', metadata, data },
    fingerprint: hashJson({ metadata, files: pack.map(({ name, digest }) => [name, digest]) }),
    bytes: pack.reduce((sum, { size }) => sum + size, 0),
  };
}

/**
 * The names to mount and to list in `rule_files`, in byte order. Prometheus gets three at least, ThanosRuler what there
 * is (docs/reference/rendering.md 3.9).
 */
export function listRuleConfigMaps(count: number, format: RuleFormat, ownerName: string): string[] {
  const mounted = format === 'prometheus' ? Math.max(count, mountedAtLeast) : count;
  return Array.from({ length: mounted }, (_, index) => nameRuleConfigMap(format, ownerName, index)).sort(compareBytes);
}
