import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { complete } from '../../src/base/interruptible.ts';
import { parseYamlVerbatim } from '../../src/base/yaml.ts';
import { writeYamlFields } from '../../src/base/yaml-writer.ts';
import type { YamlFields } from '../../src/base/yaml-writer.ts';
import { compareRules } from '../../src/core/loaded/compare-rules.ts';
import type { ConfigComparison } from '../../src/core/loaded/compare-config.ts';
import { readRulesAnswer } from '../../src/core/loaded/read-rules.ts';
import { isSameExpression } from '../../src/core/promql/same-expression.ts';
import { skipWithout } from '../control-plane/locate.ts';
import { startPrometheus } from '../control-plane/prometheus.ts';
import type { RunningPrometheus } from '../control-plane/prometheus.ts';
import { startThanosRuler } from '../control-plane/thanos.ts';
import { sharedFolder, skipWithoutShared } from '../shared-material.ts';
import { mutate } from '../unit/core/loaded/mutations.ts';
import { SeededRandom } from './discovery/seeded-random.ts';
import { RandomRules } from './support/random-rules.ts';

const configMap = 'prometheus-main-rulefiles-0';
const path = `${configMap}/shop-cart-1.yaml`;

/** Every field of rules and groups, and expressions that are printed otherwise than they are written. */
const everything = `
groups:
- name: pages
  interval: 90s
  limit: 5
  labels: { team: shop }
  rules:
  - alert: Slow
    expr: |
      # comments are not printed
      SUM(rate(x{a='b', c=~"d",}[300s])) by (job,) > bool 1e3 and on() vector(0x10)
    for: 90s
    keep_firing_for: 1h30m
    labels: { severity: page }
    annotations: { summary: '{{ $value }} of "x"' }
  - record: y:x
    expr: -foo @ end() offset 1h30m ^ 2
- name: numbers
  rules:
  - record: one
    expr: 1
    labels: { number: '5', empty: '' }
`;

/** Prometheus prints none of it, Thanos does. */
const withoutRules = `${everything}- name: without-rules
  rules: []
`;

const written = (text: string) => ({
  files: new Map([[path, text]]),
  prefix: 'prometheus-main-rulefiles-',
  ownLabels: new Set<string>(),
});

async function compare(text: string, url: string): Promise<ConfigComparison> {
  const answer = await (await fetch(`${url}/api/v1/rules?exclude_alerts=true`)).text();
  const printed = complete(readRulesAnswer(answer));
  assert.ok(printed !== undefined, answer);
  return complete(compareRules({ written: written(text), printed, known: new Map() }));
}

function listRecorded(): readonly string[] {
  const folder = join(sharedFolder, 'conformance', 'promql');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((file) => (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { input: { input: string } }).input.input);
}

describe(
  'What real programs print of the rules that were written',
  { skip: skipWithout('prometheus') || skipWithout('thanos') },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'stoker-printed-rules-'));
    let prometheus: RunningPrometheus;

    before(async () => {
      mkdirSync(join(folder, configMap));
      const configFile = join(folder, 'prometheus.yml');
      writeFileSync(configFile, `rule_files: [${folder}/${configMap}/*.yaml]\n`);
      writeFileSync(join(folder, path), withoutRules);
      const args = ['--enable-feature=promql-experimental-functions,promql-duration-expr'];
      prometheus = await startPrometheus({ configFile, args });
    });
    after(async () => {
      await prometheus.stop();
      rmSync(folder, { recursive: true });
    });

    async function checkMutations(url: string): Promise<void> {
      assert.deepEqual(await compare(withoutRules, url), { same: true });
      for (const { what, document } of mutate(parseYamlVerbatim(everything)))
        assert.equal((await compare(writeYamlFields(document as YamlFields), url)).same, false, what);
    }

    it('is what Prometheus has loaded, and one value changed is not', async () => {
      await checkMutations(prometheus.url);
    });

    it('is what a ThanosRuler has loaded, and one value changed is not', async () => {
      const thanos = await startThanosRuler({ ruleFile: `${folder}/*/*.yaml`, queryUrl: prometheus.url });
      try {
        await checkMutations(thanos.url);
      } finally {
        await thanos.stop();
      }
    });

    /** Those that Prometheus takes, and how it prints them. */
    async function print(expressions: readonly string[]): Promise<[string, string][]> {
      const printed: [string, string][] = [];
      for (const expr of expressions) {
        const text = writeYamlFields({ groups: [{ name: 'one', rules: [{ record: 'x', expr }] }] });
        writeFileSync(join(folder, path), text);
        if (
          !(await prometheus.reload().then(
            () => true,
            () => false,
          ))
        )
          continue;
        const answer = await (await fetch(`${prometheus.url}/api/v1/rules`)).text();
        printed.push([expr, complete(readRulesAnswer(answer))?.[0]?.rules[0]?.query ?? '']);
      }
      return printed;
    }

    function checkExpressions(printed: readonly (readonly [string, string])[]): void {
      const wrong = printed.filter(([expr, query]) => !isSameExpression(expr, query));
      assert.deepEqual(wrong, []);
      // What is printed in the same way is the same expression, and nothing else is.
      for (const [at, [expr]] of printed.entries()) {
        const [, query] = printed[(at + 1) % printed.length] ?? ['', ''];
        if (query !== printed[at]?.[1]) assert.equal(isSameExpression(expr, query), false, `${expr}\n${query}`);
      }
    }

    it('is the same expression: made at random', async () => {
      const random = new SeededRandom(20261130);
      const rules = new RandomRules(random, () =>
        random.pick(['up', 'x{a="b"}', "x:y{c!~'d', a='b'}", '{__name__="up"}']),
      );
      const printed = await print(Array.from({ length: 300 }, () => rules.make()));
      assert.ok(printed.length > 200, String(printed.length));
      checkExpressions(printed);
    });

    it('is the same expression: recorded', { skip: skipWithoutShared('conformance') }, async () => {
      const printed = await print(listRecorded());
      assert.ok(printed.length > 200, String(printed.length));
      checkExpressions(printed);
    });
  },
);
