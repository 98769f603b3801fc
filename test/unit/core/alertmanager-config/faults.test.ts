import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judge, withNotifier, withRoute } from './fixtures.ts';

/** What is wrong with the first notifier of the first receiver. */
const notifierFaults: readonly (readonly [kind: string, fields: string, fault: string, global?: string])[] = [
  ['slack', '{}', ': no Slack API URL nor App token set either inline or in a file'],
  ['slack', '{ api_url: "" }', '.api_url: unsupported scheme "" for URL'],
  ['slack', '{ api_url: "ftp://a" }', '.api_url: unsupported scheme "ftp" for URL'],
  ['slack', '{ api_url: "http://" }', '.api_url: missing host for URL'],
  ['slack', '{ api_urls: x }', '.api_urls: field api_urls not found in type config.plain'],
  ['slack', '{ title: [x] }', '.title: cannot unmarshal !!seq into string'],
  ['slack', '{ api_url: "http://a", api_url_file: b }', ': at most one of api_url & api_url_file must be configured'],
  ['slack', '{ actions: [{ type: a, text: b }] }', '.actions[0]: missing name or url in Slack action configuration'],
  ['slack', '{ fields: [{ title: a }] }', '.fields[0]: missing value in Slack field configuration'],
  ['slack', 'null', ': missing slack config'],
  [
    'slack',
    '{ http_config: { basic_auth: {}, bearer_token: x } }',
    '.http_config: at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured',
  ],
  [
    'slack',
    '{ app_token: x, http_config: { bearer_token: y } }',
    ": http authorization can't be set when using Slack App tokens",
  ],
  ['slack', '{}', ': no global Slack App URL set', '{ slack_api_url: "http://a", slack_app_url: null }'],
  ['slack', '{}', ': no global HTTP config set', '{ slack_api_url: "http://a", http_config: null }'],
  [
    'slack',
    '{ http_config: { oauth2: { client_id: a, token_url: b, grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", signature_algorithm: none } } }',
    '.http_config.oauth2: valid signature algorithms are RS256, RS384 and RS512',
  ],
  ['email', '{}', ': missing to address in email config'],
  ['email', '{ to: a }', ': no global SMTP smarthost set'],
  ['email', '{ to: a, smarthost: "mail:25" }', ': no global SMTP from set'],
  ['email', '{ to: a, smarthost: mail }', '.smarthost: address mail: want host:port'],
  ['email', '{ to: a, smarthost: "mail:" }', '.smarthost: address "mail:": port cannot be empty'],
  ['email', '{ to: a, headers: { a-b: x, A-B: y } }', ': duplicate header "A-B" in email config'],
  [
    'email',
    '{ to: a, headers: { references: x }, threading: { enabled: yes, thread_by_date: daily } }',
    ': conflicting configuration: threading.enabled conflicts with custom References header',
  ],
  ['webhook', '{}', ': one of url or url_file must be configured'],
  [
    'webhook',
    '{ url: "http://a/{{ toUpper .A }}" }',
    '.url: Cannot parse template: line 1: function "toUpper" is unknown',
  ],
  ['webhook', '{ url: "http://a", timeout: 5 m }', '.timeout: time: invalid duration "5 m"'],
  ['webhook', '{ url: "http://a", timeout: .inf }', '.timeout: time: invalid duration ".inf"'],
  ['pagerduty', '{}', ': missing service or routing key in PagerDuty config'],
  ['pagerduty', '{ routing_key: a }', ': no global PagerDuty URL set', '{ pagerduty_url: ~ }'],
  ['opsgenie', '{}', ': no global OpsGenie API Key set either inline or in a file'],
  [
    'opsgenie',
    '{ api_key: a, responders: [{ id: b, type: c }] }',
    ': opsGenieConfig responder type "c" does not match valid options ^(team|teams|user|escalation|schedule)$',
  ],
  ['victorops', '{ api_key: a }', ': missing Routing key in VictorOps config'],
  [
    'victorops',
    '{ api_key: a, routing_key: b, custom_fields: { entity_id: c } }',
    ': victorOps config contains custom field entity_id which cannot be used as it conflicts with the fixed/static fields',
  ],
  ['wechat', '{ api_secret: a }', ': no global Wechat CorpID set'],
  ['pushover', '{ token: a }', ': one of user_key or user_key_file must be configured'],
  ['pushover', '{ token: a, user_key: b, retry: 30 }', '.retry: time: invalid duration "30"'],
  [
    'sns',
    '{ topic_arn: a, phone_number: b }',
    ': must provide either a Target ARN, Topic ARN, or Phone Number for SNS config',
  ],
  ['telegram', '{ chat_id: 1 }', ': missing bot_token or bot_token_file on telegram_config'],
  ['telegram', '{ bot_token: a, chat_id: 0 }', ': missing chat_id or chat_id_file on telegram_config'],
  ['discord', '{}', ': one of webhook_url or webhook_url_file must be configured'],
  ['webex', '{ room_id: a }', ': missing webex_configs.http_config.authorization'],
  [
    'msteams',
    '{ webhook_url: "http://a", webhook_url_file: b }',
    ': at most one of webhook_url & webhook_url_file must be configured',
  ],
  ['msteamsv2', '{ webhook_url: "http://a" }', ': no global HTTP config set', '{ http_config: null }'],
  ['jira', '{ project: a, issue_type: b }', ': no global Jira Cloud URL set'],
  ['rocketchat', '{ token: a }', ': no global Rocketchat TokenID set either inline or in a file'],
  ['mattermost', '{}', ': missing webhook_url or webhook_url_file on mattermost_config'],
  [
    'incidentio',
    '{ url: "http://a", http_config: {} }',
    ': at least one of alert_source_token, alert_source_token_file or http_config.authorization must be configured',
  ],
];

describe('a notifier that Alertmanager refuses', () => {
  for (const [kind, fields, fault, global] of notifierFaults)
    it(`${kind}: ${fields}${global === undefined ? '' : ` with ${global}`}`, () => {
      assert.equal(judge(withNotifier(kind, fields, global)), `receivers[0].${kind}_configs[0]${fault}`);
    });
});

const routeFaults: readonly (readonly [fields: string, fault: string])[] = [
  ['{ receiver: b }', '.receiver: undefined receiver "b" used in route'],
  [
    '{ routes: [{ routes: [{ receiver: c }] }] }',
    '.routes[0].routes[0].receiver: undefined receiver "c" used in route',
  ],
  ['{ matchers: ["a=b", "c"] }', '.matchers[1]: bad matcher format: c'],
  ['{ match: { a-b: c } }', '.match: invalid label name "a-b"'],
  ['{ match_re: { a: "(" } }', '.match_re: error parsing regexp: missing closing ): `^(?:()$`'],
  ['{ match_re: { a: null } }', '.match_re: invalid regexp value for "a"'],
  ['{ group_by: [a, b, a] }', '.group_by: duplicated label "a" in group_by'],
  ['{ group_by: [a, ...] }', '.group_by: cannot have wildcard group_by (`...`) and other labels at the same time'],
  ['{ group_by: [null] }', '.group_by: invalid label name "" in group_by list'],
  ['{ group_interval: 0m }', '.group_interval: group_interval cannot be zero'],
  ['{ repeat_interval: 5 }', '.repeat_interval: not a valid duration string: "5"'],
  ['{ mute_time_intervals: [x] }', '.mute_time_intervals[0]: undefined time interval "x" used in route'],
  ['null', ': a route must not be null'],
];

describe('a route that Alertmanager refuses', () => {
  for (const [fields, fault] of routeFaults)
    it(fields, () => {
      assert.equal(judge(withRoute(fields)), `route.routes[0]${fault}`);
    });
});

const receivers = 'receivers: [{ name: a }]';
const interval = (fields: string): string =>
  `{ route: { receiver: a }, ${receivers}, time_intervals: [{ name: x, time_intervals: [${fields}] }] }`;

const otherFaults: readonly (readonly [text: string, fault: string])[] = [
  ['', ': no routes provided'],
  ['a: [', ': 2:1: unexpected end of the stream within a flow collection'],
  ['x', ': cannot unmarshal "x" into config.plain'],
  [`{ ${receivers}, route: {} }`, 'route: root route must specify a default receiver'],
  [`{ ${receivers}, route: { receiver: a, continue: true } }`, 'route: cannot have continue in root route'],
  [`{ ${receivers}, route: { receiver: a, matchers: [a=b] } }`, 'route: root route must not have any matchers'],
  [
    `{ ${receivers}, route: { receiver: a, active_time_intervals: [x] } }`,
    'route: root route must not have any active time intervals',
  ],
  [
    '{ route: { receiver: a }, receivers: [{ name: a }, { name: a }] }',
    'receivers[1].name: notification config name "a" is not unique',
  ],
  ['{ route: { receiver: a }, receivers: [{}] }', 'receivers[0]: missing name in receiver'],
  [
    `{ ${receivers}, route: { receiver: a }, inhibit_rules: [{ equal: [""] }] }`,
    'inhibit_rules[0].equal: invalid label name "" in equal list',
  ],
  [
    `{ ${receivers}, route: { receiver: a }, time_intervals: [{ name: x }, { name: x }] }`,
    'time_intervals[1].name: time interval "x" is not unique',
  ],
  [
    `{ ${receivers}, route: { receiver: a }, mute_time_intervals: [{}] }`,
    'mute_time_intervals[0]: missing name in mute time interval',
  ],
  [
    `{ ${receivers}, route: { receiver: a }, global: { slack_api_url: "http://a", slack_app_token: b } }`,
    'global: at most one of slack_app_token/slack_app_token_file & slack_api_url/slack_api_url_file must be configured',
  ],
  [`{ ${receivers}, route: { receiver: a }, tracing: {} }`, 'tracing: tracing endpoint must be set'],
  [`{ ${receivers}, route: { receiver: a }, unknown: 1 }`, 'unknown: field unknown not found in type config.plain'],
  [
    `{ ${receivers}, route: { receiver: a }, templates: ["/t/*.tmpl", "/t/[^a]]", "/t/[^]"] }`,
    'templates: syntax error in pattern /t/[^]',
  ],
  [
    interval('{ location: europe/berlin }'),
    'time_intervals[0].time_intervals[0].location: unknown time zone europe/berlin',
  ],
  [
    interval('{ times: [{ start_time: "24:00", end_time: "08:00" }] }'),
    'time_intervals[0].time_intervals[0].times[0]: start time cannot be equal or greater than end time',
  ],
  [interval('{ weekdays: ["mon"] }'), 'time_intervals[0].time_intervals[0].weekdays[0]: mon is not a valid weekday'],
  [
    interval('{ days_of_month: ["-1:1"] }'),
    'time_intervals[0].time_intervals[0].days_of_month[0]: end day must be negative if start day is negative',
  ],
  [
    interval('{ years: ["2030:2020"] }'),
    'time_intervals[0].time_intervals[0].years[0]: end year 2020 is before start year 2030',
  ],
];

describe('a configuration that Alertmanager refuses', () => {
  for (const [text, fault] of otherFaults)
    it(text.slice(0, 120), () => {
      assert.equal(judge(text), fault);
    });
});
