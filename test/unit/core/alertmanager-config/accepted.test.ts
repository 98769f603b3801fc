import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judge, withNotifier, withRoute } from './fixtures.ts';

const accepted: readonly (readonly [why: string, text: string])[] = [
  ['templates of notifications are expanded later', withNotifier('slack', '{ api_url: "http://a", title: "{{ if" }')],
  ['a URL may be a template', withNotifier('webhook', '{ url: "{{ .A }}" }')],
  ['files are not read', withNotifier('discord', '{ webhook_url_file: /nowhere }')],
  ['numbers are texts', withNotifier('opsgenie', '{ api_key: 0123, details: { a: 1, b: null } }')],
  ['yes is true', withNotifier('webhook', '{ url: "http://a", send_resolved: yes, max_alerts: 0x10 }')],
  ['numbers as Go reads them', withNotifier('webhook', '{ url: "http://a", max_alerts: 0o17 }')],
  ['the largest number', withNotifier('webhook', '{ url: "http://a", max_alerts: 18446744073709551615 }')],
  ['the largest chat', withNotifier('telegram', '{ bot_token: a, chat_id: 0x7FFFFFFFFFFFFFFF }')],
  ['Go takes three targets at once', withNotifier('sns', '{ topic_arn: a, phone_number: b, target_arn: c }')],
  ['the global token stands in', withNotifier('slack', '{}', '{ slack_app_token_file: /t }')],
  [
    'a token of its own URL',
    withNotifier('slack', '{}', '{ slack_app_token: a, slack_api_url: "https://slack.com/api/chat.postMessage" }'),
  ],
  ['null is no global block', withNotifier('pagerduty', '{ routing_key: a }', 'null')],
  ['a receiver that is null has the name ""', '{ route: { receiver: a }, receivers: [null, { name: a }] }'],
  ['names in quotes', withRoute('{ matchers: [\'"a b"="c"\', "é=x"], group_by: ["é f"] }')],
  ['the older grammar', withRoute('{ matchers: [\'path=~"\\d+"\', "a:b=c", "a=b c"] }')],
  ['no matchers at all', withRoute('{ matchers: ["", "{}", null], match: {} }')],
  ['a group_wait of nothing', withRoute('{ group_wait: 0, repeat_interval: 1y2w }')],
  ['all labels, twice', withRoute('{ group_by: ["...", "..."] }')],
  [
    'zones, whole days',
    withRoute(
      '{ mute_time_intervals: [x] }',
      ', time_intervals: [{ name: x, time_intervals: [{ location: America/Argentina/Buenos_Aires, times: [{ start_time: "00:00", end_time: "24:00" }], months: ["January:3"], days_of_month: ["1:-1", 5] }] }]',
    ),
  ],
  ['a hidden secret', withNotifier('slack', '{ api_url: <secret> }')],
];

describe('what Alertmanager takes', () => {
  for (const [why, text] of accepted)
    it(why, () => {
      assert.equal(judge(text), 'ok');
    });
});
