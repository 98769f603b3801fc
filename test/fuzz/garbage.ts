import type { JsonObject } from '../../src/base/json.ts';
import type { SeededRandom } from '../e2e/discovery/seeded-random.ts';
import { makeText, nest } from './values.ts';

const levels = 'abcdefghi';
const bomb = Array.from(levels)
  .map(
    (name, at) =>
      `${name}: &${name} [${Array(9)
        .fill(at === 0 ? 'x' : `*${levels[at - 1] ?? ''}`)
        .join(',')}]`,
  )
  .join('\n');

/** YAML of every evil kind. */
const yamls: readonly string[] = [
  '',
  '---\n---\n',
  'a: 1\n---\nb: 2\n---\n- c\n',
  '- job_name: a\n---\n- job_name: b\n',
  '\ufeff- job_name: a\n',
  '- job_name: a\u0000b\n',
  'a:\n\t- b\n',
  '\t',
  '%YAML 9.9\n---\na',
  '- !!js/function "function () {}"\n',
  '- !!js/regexp /a/\n',
  '- !!binary "////"\n',
  '- !!set {a, b}\n',
  '- !!omap [a: 1, a: 2]\n',
  '- !custom {a: b}\n',
  '!!python/object:os.system []\n',
  'a: &a [*a]\n',
  '&a [*a]\n',
  '- &a {b: *a}\n',
  'a: *nowhere\n',
  bomb,
  `- job_name: a\n  static_configs: &x [{targets: [a]}]\n  <<: {job_name: b}\n`,
  '<<: [1, 2]\n',
  '<<: *x\n',
  'a: &a {<<: *a}\n',
  '- <<: {__proto__: {polluted: true}}\n',
  '__proto__: {polluted: true}\nconstructor: {prototype: 1}\n',
  '- job_name: a\n  __proto__: {scheme: ftp}\n',
  '? [a, b]\n: c\n',
  '? {a: b}\n: c\n',
  '{{{{{{{',
  '[[[[[[[',
  '"unclosed',
  "'unclosed",
  '- |\n a\n  b\n c',
  '>\n\n',
  'a: b: c',
  '- - - - - -',
  'a: 1\na: 2\n',
  '0x7fffffffffffffffffff',
  '1e999',
  '-.inf',
  '.nan',
  '2001-01-01',
  '12:30:45',
  '0o777',
  '1_000',
  '~',
  'null',
  'yes',
  '-',
  '?',
  ':',
  '#',
  '&',
  '*',
  '!',
  '|',
  '>',
  '@',
  '`',
  '%',
  `- job_name: ${'a'.repeat(20_000)}\n`,
  '['.repeat(5000),
  `${'- '.repeat(3000)}a`,
  JSON.stringify(nest(99, 'map')),
  JSON.stringify(nest(101, 'list')),
  'a: &x b\n'.repeat(500),
  '- job_name: a\n  relabel_configs: [{regex: "("}]\n',
  '- job_name: a\n  scrape_interval: -1s\n',
  '- job_name: a\n  kubernetes_sd_configs: [{role: 7}]\n',
  '- job_name: [a]\n',
  '- null\n',
  '- 1\n',
  'text',
  '- job_name: a\n- job_name: a\n',
  'route: {receiver: a, routes: [{receiver: b}]}\nreceivers: [{name: a}]\n',
  'route: null\nreceivers: null\n',
  'route: []\n',
  'route: {receiver: a}\nreceivers: {a: b}\n',
  'route: &r {receiver: a, routes: [*r]}\nreceivers: [{name: a}]\n',
  'global: 7\n',
  'route: {receiver: a}\nreceivers: [{name: a, webhook_configs: [null]}]\ntemplates: 7\n',
  'route: {receiver: a, matchers: [7, null, "a="]}\nreceivers: [{name: a}, null, 7]\ninhibit_rules: {a: b}\n',
  'route: {receiver: __proto__}\nreceivers: [{name: __proto__}]\n',
  'route: {receiver: a, group_by: {a: b}, group_wait: []}\nreceivers: [{name: a, constructor: [{}]}]\ntime_intervals: [{name: a, time_intervals: [{times: [7]}]}]\n',
];

const goodYaml = [
  '- job_name: a\n  static_configs: [{ targets: ["a:80"] }]\n  relabel_configs: [{ source_labels: [a], regex: "(.*)", target_label: b }]\n',
  'global: { resolve_timeout: 5m, smtp_smarthost: "a:25" }\nroute: { receiver: a, group_by: [job], routes: [{ receiver: a, matchers: [\'a="b"\'] }] }\nreceivers: [{ name: a, webhook_configs: [{ url: "http://a" }] }]\ntime_intervals: [{ name: n, time_intervals: [{ weekdays: [monday] }] }]\n',
];

const pems = [
  '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
  '-----BEGIN CERTIFICATE-----',
  '-----BEGIN RSA PRIVATE KEY-----\n\n-----END RSA PRIVATE KEY-----',
  '',
];

function makeBytes(random: SeededRandom): Buffer {
  return Buffer.from(Array.from({ length: random.pick([0, 1, 3, 64, 2000]) }, () => random.integer(0, 255)));
}

/** Some characters of a text that would be right, changed. */
function bendYaml(random: SeededRandom): string {
  let text = random.pick(goodYaml);
  for (let left = random.integer(1, 6); left > 0; left -= 1) {
    const at = random.integer(0, text.length);
    text =
      text.slice(0, at) +
      random.pick(['', ' ', '\n', '\t', '-', '[', '}', '&a ', '*a', '!!str ', '"', '\u0000', makeText(random)]) +
      text.slice(at + random.integer(0, 3));
  }
  return text;
}

/** What the `data` of a Secret holds under one key: base64 most of the time. */
function makeEncoded(random: SeededRandom): unknown {
  const makers: readonly (() => unknown)[] = [
    () => encode(random.pick(yamls)),
    () => encode(random.pick(yamls)),
    () => encode(bendYaml(random)),
    () => encode(bendYaml(random)),
    () => makeBytes(random).toString('base64'),
    () => encode(random.pick(pems)),
    () => random.pick(['=', '====', 'a', '%%%', 'YQ', 'Y Q = =', '\u0000', 'é', '\ud800']),
    () => random.pick([null, 7, true, [], {}, ['YQ=='], { a: 'YQ==' }]),
  ];
  return random.pick(makers)();
}

const encode = (text: string): string => Buffer.from(text).toString('base64');

/** The Secret and the ConfigMap that the victims refer to, with garbage. */
export function makeGarbage(random: SeededRandom): JsonObject[] {
  const metadata = { name: 'garbage', namespace: 'fuzz-evil' };
  const keys = ['yaml', 'text', 'binary', 'pem', 'alertmanager.yaml', '__proto__'];
  const pairs = keys.map((key) => [key, makeEncoded(random)] as const);
  const secret: JsonObject = { apiVersion: 'v1', kind: 'Secret', metadata, data: Object.fromEntries(pairs) };
  if (random.chance(0.05)) secret.data = random.pick([null, [], 'text', 7]);
  if (random.chance(0.05)) secret.stringData = random.pick([null, [], { a: 7 }, { a: null }, 'text']);
  const texts = { yaml: random.pick(yamls), pem: random.chance(0.1) ? 7 : makeText(random) };
  return [secret, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: texts }];
}

/** A whole file of manifests that is broken as text. */
export const makeFile = (random: SeededRandom): string => random.pick([random.pick(yamls), bendYaml(random)]);
