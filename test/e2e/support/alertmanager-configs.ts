import { writeYamlFields } from '../../../src/base/yaml-writer.ts';
import { breakConfig } from './alertmanager-breaks.ts';
import { httpConfig, makeNotifier, notifierMakers, raw } from './alertmanager-notifiers.ts';
import type { Node, Tree } from './alertmanager-notifiers.ts';
import type { Draw } from './random.ts';

/** A whole configuration of many tenants. */
export interface MadeConfig {
  readonly text: string;
  /** What was done to it to break it, for people; empty for most. */
  readonly breaks: readonly string[];
}

const tenantCount = 20;
const matcherLines = [
  'team="a"',
  'severity=~"warning|critical"',
  '{alertname!="Watchdog"}',
  'a=b,c!~d',
  '"foo bar"="é"',
  'path=~"/api/\\d+"',
  'x="a,b"',
  'y=',
  '{}',
  '',
];

const global = (draw: Draw): Tree => ({
  resolve_timeout: draw.pick(['5m', raw('0'), '1d']),
  smtp_smarthost: 'mail:25',
  smtp_from: 'a@example',
  opsgenie_api_key: 'k',
  ...draw.pick<Tree>([
    { slack_api_url: 'https://hooks.example/s' },
    { slack_api_url_file: '/s' },
    { slack_app_token: 'xoxb' },
  ]),
  ...(draw.chance(0.2) ? { http_config: httpConfig(draw) } : {}),
  ...(draw.chance(0.2) ? { smtp_tls_config: { insecure_skip_verify: true }, smtp_require_tls: raw('no') } : {}),
});

function makeReceiver(draw: Draw, name: string): Tree {
  const receiver: Tree = { name };
  for (const kind of draw.some(Object.keys(notifierMakers), 0.12)) {
    const made = Array.from({ length: 1 + draw.below(2) }, () => makeNotifier(draw, kind));
    receiver[`${kind}_configs`] = made;
  }
  if (draw.chance(0.1)) receiver['labels'] = { team: 'a' };
  return receiver;
}

/** Intervals have the names of their tenants, as the operator writes them. */
function makeInterval(draw: Draw, name: string): Tree {
  const interval: Tree = {
    times: [{ start_time: '08:00', end_time: draw.pick(['17:30', '24:00']) }],
    weekdays: [draw.pick(['monday:friday', 'Saturday', 'sunday:saturday'])],
    days_of_month: [draw.pick(['1:5', '-3:-1', '15', raw('1'), '1:-1', '+5'])],
    months: [draw.pick(['january:march', '5:8', 'December', raw('7')])],
    years: [draw.pick(['2024:2030', raw('2026')])],
    location: draw.pick(['Europe/Berlin', 'UTC', 'Local', 'America/Argentina/Buenos_Aires', '']),
  };
  const kept = draw.some(Object.entries(interval), 0.5);
  return { name, time_intervals: [Object.fromEntries(kept)] };
}

function makeRoute(draw: Draw, names: { receivers: readonly string[]; intervals: readonly string[] }): Tree {
  const route: Tree = {
    receiver: draw.pick(names.receivers),
    group_by: draw.pick<Node>([['...'], ['alertname', 'job'], [], ['é', 'x y']]),
    match: draw.pick<Node>([{ team: 'a' }, { code: raw('5') }, {}]),
    match_re: { team: draw.pick(['a|b', '[a-z]+', '']) },
    matchers: draw.some(matcherLines, 0.3),
    mute_time_intervals: draw.some(names.intervals, 0.2),
    active_time_intervals: draw.some(names.intervals, 0.2),
    continue: draw.pick([true, raw('yes'), false]),
    group_wait: draw.pick(['30s', raw('0')]),
    group_interval: '5m',
    repeat_interval: draw.pick(['4h', '1w']),
    labels: { priority: '{{ .CommonLabels.x }}', 'a b': raw('1') },
  };
  const kept = Object.fromEntries(draw.some(Object.entries(route), 0.35));
  if (draw.chance(0.3)) kept['routes'] = [makeRoute(draw, names)];
  return kept;
}

function makeInhibitRule(draw: Draw): Tree {
  const rule: Tree = {
    name: 'x',
    source_match: { severity: 'critical' },
    source_match_re: { severity: 'crit.*' },
    source_matchers: draw.some(matcherLines, 0.3),
    target_match: { severity: raw('1') },
    target_match_re: { severity: 'warn.*' },
    target_matchers: draw.some(matcherLines, 0.3),
    equal: ['namespace', 'x y'],
  };
  return Object.fromEntries(draw.some(Object.entries(rule), 0.5));
}

const eventRecorders: readonly Tree[] = [
  { file_outputs: [{ path: '/events' }], stdout_outputs: [{}] },
  { webhook_outputs: [{ url: 'http://a', batch: true, batch_max_events: 5, timeout: '5s' }] },
  { kafka_outputs: [{ brokers: ['a:9092'], topic: 't', acks: 'all', compression: 'zstd' }] },
];

/** What Alertmanager takes. */
function makeTree(draw: Draw): Tree {
  const tenants = Array.from({ length: tenantCount }, (_, index) => `tenant-${index}/team`);
  const intervals = draw.some(tenants, 0.2).map((tenant) => `${tenant}/hours`);
  const names = { receivers: tenants, intervals };
  const [early, late] = [intervals.slice(0, 1), intervals.slice(1)];
  return {
    global: global(draw),
    route: { receiver: 'null', group_by: ['job'], routes: tenants.map(() => makeRoute(draw, names)) },
    ...(draw.chance(0.7) ? { inhibit_rules: [makeInhibitRule(draw), makeInhibitRule(draw)] } : {}),
    receivers: [{ name: 'null' }, ...tenants.map((tenant) => makeReceiver(draw, tenant))],
    ...(early.length > 0 ? { mute_time_intervals: early.map((name) => makeInterval(draw, name)) } : {}),
    ...(late.length > 0 ? { time_intervals: late.map((name) => makeInterval(draw, name)) } : {}),
    ...(draw.chance(0.1) ? { templates: ['/nowhere/*.tmpl'] } : {}),
    ...(draw.chance(0.1) ? { tracing: { endpoint: 'a:4317', client_type: draw.pick(['grpc', 'http']) } } : {}),
    ...(draw.chance(0.1) ? { event_recorder: structuredClone(draw.pick(eventRecorders)) } : {}),
  };
}

/** A configuration of 20 tenants, every third with something that is odd or wrong. */
export function makeAlertmanagerConfig(draw: Draw): MadeConfig {
  const tree = makeTree(draw);
  const breaks = draw.chance(1 / 3) ? breakConfig(draw, tree) : [];
  return { text: writeYamlFields(tree), breaks };
}
