import type { PrometheusRule } from '../../api/prometheus-rule.ts';
import type { Prometheus } from '../../api/prometheus.ts';
import type { ThanosRuler } from '../../api/thanos-ruler.ts';
import { complete } from '../../base/interruptible.ts';
import { TerminalError } from '../../base/errors.ts';
import { serverKind } from '../kinds/prometheus.ts';
import { asServerWorkload } from '../render/prometheus/prometheus-workload.ts';
import { describePrometheusRules, describeThanosRules } from '../render/rules/rule-context.ts';
import type { RuleContext } from '../render/rules/rule-context.ts';
import { prepareRules, renderRuleFile } from '../render/rules/rule-file.ts';
import { asThanosRulerWorkload } from '../render/thanos-ruler/ruler-workload.ts';
import type { UseCase } from './links/used.ts';

/** The rule file of the object as the operator writes it for the workload; undefined for a workload that cannot be rendered. */
export function renderRuleText(one: UseCase): string | undefined {
  try {
    const context = openContext(one);
    const object = one.monitor as PrometheusRule;
    return complete(renderRuleFile(object, prepareRules(object, context), context)).text;
  } catch (error) {
    if (error instanceof TerminalError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function openContext({ workloadKind, view, facts: { settings } }: UseCase): RuleContext {
  if (workloadKind.type.kind === serverKind.type.kind) {
    const prometheus = view.object as Prometheus;
    return describePrometheusRules(prometheus.spec, asServerWorkload(prometheus, settings).version);
  }
  const ruler = view.object as ThanosRuler;
  return describeThanosRules(ruler.spec, asThanosRulerWorkload(ruler, settings).version);
}
