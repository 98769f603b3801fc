import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judge, withNotifier, withRoute } from './fixtures.ts';

const weekend = withRoute('{}', ', time_intervals: [{ name: x, time_intervals: [{ weekdays: ["friday:monday"] }] }]');
const month = withRoute('{}', ', time_intervals: [{ name: x, time_intervals: [{ months: ["13"] }] }]');
const updates = withNotifier('slack', '{ update_message: true }', '{ slack_app_token: a }');

/** The release before, which refuses; the release that takes it. Both reversed for what was refused later. */
const cases: readonly (readonly [what: string, text: string, refusing: string, taking: string])[] = [
  ['a notifier', withNotifier('jira', '{ project: a, issue_type: b, api_url: "http://a" }'), '0.27.0', '0.28.0'],
  ['a key', withNotifier('telegram', '{ bot_token: a, chat_id_file: b }'), '0.30.1', '0.31.0'],
  [
    'a key whose value is null',
    withNotifier('telegram', '{ bot_token: a, chat_id: 1, timeout: null }'),
    '0.34.2',
    '0.35.0',
  ],
  ['labels of routes', withRoute('{ labels: { a: b } }'), '0.33.1', '0.34.0'],
  ['names of any text', withRoute('{ group_by: ["a b"] }'), '0.26.0', '0.27.0'],
  ['matchers of any text', withRoute('{ matchers: [\'"a b"=c\'] }'), '0.26.0', '0.27.0'],
  ['a URL that is a template', withNotifier('webhook', '{ url: "{{ .A }}" }'), '0.30.1', '0.31.0'],
  [
    'details that are no texts',
    withNotifier('pagerduty', '{ routing_key: a, details: { b: [c] } }'),
    '0.29.0',
    '0.30.0',
  ],
  ['a weekend', weekend, '0.34.2', '0.35.0'],
  ['an app whose URL is the global one', updates, '0.34.2', '0.35.0'],
  ['a month that there is not', month, '0.35.0', '0.34.2'],
  ['keys that nobody here knows', '{ route: { receiver: a }, receivers: [{ name: a }], later: 1 }', '0.35.0', '0.36.0'],
];

describe('each release of Alertmanager has its own rules', () => {
  for (const [what, text, refusing, taking] of cases)
    it(`${what}: refused by ${refusing}, taken by ${taking}`, () => {
      assert.notEqual(judge(text, refusing), 'ok');
      assert.equal(judge(text, taking), 'ok');
    });

  it('the newest is meant when none is named', () => {
    assert.equal(judge(weekend), 'ok');
  });
});
