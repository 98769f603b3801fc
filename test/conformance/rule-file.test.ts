import { complete } from '../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { PrometheusRule } from '../../src/api/prometheus-rule.ts';
import { Version } from '../../src/base/version.ts';
import { parseYaml } from '../../src/base/yaml.ts';
import { defaultPromqlOptions } from '../../src/core/promql/types.ts';
import { describeRuleContext } from '../../src/core/render/rules/rule-context.ts';
import { RuleCache, selectRules } from '../../src/core/select/rules.ts';
import { itAgreesWithFolder } from './case-folder.ts';

interface Input {
  readonly prometheusRule: PrometheusRule;
  readonly version: string;
  /** "0" is Prometheus, "1" is Thanos. */
  readonly format: string;
}

interface Expected {
  readonly error: string | null;
  readonly output: string;
}

describe('Rule files', () => {
  itAgreesWithFolder<Input, Expected>('rule-file', ({ input, expect }) => {
    const context = describeRuleContext({
      format: input.format === '0' ? 'prometheus' : 'thanos',
      version: Version.parse(input.version),
      promql: defaultPromqlOptions,
      enforcement: undefined,
    });
    const { files, rejected } = complete(selectRules([input.prometheusRule], context, new RuleCache()));
    const reasons = rejected.flatMap(({ rejections }) => rejections.map(({ message }) => message));
    assert.equal(reasons.length > 0, expect.error !== null, `reasons: ${reasons.join('; ')}`);
    if (expect.error !== null) return;
    const text = files[0]?.text ?? '';
    // As text of JSON: the order of keys is promised too.
    assert.equal(JSON.stringify(parseYaml(text)), JSON.stringify(parseYaml(expect.output)));
  });
});
