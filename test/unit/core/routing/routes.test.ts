import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Version } from '../../../../src/base/version.ts';
import { readRouting } from '../../../../src/core/alertmanager-config/read-routing.ts';
import type { RoutingConfig } from '../../../../src/core/alertmanager-config/read-routing.ts';
import { judgeInhibition } from '../../../../src/core/routing/inhibition.ts';
import type { Labels } from '../../../../src/core/routing/matching.ts';
import { Matching } from '../../../../src/core/routing/matching.ts';
import { readLabels } from '../../../../src/core/routing/read-labels.ts';
import { listAnswers, walkRoutes } from '../../../../src/core/routing/walk.ts';

const matching = new Matching();
const labelsOf = (text: string): Labels => readLabels(text === '' ? [] : text.split(' '));

function read(routes: string, more = ''): RoutingConfig {
  const text = `{ route: { receiver: root, routes: [${routes}] }, receivers: [{ name: root }]${more} }`;
  return readRouting(text, Version.parse('0.35.0'));
}

const walk = (config: RoutingConfig, labels: string): string[] =>
  listAnswers(walkRoutes(config.root, labelsOf(labels), matching)).map(({ path }) => path.replaceAll('.routes', ''));

describe('routes', () => {
  it('the first that matches takes the alert, unless it continues', () => {
    const config = read('{ matchers: [\'a=~"1|2"\'], continue: true }, { matchers: [b=1] }, { matchers: [a=1] }');
    assert.deepEqual(walk(config, 'a=1'), ['route[0]', 'route[2]']);
    assert.deepEqual(walk(config, 'a=1 b=1'), ['route[0]', 'route[1]']);
    assert.deepEqual(walk(config, 'a=3 b=2'), ['route']);
  });

  it('a route of which no child matches is the answer', () => {
    const config = read("{ match: { a: '1' }, routes: [{ match_re: { b: 'x.*' } }] }");
    assert.deepEqual(walk(config, 'a=1 b=xyz'), ['route[0][0]']);
    assert.deepEqual(walk(config, 'a=1 b=yx'), ['route[0]']);
  });

  it('an absent label is an empty one, and expressions match the whole value', () => {
    const config = read('{ matchers: [\'a!="1"\', \'b=""\', \'c!~".+"\', \'d=~"x.y|"\'] }');
    assert.deepEqual(walk(config, ''), ['route[0]']);
    assert.deepEqual(walk(config, 'd=x-y'), ['route[0]']);
    assert.deepEqual(walk(config, 'd=x\ny'.replace(' ', '')), ['route'], 'a dot matches no newline');
    assert.deepEqual(walk(config, 'd=xx-y'), ['route']);
    assert.deepEqual(walk(config, 'c=0'), ['route']);
  });

  it('have receiver, grouping and times from the route above, and say which', () => {
    const text = `
route:
  receiver: root
  group_by: [a]
  group_wait: 10s
  mute_time_intervals: []
  routes:
    - { group_by: [], repeat_interval: 1d, routes: [{ group_by: ['...'], receiver: leaf, group_wait: 0s }] }
receivers: [{ name: root }, { name: leaf, webhook_configs: [{ url: 'http://a' }], slack_configs: [] }]
`;
    const { root, receivers } = readRouting(text, Version.parse('0.35.0'));
    const [middle] = root.routes;
    const [leaf] = middle?.routes ?? [];
    assert.deepEqual(middle?.groupBy, { value: ['a'], from: 'route' });
    assert.deepEqual(leaf?.groupBy, { value: ['...'], from: 'route.routes[0].routes[0]' });
    assert.deepEqual(leaf.receiver, { value: 'leaf', from: 'route.routes[0].routes[0]' });
    assert.deepEqual(leaf.repeatInterval, { value: 86_400_000, from: 'route.routes[0]' });
    assert.deepEqual(leaf.groupWait, { value: 0, from: 'route.routes[0].routes[0]' });
    assert.deepEqual(leaf.groupInterval, { value: 300_000, from: undefined });
    assert.deepEqual(receivers, [
      { name: 'root', notifiers: [] },
      { name: 'leaf', notifiers: ['webhook'] },
    ]);
  });
});

describe('inhibition', () => {
  const rule = "{ source_matchers: [s=crit], target_match_re: { s: 'w.*|crit' }, equal: [ns, svc] }";
  const { inhibitRules } = read('', `, inhibit_rules: [${rule}, { target_match: { other: x } }]`);
  const judge = (labels: string, ...firing: string[]): unknown =>
    judgeInhibition(inhibitRules, labelsOf(labels), { firing: firing.map(labelsOf), matching }).map(({ verdicts }) =>
      verdicts.map((one) => (one.verdict === 'not equal' ? `not equal ${one.label}` : one.verdict)),
    );

  it('asks rules whose target side matches', () => {
    assert.deepEqual(judge('s=info', 's=crit'), []);
    assert.deepEqual(judge('s=warn ns=a', 's=crit ns=a', 's=warn ns=a', 's=crit ns=b'), [
      ['inhibits', 'no source', 'not equal ns'],
    ]);
  });

  it('an absent label is equal to an empty one', () => {
    assert.deepEqual(judge('s=warn ns=a svc=', 's=crit ns=a'), [['inhibits']]);
  });

  it('alerts that match both sides do not inhibit each other', () => {
    assert.deepEqual(judge('s=crit ns=a', 's=crit ns=a'), [['both sides']]);
  });

  it('a side without matchers is every alert', () => {
    assert.deepEqual(judge('other=x', 'a=b'), [['inhibits']]);
  });
});

describe('labels on a command line', () => {
  it('have all behind the first "=" as their value, in quotes or not', () => {
    const labels = readLabels(['a=b=c', 'b="x \\"y\\""', '"foo bar"=é', 'empty=', 'path=/a,b']);
    assert.deepEqual(Object.fromEntries(labels), { a: 'b=c', b: 'x "y"', 'foo bar': 'é', empty: '', path: '/a,b' });
  });

  it('are no matchers, and given once', () => {
    const refusals: readonly (readonly [string[], RegExp])[] = [
      [['a'], /^Cannot read label "a": want LABEL=VALUE, such as severity=critical$/],
      [['=a'], /^Cannot read label "=a": want LABEL=VALUE/],
      [['a=~"b"'], /^Cannot read label "a=~"b"": an alert has values, no matchers/],
      [['a!=b'], /an alert has values, no matchers/],
      [['a="\\x"'], /^Cannot read label "a="\\x"": "\\x" is no text in quotes$/],
      [['a=b', 'a=c'], /^Cannot read label "a=c": "a" is given twice$/],
    ];
    for (const [texts, message] of refusals) assert.throws(() => readLabels(texts), { name: 'SyntaxError', message });
  });
});
