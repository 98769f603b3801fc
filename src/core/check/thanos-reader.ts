import { keyOf } from '../../api/meta.ts';
import type { ThanosRuler } from '../../api/thanos-ruler.ts';
import { describeThanosRules } from '../render/rules/context.ts';
import { parseThanosVersion } from '../render/shared/versions.ts';
import { matchRules } from '../select/rules.ts';
import type { RuleSources } from '../select/rules.ts';
import { identify } from './identity.ts';
import type { Reader } from './reader.ts';

/**
 * A ThanosRuler as a reader of rules.
 * @throws {TerminalError} when the version or a selector cannot be used.
 */
export function createThanosReader(ruler: ThanosRuler, sources: RuleSources): Reader {
  const { spec, metadata } = ruler;
  const rules = matchRules(spec, sources, metadata.namespace ?? '');
  return {
    name: `ThanosRuler ${keyOf(ruler)}`,
    context: undefined,
    rules: describeThanosRules(spec, parseThanosVersion(spec.version, 'spec.version')),
    selected: new Set(rules.map((rule) => identify('PrometheusRule', rule))),
    warnings: new Map(),
  };
}
