import { RawScalar } from '../../../src/base/yaml-writer.ts';
import type { Draw } from './random.ts';

/** A mapping that is still being made. */
export interface Tree {
  [key: string]: Node;
}
export type Node = string | number | boolean | null | RawScalar | Node[] | Tree;

export const raw = (source: string): RawScalar => new RawScalar(source);

const templates = ['{{ .CommonLabels.alertname }}', '{{ template "x" . }}', 'plain', '{{ if }}', 'a: b', "it's", ''];
const texts = (draw: Draw): Node => draw.pick(templates);
const urls = ['http://hooks.example/a', 'https://u:p@hooks.example:8443/x?y=z#f', 'http://[::1]:9093/', 'HTTP://A'];
const url = (draw: Draw): Node => draw.pick(urls);
const flag = (draw: Draw): Node => draw.pick([true, false, raw('yes'), raw('off'), raw('N')]);
const goDuration = (draw: Draw): Node => draw.pick(['10s', '1m30s', raw('0'), '1.5h', '-5s', raw('1000')]);
const wordMap = (draw: Draw): Node => ({ team: texts(draw), code: draw.pick([raw('1'), raw('true'), null, 'x']) });

type Maker = (draw: Draw) => Node;
type Makers = Readonly<Record<string, Maker>>;

const spread = (make: Maker, ...names: readonly string[]): Makers =>
  Object.fromEntries(names.map((name) => [name, make]));

/** The values that a draw gives to some of the keys. */
function fill(draw: Draw, makers: Makers, share: number): Tree {
  return Object.fromEntries(draw.some(Object.entries(makers), share).map(([key, make]) => [key, make(draw)]));
}

const authentications: readonly Tree[] = [
  {},
  { basic_auth: { username: 'u', password_file: '/p' } },
  { authorization: { credentials: 'secret' } },
  { bearer_token: 'token' },
  { oauth2: { client_id: 'a', client_secret: 'b', token_url: 'http://login.example/token', scopes: ['x'] } },
];

export function httpConfig(draw: Draw): Tree {
  return {
    ...structuredTree(draw.pick(authentications)),
    ...fill(draw, { ...spread(flag, 'follow_redirects', 'enable_http2'), tls_config: tlsConfig }, 0.2),
    ...(draw.chance(0.2) ? { proxy_url: 'http://proxy:3128', no_proxy: 'a.example' } : {}),
    ...(draw.chance(0.1) ? { http_headers: { 'X-Tenant': { values: ['a'] } } } : {}),
  };
}

/** A copy that can be changed. */
export function structuredTree(tree: Tree): Tree {
  return copy(tree) as Tree;
}

function copy(node: Node): Node {
  if (Array.isArray(node)) return node.map(copy);
  if (typeof node !== 'object' || node === null || node instanceof RawScalar) return node;
  return Object.fromEntries(Object.entries(node).map(([key, one]) => [key, copy(one)]));
}

function tlsConfig(draw: Draw): Tree {
  return {
    ...fill(draw, { ca_file: () => '/ca', server_name: () => 'a.example', insecure_skip_verify: flag }, 0.5),
    ...(draw.chance(0.3) ? { cert_file: '/c', key_file: '/k' } : {}),
    ...(draw.chance(0.3) ? { min_version: draw.pick(['TLS10', 'TLS12', 'TLS13']) } : {}),
  };
}

/** One way to notify: what it cannot do without, and what else it may say. */
interface NotifierMaker {
  readonly required: readonly ((draw: Draw) => Tree)[];
  readonly optional: Makers;
}

const webhookUrl = [(draw: Draw): Tree => ({ webhook_url: url(draw) }), (): Tree => ({ webhook_url_file: '/url' })];

const attachment = {
  ...spread(texts, 'fallback', 'color', 'pretext', 'author_name', 'author_link', 'author_icon', 'title', 'title_link'),
  ...spread(texts, 'thumb_url', 'footer', 'footer_icon', 'image_url', 'text'),
  fields: (draw: Draw): Node => [{ title: 'a', value: 'b', short: flag(draw) }],
};

const slackAction = (draw: Draw): Node => [
  draw.pick<Tree>([
    { type: 'button', text: 'x', url: 'http://a' },
    { type: 'button', text: 'x', name: 'n', value: 'v', confirm: { text: 'sure?', ok_text: 'yes' } },
  ]),
];

/** By the name of the list, without "_configs". */
export const notifierMakers: Readonly<Record<string, NotifierMaker>> = {
  discord: { required: webhookUrl, optional: spread(texts, 'content', 'title', 'message', 'username', 'avatar_url') },
  email: {
    required: [() => ({ to: 'a@example' }), () => ({ to: 'a@example', smarthost: '[::1]:25', from: 'b@example' })],
    optional: {
      ...spread(texts, 'hello', 'auth_username', 'auth_password', 'auth_password_file', 'auth_secret', 'auth_identity'),
      ...spread(texts, 'auth_secret_file', 'html', 'text', 'from'),
      ...spread(flag, 'require_tls', 'force_implicit_tls'),
      headers: () => ({ Subject: '{{ x }}', 'reply-to': 'a@example' }),
      threading: (draw) => ({ enabled: flag(draw), thread_by_date: draw.pick(['none', 'daily']) }),
      smarthost: (draw) => draw.pick(['mail:25', 'mail:smtp', ':25', '']),
      tls_config: tlsConfig,
    },
  },
  incidentio: {
    required: [
      () => ({ url: 'https://api.example', alert_source_token: 't' }),
      () => ({ url_file: '/u', alert_source_token_file: '/t' }),
    ],
    optional: { max_alerts: () => 5, timeout: goDuration },
  },
  jira: {
    required: [(draw) => ({ project: 'P', issue_type: 'Bug', api_url: url(draw) })],
    optional: {
      ...spread(texts, 'priority', 'reopen_transition', 'resolve_transition', 'wont_fix_resolution'),
      api_type: (draw) => draw.pick(['auto', 'cloud', 'datacenter']),
      summary: (draw) => draw.pick<Node>(['s', { template: 't', enable_update: false }]),
      description: (draw) => draw.pick<Node>(['s', { enable_update: raw('yes') }]),
      labels: () => ['a', raw('1')],
      reopen_duration: () => '1d',
      fields: () => ({ customfield_1: { id: 'x' }, labels: [1] }),
    },
  },
  mattermost: {
    required: webhookUrl,
    optional: {
      ...attachment,
      ...spread(texts, 'channel', 'username', 'icon_url', 'icon_emoji', 'type'),
      attachments: (draw) => [fill(draw, attachment, 0.2)],
      props: () => ({ card: 'c' }),
      priority: (draw) => ({ priority: 'urgent', requested_ack: flag(draw) }),
    },
  },
  msteams: { required: webhookUrl, optional: spread(texts, 'title', 'summary', 'text') },
  msteamsv2: { required: webhookUrl, optional: spread(texts, 'title', 'text') },
  opsgenie: {
    required: [() => ({ api_key: 'k' }), () => ({ api_key_file: '/k' }), () => ({})],
    optional: {
      ...spread(texts, 'message', 'description', 'source', 'entity', 'actions', 'tags', 'note', 'priority'),
      api_url: url,
      details: wordMap,
      update_alerts: flag,
      responders: (draw) => [
        { name: 'a', type: draw.pick(['team', 'User', '{{ .A }}', 'teams', 'schedule']) },
        { id: 'x', type: 'escalation' },
      ],
    },
  },
  pagerduty: {
    required: [() => ({ routing_key: 'k' }), () => ({ service_key_file: '/k' })],
    optional: {
      ...spread(texts, 'client', 'client_url', 'description', 'source', 'severity', 'class', 'component', 'group'),
      url,
      details: (draw) => draw.pick<Node>([{ a: 'b' }, { a: { b: [1, raw('~')] } }, {}]),
      images: () => [{ src: 'a', alt: 'b', href: 'c' }],
      links: () => [{ href: 'a', text: 'b' }],
      timeout: goDuration,
    },
  },
  pushover: {
    required: [() => ({ user_key: 'u', token: 't' }), () => ({ user_key_file: '/u', token_file: '/t' })],
    optional: {
      ...spread(texts, 'title', 'message', 'url', 'url_title', 'device', 'sound', 'priority'),
      ...spread((draw) => draw.pick(['30s', '1h', raw('0')]), 'retry', 'expire', 'ttl'),
      html: flag,
      monospace: () => false,
    },
  },
  rocketchat: {
    required: [() => ({ token: 't', token_id: 'i' }), () => ({ token_file: '/t', token_id_file: '/i' })],
    optional: {
      ...spread(texts, 'channel', 'color', 'title', 'title_link', 'text', 'emoji', 'icon_url', 'image_url'),
      ...spread(flag, 'short_fields', 'link_names'),
      api_url: url,
      thumb_url: texts,
      fields: () => [{ title: 'a', value: '', short: true }],
      actions: () => [{ type: 'button', text: 'x', url: 'u', msg: 'm' }],
    },
  },
  slack: {
    required: [(draw) => ({ api_url: url(draw) }), () => ({ api_url_file: '/u' }), () => ({})],
    optional: {
      ...spread(texts, 'channel', 'username', 'color', 'title', 'title_link', 'pretext', 'text', 'message_text'),
      ...spread(texts, 'footer', 'fallback', 'callback_id', 'icon_emoji', 'icon_url', 'image_url', 'thumb_url'),
      ...spread(flag, 'short_fields', 'link_names'),
      app_url: url,
      mrkdwn_in: () => ['text', 'pretext'],
      fields: (draw) => [{ title: 'a', value: 'b', short: flag(draw) }],
      actions: slackAction,
      timeout: goDuration,
    },
  },
  sns: {
    required: [() => ({ topic_arn: 'arn:a' }), () => ({ phone_number: '+1' }), () => ({ target_arn: 'x' })],
    optional: {
      ...spread(texts, 'api_url', 'subject', 'message'),
      sigv4: (draw) => draw.pick<Node>([{ region: 'eu' }, { access_key: 'a', secret_key: 'b' }, { profile: 'p' }]),
      attributes: wordMap,
      use_aws_http_client: flag,
    },
  },
  telegram: {
    required: [
      () => ({ bot_token: 't', chat_id: raw('-1001234567890') }),
      () => ({ bot_token_file: '/t', chat_id_file: '/c' }),
    ],
    optional: {
      api_url: url,
      message: texts,
      message_thread_id: () => 7,
      disable_notifications: flag,
      parse_mode: (draw) => draw.pick(['Markdown', 'MarkdownV2', 'HTML', '']),
    },
  },
  victorops: {
    required: [() => ({ api_key: 'k', routing_key: 'r' }), () => ({ api_key_file: '/k', routing_key: 'r' })],
    optional: {
      ...spread(texts, 'message_type', 'state_message', 'entity_display_name', 'monitoring_tool'),
      api_url: url,
      custom_fields: wordMap,
    },
  },
  webex: {
    required: [() => ({ room_id: 'r', http_config: { authorization: { credentials: 'x' } } })],
    optional: { api_url: url, message: texts },
  },
  webhook: {
    required: [
      (draw) => ({ url: draw.pick([...urls, 'http://a/{{ .GroupLabels.team }}', '{{ len "a" }}']) }),
      () => ({ url_file: '/u' }),
    ],
    optional: {
      max_alerts: (draw) => draw.pick([0, 5, raw('0x10')]),
      timeout: goDuration,
      payload: (draw) => draw.pick<Node>([{ a: '{{ . }}', b: [1] }, 'text', [1, 2]]),
    },
  },
  wechat: {
    required: [() => ({ api_secret: 's', corp_id: 'c' }), () => ({ api_secret_file: '/s', corp_id: 'c' })],
    optional: {
      ...spread(texts, 'message', 'to_user', 'to_party', 'to_tag', 'agent_id'),
      api_url: url,
      message_type: (draw) => draw.pick(['text', 'markdown', '']),
    },
  },
};

/** A configuration of that notifier which Alertmanager takes, when `global` has what it leaves out. */
export function makeNotifier(draw: Draw, kind: string): Tree {
  const maker = notifierMakers[kind];
  if (maker === undefined) throw new Error(`There is no notifier ${kind}`);
  const made = { ...fill(draw, maker.optional, 0.15), ...draw.pick(maker.required)(draw) };
  if (draw.chance(0.15)) made['send_resolved'] = flag(draw);
  // Authentication of its own stands in the way of tokens.
  const isFree = !['email', 'webex', 'incidentio'].includes(kind);
  if (isFree && draw.chance(0.2)) made['http_config'] = httpConfig(draw);
  return made;
}
