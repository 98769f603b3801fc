import { Validator } from '../../api/validate.ts';
import { Version } from '../../base/version.ts';
import type { AdmissionTools, ClusterView } from '../../core/check/admission.ts';
import { examineObject } from '../../core/check/admission.ts';
import { describeRuleContext } from '../../core/render/rules/rule-context.ts';
import type { RuleContext } from '../../core/render/rules/rule-context.ts';
import { defaultPrometheusVersion } from '../../core/render/shared/versions.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import type { WebhookDeps } from '../../webhook/app.ts';
import type { RuleLanguageOptions } from '../options/webhook.ts';

export interface ExamineDeps {
  readonly settings: OperatorSettings;
  readonly language: RuleLanguageOptions;
  /** What is known of the cluster by now. */
  readonly view: () => ClusterView | undefined;
}

/**
 * The checks behind the paths. Those of the reference judge rules by its flags alone; ours as the workloads do that select
 * them, and by the flags when they were given.
 */
export function createExamine({ settings, language, view }: ExamineDeps): WebhookDeps['examine'] {
  const validator = new Validator();
  const reference = describeLanguage(language);
  const tools = (rules: RuleContext | undefined): AdmissionTools => ({ validator, settings, rules, view: view() });
  return {
    reference: (object) => examineObject(object, tools(reference)),
    own: (object) => examineObject(object, tools(language.given ? reference : undefined)),
  };
}

function describeLanguage({ names, promql }: RuleLanguageOptions): RuleContext {
  return describeRuleContext({
    format: 'prometheus',
    version: Version.parse(defaultPrometheusVersion),
    promql,
    enforcement: undefined,
    legacyNames: names === 'legacy',
  });
}
