import { keyOf } from '../../api/meta.ts';
import { complete } from '../../base/interruptible.ts';
import type { ThanosRuler } from '../../api/thanos-ruler.ts';
import type { AssetStore } from '../assets/store.ts';
import { createThanosRulerCaches, matchThanosRuler, renderThanosRuler } from '../desired/desired-thanos-ruler.ts';
import { describeThanosRules } from '../render/rules/rule-context.ts';
import { asThanosRulerWorkload } from '../render/thanos-ruler/ruler-workload.ts';
import type { RuleSources } from '../select/rules.ts';
import type { OperatorSettings } from '../settings.ts';
import { explainFailure } from './failure.ts';
import { warnOfRoom } from './room.ts';
import { identify } from './identity.ts';
import type { Reader, Trial } from './reader.ts';

/**
 * A ThanosRuler as a reader of rules, and what keeps it from running.
 * @throws {TerminalError} when the version or a selector cannot be used.
 */
export function readThanosRuler(
  ruler: ThanosRuler,
  sources: RuleSources,
  { assets, settings }: { readonly assets: AssetStore; readonly settings: OperatorSettings },
): { readonly reader: Reader; readonly trial: Trial } {
  const workload = asThanosRulerWorkload(ruler, settings);
  const match = matchThanosRuler(workload, sources);
  const desired = complete(renderThanosRuler(match, assets, createThanosRulerCaches()));
  const { failures, warnings } = desired;
  const reader: Reader = {
    name: `ThanosRuler ${keyOf(ruler)}`,
    context: undefined,
    rules: describeThanosRules(ruler.spec, workload.version),
    configs: undefined,
    selected: new Set(match.rules.map((rule) => identify('PrometheusRule', rule))),
    warnings: new Map(),
  };
  return { reader, trial: { findings: [...failures.map(explainFailure), ...warnOfRoom(desired)], warnings } };
}
