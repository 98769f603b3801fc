import { alertmanagerConfigSpec } from '../../../src/api/alertmanager-config.ts';
import type { AlertmanagerConfig } from '../../../src/api/alertmanager-config.ts';
import type { AssetObject } from '../../../src/core/assets/store.ts';
import type { Draw } from './random.ts';

/** The part of a JSON schema that says what can be drawn. */
interface StructuralSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, StructuralSchema>>;
  readonly required?: readonly string[];
  readonly items?: StructuralSchema;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
}

/**
 * AlertmanagerConfigs of tenants, drawn from the schema so that every field comes up: most are plain, some are what the API
 * server lets through and Alertmanager does not.
 */

const plain = ['a', 'text', '{{ .CommonLabels.job }}', 'x y', 'yes', '0644', '12', 'null', 'é', 'a: b # c'];
const odd = ['', '{{', '{{ nope }}', '"', '`', 'a\nb', '$(HOME)', '...', '\u2028', ' '];
const urls = ['https://a.example/x', 'http://[::1]:80/', 'https://a.example/{{ .GroupLabels.x }}'];
const oddUrls = ['not a url', '//a', 'ftp://a', 'https://', 'http://a:b', '{{', 'https://a\nb'];
const durations = ['5m', '1h', '30s', '1d'];
const labels = ['job', 'instance', 'severity'];

/** Keys of the Secret that each tenant has. */
const keys: Readonly<Record<string, string>> = {
  text: 'hunter2',
  url: 'https://hooks.example/x',
  odd: '\u0007\n',
  slack: 'https://slack.com/api/chat.postMessage',
};

export const secretName = 'keys';

export function makeSecret(namespace: string): AssetObject {
  const data = Object.entries(keys).map(([key, text]) => [key, Buffer.from(text).toString('base64')] as const);
  return { kind: 'Secret', metadata: { namespace, name: secretName }, data: Object.fromEntries(data) };
}

/** How often something odd is drawn in place of something plain. */
const oddity = 0.02;

const drawText = (draw: Draw, usual: readonly string[], unusual: readonly string[]): string =>
  draw.chance(oddity) ? draw.pick(unusual) : draw.pick(usual);

/** Values by what fields are called, where any text would nearly always be wrong. */
const byName: Readonly<Record<string, (draw: Draw) => unknown>> = {
  smarthost: (draw) => drawText(draw, ['mail:25', '[::1]:25'], ['mail', 'mail:25:1']),
  proxyUrl: () => 'http://proxy:8080',
  proxyURL: () => 'http://proxy:8080',
  startTime: (draw) => drawText(draw, ['08:00'], ['24:00', '']),
  endTime: (draw) => drawText(draw, ['17:00', '24:00'], ['00:00', '']),
  weekdays: (draw) => [draw.pick(['monday', 'monday:friday', 'Saturday'])],
  months: (draw) => [draw.pick(['january:March', '5:8', '12', 'may'])],
  years: (draw) => [draw.pick(['2030', '2030:2031'])],
  daysOfMonth: (draw) => [
    draw.pick([
      { start: 1, end: 5 },
      { start: -3, end: -1 },
      { start: 7, end: 7 },
    ]),
  ],
  groupBy: (draw) => (draw.chance(oddity) ? ['...', draw.pick(odd)] : [draw.pick(labels)]),
  equal: (draw) => [drawText(draw, labels, odd)],
  chatID: () => 7,
};

function drawNamed(name: string, draw: Draw): unknown {
  if (/url$|^href$|iconURL|titleLink/i.test(name)) return drawText(draw, urls, oddUrls);
  return Object.hasOwn(byName, name) ? byName[name]?.(draw) : undefined;
}

const isKeySelector = ({ properties = {} }: StructuralSchema): boolean =>
  'key' in properties && 'optional' in properties;

const drawKey = (name: string, draw: Draw): unknown => {
  const usual = /url|webhook/i.test(name) ? ['url'] : ['text'];
  return { name: secretName, key: drawText(draw, usual, ['odd', 'text', 'slack', 'missing']) };
};

function drawValue(name: string, schema: StructuralSchema, draw: Draw): unknown {
  if (isKeySelector(schema)) return drawKey(name, draw);
  const named = drawNamed(name, draw);
  if (named !== undefined) return named;
  if (schema.enum !== undefined) return draw.pick(schema.enum);
  switch (schema.type) {
    case 'array':
      return Array.from({ length: 1 + draw.below(2) }, () => drawValue(`${name}[]`, schema.items ?? {}, draw));
    case 'boolean':
      return draw.chance(0.5);
    case 'integer':
      return draw.below(9);
    case 'object':
      return schema.properties === undefined ? { a: drawText(draw, plain, odd) } : drawObject(schema, draw);
    default:
      return schema.pattern?.includes('ms') === true ? draw.pick(durations) : drawText(draw, plain, odd);
  }
}

/** Sides of which the API takes one: what is drawn besides it goes away. */
const exclusive = [
  ['authorization', 'basicAuth', 'oauth2', 'bearerTokenSecret'],
  ['proxyFromEnvironment', 'proxyUrl', 'proxyURL'],
  ['topicARN', 'targetARN', 'phoneNumber'],
  ['botToken', 'botTokenFile'],
  ['secret', 'configMap'],
  ['html', 'monospace'],
];

/** What is nearly always wrong without. */
const usuallyThere = new Set(
  'startTime endTime username password secret name webhookURL accessKey secretKey'.split(' '),
);

function drawObject({ properties = {}, required = [] }: StructuralSchema, draw: Draw): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(properties)) {
    // Files are not in the generator's tenants; configMap would need one.
    if (/^(?:configMap|ca|cert|keySecret|proxyConnectHeader|optional|noProxy)$/.test(name)) continue;
    if (required.includes(name) || usuallyThere.has(name) || draw.chance(0.35))
      made[name] = drawValue(name, schema, draw);
  }
  for (const names of exclusive)
    for (const name of names.filter((one) => made[one] !== undefined).slice(1))
      if (!draw.chance(oddity)) Reflect.deleteProperty(made, name);
  return made;
}

/** What receivers nearly always need besides what the schema requires. */
const needs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  webexConfigs: { httpConfig: { authorization: { credentials: { name: secretName, key: 'text' } } } },
  wechatConfigs: { apiSecret: { name: secretName, key: 'text' }, corpID: 'c', messageType: 'text' },
  emailConfigs: { to: 'a@example', smarthost: 'mail:25', from: 'b@example' },
  pagerdutyConfigs: { routingKey: { name: secretName, key: 'text' } },
  pushoverConfigs: { userKey: { name: secretName, key: 'text' }, token: { name: secretName, key: 'text' } },
  snsConfigs: { topicARN: 'arn:aws:sns:eu:1:x', targetARN: undefined, phoneNumber: undefined },
  telegramConfigs: { botToken: { name: secretName, key: 'text' }, botTokenFile: undefined },
  webhookConfigs: { url: 'https://a.example' },
};

const receiverSchema = (): StructuralSchema => {
  const spec: StructuralSchema = alertmanagerConfigSpec as object;
  return spec.properties?.['receivers']?.items ?? {};
};

function drawReceiver(name: string, draw: Draw): Record<string, unknown> {
  const receiver: Record<string, unknown> = { name };
  const kinds = Object.entries(receiverSchema().properties ?? {}).filter(([kind]) => kind !== 'name');
  const [kind, schema] = draw.pick(kinds);
  const drawn = drawObject(schema.items ?? {}, draw);
  receiver[kind] = [draw.chance(oddity) ? drawn : { ...drawn, ...needs[kind] }];
  return receiver;
}

const drawMatcher = (draw: Draw): object => ({
  name: drawText(draw, labels, ['foo bar', '', '1a', 'é', '{a', 'a="b",c']),
  value: drawText(draw, plain, odd),
  ...draw.pick<object>([{ matchType: '=' }, { matchType: '!=' }, { matchType: '=~' }, { regex: true }, {}]),
});

function drawRoute(names: readonly string[], draw: Draw, depth: number): Record<string, unknown> {
  const spec: StructuralSchema = alertmanagerConfigSpec as object;
  const { routes: _routes, matchers: _matchers, ...properties } = spec.properties?.['route']?.properties ?? {};
  const drawn = drawObject({ properties }, draw);
  const { muteTimeIntervals: _mute, activeTimeIntervals: _active, ...route } = drawn;
  return {
    ...route,
    receiver: draw.chance(oddity) ? 'nobody' : draw.pick(names),
    ...(draw.chance(0.5) ? { matchers: [drawMatcher(draw)] } : {}),
    ...(draw.chance(0.2) ? { muteTimeIntervals: [draw.chance(0.05) ? 'awol' : 'night'] } : {}),
    ...(depth < 2 && draw.chance(0.4) ? { routes: [drawRoute(names, draw, depth + 1)] } : {}),
  };
}

/** An object of a tenant; the same one for the same seed. */
export function makeTenantConfig(namespace: string, name: string, draw: Draw): AlertmanagerConfig {
  const names = ['one', 'two'].slice(0, 1 + draw.below(2));
  const spec: StructuralSchema = alertmanagerConfigSpec as object;
  const interval = spec.properties?.['muteTimeIntervals']?.items?.properties?.['timeIntervals'] ?? {};
  const rule = { sourceMatch: [drawMatcher(draw)], targetMatch: [drawMatcher(draw)], equal: [draw.pick(labels)] };
  const made = {
    receivers: names.map((receiver) => drawReceiver(receiver, draw)),
    route: drawRoute(names, draw, 0),
    inhibitRules: draw.chance(0.4) ? [rule] : [],
    muteTimeIntervals: [{ name: 'night', timeIntervals: drawValue('timeIntervals', interval, draw) }],
  };
  return { metadata: { namespace, name }, spec: made as AlertmanagerConfig['spec'] };
}
