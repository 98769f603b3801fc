import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LabelBuilder } from '../../../../src/core/relabel/label-builder.ts';
import { LabelSet } from '../../../../src/core/relabel/label-set.ts';
import { relabel } from '../../../../src/core/relabel/relabel.ts';
import type { RelabelRule } from '../../../../src/core/relabel/rule.ts';
import { relabelActions } from '../../../../src/core/relabel/rule.ts';
import { LabelRanges } from '../../../../src/core/series/label-ranges.ts';
import { listTexts } from '../../../../src/core/series/literal-texts.ts';
import { relabelRanges } from '../../../../src/core/series/relabel-ranges.ts';
import { SeededRandom } from '../../../e2e/discovery/seeded-random.ts';
import { compile, rule } from '../targets/job.ts';

type Known = Readonly<Record<string, readonly string[]>>;

/** What a label may be after some rules: its values, "any", or "dropped" when no target stays. */
function range(label: string, rules: readonly Partial<RelabelRule>[], known: Known = {}): string {
  const ranges = new LabelRanges(Object.entries(known).map(([name, values]) => [name, new Set(values)] as const));
  const outcome = relabelRanges(compile({ relabelRules: rules.map(rule) }).rules, ranges);
  if (outcome === 'dropped') return outcome;
  const found = ranges.get(label);
  return found === undefined ? 'any' : [...found].join('|');
}

const app = '__meta_kubernetes_service_label_app';
const present = '__meta_kubernetes_service_labelpresent_app';
const keepWeb = { action: 'keep', sourceLabels: [app, present], regex: '(web|api);true' } as const;

describe('listTexts', () => {
  for (const [regex, wanted] of [
    ['web', ['web']],
    ['web|db', ['web', 'db']],
    ['(web|db);true', ['web;true', 'db;true']],
    ['a(b|c(d|))e', ['abe', 'acde', 'ace']],
    [String.raw`v1\.2`, ['v1.2']],
    ['', ['']],
    ['.+', undefined],
    ['web?', undefined],
    ['(?i)web', undefined],
    [String.raw`\d`, undefined],
    ['(web', undefined],
    ['web)', undefined],
    ['[ab]', undefined],
    ['(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)', undefined],
  ] as const)
    it(`${regex}: ${wanted?.join(' ') ?? 'no list'}`, () => assert.deepEqual(listTexts(regex), wanted));
});

describe('relabelRanges', () => {
  const toJob = { sourceLabels: [app], targetLabel: 'job' };

  for (const [what, wanted, ...rules] of [
    ['nothing fixes it', 'any', toJob],
    ['what is kept is what is there', 'web|api', keepWeb, toJob],
    ['an expression for some value keeps the old one', 'web|api', keepWeb, { ...toJob, regex: '(.+)' }],
    ['parts of values', 'w|a', keepWeb, { ...toJob, regex: '(.).*' }],
    ['a constant', 'x', { targetLabel: 'job', replacement: 'x' }],
    [
      'a constant where something holds',
      'x|',
      { sourceLabels: [app], regex: 'y+', targetLabel: 'job', replacement: 'x' },
    ],
    ['the texts of an expression', 'w|d|', { sourceLabels: [app], regex: '(w|d)', targetLabel: 'job' }],
    [
      'kept values of which some are dropped',
      'api',
      keepWeb,
      { action: 'drop', sourceLabels: [app], regex: 'w.*' },
      toJob,
    ],
    ['all are dropped', 'dropped', keepWeb, { action: 'drop', sourceLabels: [app], regex: 'web|a..' }, toJob],
    ['nothing can be kept', 'dropped', keepWeb, { action: 'keep', sourceLabels: [app], regex: 'db' }],
    ['upper case', 'WEB|API', keepWeb, { ...toJob, action: 'uppercase' }],
    ['a hash', 'any', keepWeb, { ...toJob, action: 'hashmod', modulus: 2n }],
    [
      'any label may be mapped to it',
      'any',
      { targetLabel: 'job', replacement: 'x' },
      { action: 'labelmap', regex: '_(.+)' },
    ],
    [
      'a target that is a template',
      'any',
      { targetLabel: 'job', replacement: 'x' },
      { targetLabel: 'j$1', replacement: 'y' },
    ],
    ['it is taken away', '', { targetLabel: 'job', replacement: 'x' }, { action: 'labeldrop', regex: 'jo.' }],
    ['others alone are kept', '', { targetLabel: 'job', replacement: 'x' }, { action: 'labelkeep', regex: 'pod' }],
    [
      'what is filled in where nothing is, and something is there',
      'x',
      { targetLabel: 'job', replacement: 'x' },
      { sourceLabels: [app, 'job'], regex: '(.+);', targetLabel: 'job' },
    ],
    ['what is filled in where nothing is', 'any', { sourceLabels: [app, 'job'], regex: '(.+);', targetLabel: 'job' }],
    ['a label that nothing gives', ''],
  ] as const satisfies readonly (readonly [string, string, ...Partial<RelabelRule>[]])[])
    it(`${what}: ${wanted}`, () => assert.equal(range('job', rules), wanted));

  it('holds of whatever targets there are', () => {
    const random = new SeededRandom(7);
    let kept = 0;
    for (let at = 0; at < 4000; at += 1) kept += compareWithTarget(random);
    assert.ok(kept > 1000, `${kept} of 4000 targets stay`);
  });
});

const names = ['__meta_a', '__meta_b', 'job', 'pod'];
const values = ['', 'web', 'db', 'web-1', 'a;b'];
const regexes = ['(.+);', '(.*)', '(.+)', 'web', '(web|db)', '(web|db);(.*)', 'web;db', 'w.*', '', '(.*)-(.*)'];

function makeRule(random: SeededRandom): RelabelRule {
  return rule({
    action: random.pick(relabelActions),
    sourceLabels: names.filter(() => random.chance(0.4)),
    regex: random.pick(regexes),
    targetLabel: random.pick(['job', 'pod', '__tmp', 'p$1']),
    replacement: random.pick(['$1', 'x', '$2-$1', '']),
    modulus: 3n,
  });
}

/** Relabels a target and what may be known of it beforehand: the one must be among the other. @returns 1 when it stays */
function compareWithTarget(random: SeededRandom): number {
  const target = Object.fromEntries(names.map((name) => [name, random.pick(values)]));
  const known = names.filter((name) => !name.startsWith('__meta_') || random.chance(0.5));
  const ranges = new LabelRanges(
    known.map(
      (name) => [name, new Set([target[name] ?? '', ...(random.chance(0.3) ? [random.pick(values)] : [])])] as const,
    ),
  );
  const rules = Array.from({ length: 4 }, () => makeRule(random));
  const compiled = compile({ relabelRules: rules }).rules;
  const labels = new LabelBuilder({
    overrides: LabelSet.empty,
    target: LabelSet.from(target),
    group: LabelSet.empty,
    defaults: [LabelSet.empty],
  });
  const isDropped = relabel(labels, compiled) !== -1;
  const outcome = relabelRanges(compiled, ranges);
  const shown = JSON.stringify({ target, known, rules }, (_, value: unknown) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
  assert.ok(isDropped || outcome === 'kept', `stays: ${shown}`);
  if (isDropped) return 0;
  for (const name of [...names, '__tmp'])
    assert.ok(ranges.get(name)?.has(labels.get(name)) !== false, `${name} is "${labels.get(name)}": ${shown}`);
  return 1;
}
