import { RawScalar } from '../../../src/base/yaml-writer.ts';
import { makeNotifier, notifierMakers, raw, structuredTree } from './alertmanager-notifiers.ts';
import type { Node, Tree } from './alertmanager-notifiers.ts';
import type { Draw } from './random.ts';

/** What may stand where something else should: right, odd and wrong alike. */
const oddValues: readonly Node[] = [
  ...[null, raw('~'), '', 'x', true, raw('yes'), 0, 7, -1, raw('1.5'), raw('1e3'), raw('0x1F'), raw('.inf')],
  ...[[], {}, [null], ['x', 'x'], ['...', 'a'], [['x']], { x: 'y' }, { x: null }, { '': 'a' }, [{}], [{ x: 1 }]],
  ...['http://a', 'ftp://a', '://x', 'http://', 'http://a b', 'http://[::1', 'http://a:99999x', '/path', '<secret>'],
  ...[
    'http://a/%zz',
    'http://u:p@a:80',
    'http://a:b:c',
    'mailto:x@y',
    'http://a/{{ x }}',
    '{{ .A }}',
    '{{',
    '{{ toUpper "a" }}',
  ],
  ...['{{ if }}', '{{ end }}', '{{ printf "%s" .A | len }}', '{{ $x }}', '{{/* c */}}', '{{ define "a" }}b{{ end }}'],
  ...['5m', '0s', '1h30m', '-5s', '5', '1.5h', '1d', '1y2w', '5 m', '1m60s', '1m1h', '300y', '1ns', '.5s', '1s1'],
  ...['a:1', ':25', 'a:', '[::1]:25', '::1:25', 'a:b:c', '[a]', 'a', '[a]:b:c', ']:1'],
  ...[
    'monday',
    'Friday:monday',
    'tuesday:saturday',
    'mon',
    'monday:',
    ':',
    '1',
    '1:7',
    '08:00',
    '24:00',
    '24:01',
    '8:00',
  ],
  ...['0', '31:1', '-1:1', '1:-1', '32', '+5', '1_0', '2020:2030', '2030:2020', '13', 'january', 'may:april', '1:2:3'],
  ...[
    'Europe/Berlin',
    'europe/berlin',
    'Local',
    'Mars/Phobos',
    '../UTC',
    'UTC',
    'GMT+5',
    'Etc/GMT+5',
    'America/Knox_IN',
  ],
  ...[
    'a=b',
    '{a="b"}',
    'a="b',
    'a=~"("',
    'a=~"["',
    '"a b"=c',
    'a==b',
    'a=b,',
    ',a=b',
    'a=b,,c=d',
    'a!b',
    '{a=b',
    'a=b}',
    'a b=c',
  ],
  ...[
    'a="\\d"',
    'a=\\',
    "a='b'",
    'a="b"c',
    'a=b"',
    'é=x',
    'a:b=c',
    '"a"=~"x|(y"',
    'a=~a)|(b',
    '{{}}',
    '{',
    '}',
    '=',
    'a=',
    '!=b',
  ],
  ...[
    'a=~"\\x{110000}"',
    'a="\\xff"',
    '"\\u00e9"=x',
    'a=é b',
    'a=~(?i)x',
    'a=~(?=x)',
    'a=~x{1001}',
    'a=~"\\\\d+"',
    'a=`b`',
  ],
  ...[
    'TLS12',
    'TLS14',
    'Basic',
    'bearer',
    'team',
    'Markdown',
    'html',
    'text',
    'daily',
    'grpc',
    'gzip',
    'auto',
    'é',
    'a b',
    '0a',
  ],
];

/** Keys of one thing that may get into another. */
const keyNames = [
  ...[
    'x',
    'name',
    'url',
    'url_file',
    'api_url',
    'api_url_file',
    'api_key',
    'api_key_file',
    'webhook_url',
    'webhook_url_file',
  ],
  ...[
    'to',
    'from',
    'smarthost',
    'headers',
    'title',
    'text',
    'message',
    'send_resolved',
    'http_config',
    'tls_config',
    'timeout',
  ],
  ...[
    'token',
    'token_file',
    'user_key',
    'user_key_file',
    'bot_token',
    'bot_token_file',
    'chat_id',
    'chat_id_file',
    'room_id',
  ],
  ...[
    'routing_key',
    'routing_key_file',
    'service_key',
    'service_key_file',
    'app_token',
    'app_token_file',
    'update_message',
  ],
  ...[
    'topic_arn',
    'phone_number',
    'target_arn',
    'sigv4',
    'responders',
    'details',
    'actions',
    'fields',
    'project',
    'issue_type',
  ],
  ...[
    'corp_id',
    'api_secret',
    'api_secret_file',
    'token_id',
    'token_id_file',
    'alert_source_token',
    'alert_source_token_file',
  ],
  ...[
    'receiver',
    'group_by',
    'match',
    'match_re',
    'matchers',
    'continue',
    'routes',
    'group_wait',
    'group_interval',
    'labels',
  ],
  ...[
    'repeat_interval',
    'mute_time_intervals',
    'active_time_intervals',
    'time_intervals',
    'times',
    'weekdays',
    'location',
  ],
  ...[
    'basic_auth',
    'authorization',
    'bearer_token',
    'bearer_token_file',
    'oauth2',
    'proxy_url',
    'no_proxy',
    'http_headers',
  ],
  ...[
    'cert',
    'key',
    'ca',
    'cert_file',
    'key_file',
    'ca_file',
    'min_version',
    'credentials',
    'credentials_file',
    'type',
  ],
  ...[
    'proxy_from_environment',
    'proxy_connect_header',
    'monospace',
    'html',
    'parse_mode',
    'api_type',
    'message_type',
    'metadata',
  ],
  ...[
    'slack_app_url',
    'slack_app_token',
    'slack_api_url',
    'pagerduty_url',
    'opsgenie_api_url',
    'wechat_api_url',
    'jira_api_url',
  ],
  ...[
    'victorops_api_url',
    'telegram_api_url',
    'webex_api_url',
    'telegram_bot_token',
    'rocketchat_token',
    'mattermost_webhook_url',
  ],
  ...[
    'smtp_smarthost',
    'smtp_from',
    'smtp_auth_password',
    'smtp_auth_password_file',
    'equal',
    'source_match',
    'target_matchers',
  ],
  ...[
    'webhook_configs',
    'slack_configs',
    'email_configs',
    'global',
    'route',
    'receivers',
    'templates',
    'tracing',
    'event_recorder',
  ],
];

/** A place where something can be changed. */
interface Place {
  readonly holder: Tree | Node[];
  readonly key: string | number;
  readonly path: string;
}

const isCollection = (node: Node | undefined): node is Tree | Node[] =>
  typeof node === 'object' && node !== null && !(node instanceof RawScalar);

function listPlaces(holder: Tree | Node[], path: string): Place[] {
  const keys = Array.isArray(holder) ? [...holder.keys()] : Object.keys(holder);
  return keys.flatMap((key) => {
    const place = { holder, key, path: `${path}.${key}` };
    const inside = valueAt(place);
    return isCollection(inside) ? [place, ...listPlaces(inside, place.path)] : [place];
  });
}

function valueAt({ holder, key }: Place): Node | undefined {
  return Array.isArray(holder) ? holder[key as number] : holder[key];
}

function setAt({ holder, key }: Place, value: Node): void {
  if (Array.isArray(holder)) holder[key as number] = value;
  else holder[key] = value;
}

/** Says what it did. */
type Break = (draw: Draw, tree: Tree) => string;

/** A branch at random first, then a place in it: big branches would get all of it otherwise. */
function pickPlace(draw: Draw, tree: Tree): Place {
  const section = draw.pick(Object.keys(tree).filter((key) => isCollection(tree[key])));
  const inside = tree[section];
  const places = isCollection(inside) ? listPlaces(inside, section) : [];
  return draw.pick(places.length === 0 ? [{ holder: tree, key: section, path: section }] : places);
}

const describeValue = (value: Node): string => (value instanceof RawScalar ? value.source : JSON.stringify(value));

const replaceValue: Break = (draw, tree) => {
  const place = pickPlace(draw, tree);
  const value = draw.pick(oddValues);
  setAt(place, isCollection(value) ? (structuredTree({ value })['value'] ?? null) : value);
  return `${place.path} := ${describeValue(value)}`;
};

const removeValue: Break = (draw, tree) => {
  const { holder, key, path } = pickPlace(draw, tree);
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  // eslint says that keys are not to be deleted; a new mapping would have no holder.
  else Reflect.deleteProperty(holder, key);
  return `${path} removed`;
};

const addKey: Break = (draw, tree) => {
  const place = pickPlace(draw, tree);
  const inside = valueAt(place);
  const holder =
    isCollection(inside) && !Array.isArray(inside) ? inside : Array.isArray(place.holder) ? tree : place.holder;
  const key = draw.pick(keyNames);
  const value = draw.pick(oddValues);
  holder[key] = isCollection(value) ? (structuredTree({ value })['value'] ?? null) : value;
  return `${place.path}: ${key} := ${describeValue(value)}`;
};

const copyItem: Break = (draw, tree) => {
  const place = pickPlace(draw, tree);
  const target = pickPlace(draw, tree);
  const value = valueAt(place) ?? null;
  const copied = structuredTree({ value })['value'] ?? null;
  if (Array.isArray(target.holder)) target.holder.push(copied);
  else target.holder[String(target.key)] = copied;
  return `${target.path} := ${place.path}`;
};

/** A setting of a global block, which reaches every receiver. */
const changeGlobal: Break = (draw, tree) => {
  const key = draw.pick([
    'global',
    'opsgenie_api_key',
    'slack_api_url',
    'smtp_from',
    'smtp_smarthost',
    'http_config',
    ...keyNames,
  ]);
  const { global } = tree;
  if (key === 'global') tree['global'] = draw.pick([null, {}, 'x']);
  else if (isCollection(global) && !Array.isArray(global)) global[key] = draw.pick(oddValues);
  return `global.${key}`;
};

/** A receiver with one more notifier, of which something is not right. */
const addNotifier: Break = (draw, tree) => {
  const kind = draw.pick(Object.keys(notifierMakers));
  const made = makeNotifier(draw, kind);
  const what = draw.pick([replaceValue, removeValue, addKey])(draw, { made });
  const { receivers } = tree;
  if (Array.isArray(receivers)) receivers.push({ name: 'added', [`${kind}_configs`]: [made] });
  return `${kind}: ${what}`;
};

const breaks: readonly Break[] = [
  replaceValue,
  replaceValue,
  removeValue,
  addKey,
  copyItem,
  changeGlobal,
  addNotifier,
  addNotifier,
];

/** Changes the tree in one or two places, and says how. Not every change makes it wrong. */
export function breakConfig(draw: Draw, tree: Tree): string[] {
  return Array.from({ length: 1 + draw.below(2) }, () => draw.pick(breaks)(draw, tree));
}
