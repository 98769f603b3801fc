import type { AlertmanagerConfig } from '../../../src/api/alertmanager-config.ts';
import { writeYamlFields } from '../../../src/base/yaml-writer.ts';
import type { YamlFields } from '../../../src/base/yaml-writer.ts';
import { raw } from './alertmanager-notifiers.ts';
import type { Draw } from './random.ts';

/** Trees of routes whose matchers meet the alerts that are drawn: about half of the routes that are tried take one. */

export const tenants = ['shop', 'pay', 'data', 'edge'] as const;

/** Names of labels, and the values that alerts have; matchers draw from the same. */
const values: Readonly<Record<string, readonly string[]>> = {
  namespace: [...tenants, 'kube-system'],
  severity: ['critical', 'warning', 'info'],
  team: ['a', 'b', 'ab', 'A'],
  alertname: ['Down', 'DownLong', 'High Latency', 'Watchdog'],
  path: ['/api/1', '/api/22', '/', 'a"b', 'a\\b', 'a,b', 'line\nbreak', '{x}'],
  'foo bar': ['é', 'x', ' y '],
  code: ['5', '05', 'true', '5xx'],
};
export const labelNames = Object.keys(values);
/** Those that the older grammar can write. */
const plainNames = labelNames.filter((name) => /^\w+$/.test(name));

const expressions: Readonly<Record<string, readonly string[]>> = {
  namespace: ['shop|pay', '.*-system', '[a-d].+'],
  severity: ['crit.*', 'critical|warning', '', '(?i:INFO)'],
  team: ['a|b', '[ab]{2}', 'a?b', '[a-z]+'],
  alertname: ['Down.*', '.*Latency', 'Watch(dog|cat)', '.+'],
  path: ['/api/\\d+', '.*', 'a.b', 'line.break', '[{].*', 'a\\\\b'],
  'foo bar': ['\\pL', '.*y.*', ''],
  code: ['5|05', '\\d+', '5..'],
};

const quote = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;

const drawValue = (name: string, draw: Draw): string => (draw.chance(0.1) ? '' : draw.pick(values[name] ?? []));

interface DrawnMatcher {
  readonly name: string;
  readonly type: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

export function drawMatcher(draw: Draw, known: readonly string[]): DrawnMatcher {
  const name = draw.pick(known);
  const type = draw.pick(['=', '=', '!=', '=~', '=~', '!~'] as const);
  return { name, type, value: type.includes('~') ? draw.pick(expressions[name] ?? []) : drawValue(name, draw) };
}

/** A line in one of the ways in which people write it: bare, in quotes, in braces, several at once. */
export function writeLine(draw: Draw): string {
  const written = Array.from({ length: draw.chance(0.2) ? 2 : 1 }, () => {
    const { name, type, value } = drawMatcher(draw, labelNames);
    const isPlain = /^\w+$/.test(name);
    const isBare = isPlain && /^[\w./]+$/.test(value) && draw.chance(0.4);
    const gap = draw.chance(0.2) ? ' ' : '';
    return `${isPlain ? name : quote(name)}${gap}${type}${gap}${isBare ? value : quote(value)}`;
  });
  const line = written.join(draw.chance(0.5) ? ',' : ', ');
  return draw.chance(0.3) ? `{${line}}` : line;
}

const drawMap = (draw: Draw, table: Readonly<Record<string, readonly string[]>>): Record<string, string> => {
  const name = draw.pick(plainNames);
  return { [name]: draw.pick(table[name] ?? []) };
};

/** A route of alertmanager.yaml: all three keys of matchers, whatever YAML's types make of their values. */
function drawBaseRoute(draw: Draw, depth: number): YamlFields {
  const count = depth >= 5 || draw.chance(0.3) ? 0 : 1 + draw.below(4);
  return {
    ...(draw.chance(0.8) ? { receiver: `base-${draw.below(6)}` } : {}),
    ...(draw.chance(0.25) ? { match: draw.chance(0.2) ? { code: raw('5') } : drawMap(draw, values) } : {}),
    ...(draw.chance(0.2) ? { match_re: drawMap(draw, expressions) } : {}),
    ...(draw.chance(0.6) ? { matchers: Array.from({ length: 1 + draw.below(2) }, () => writeLine(draw)) } : {}),
    ...(draw.chance(0.4) ? { continue: draw.pick([true, raw('yes'), false]) } : {}),
    routes: Array.from({ length: count }, () => drawBaseRoute(draw, depth + 1)),
  };
}

/** What is in the Secret of the Alertmanager. */
export function makeBaseTree(draw: Draw): BaseTree {
  const routes = Array.from({ length: 2 + draw.below(4) }, () => drawBaseRoute(draw, 1));
  const receivers = ['root', ...Array.from({ length: 6 }, (_, at) => `base-${at}`)].map((name) => ({ name }));
  return { route: { receiver: 'root', routes }, receivers };
}

interface BaseTree {
  readonly route: YamlFields;
  readonly receivers: readonly YamlFields[];
}

export const makeBase = (draw: Draw): string => writeYamlFields({ ...makeBaseTree(draw) });

type TenantRoute = NonNullable<AlertmanagerConfig['spec']['route']>;
type TenantMatcher = NonNullable<TenantRoute['matchers']>[number];

/** As people write the two forms of a matcher of an AlertmanagerConfig, which is written as a line without quotes around names. */
export function drawTenantMatcher(draw: Draw): TenantMatcher {
  const { name, type, value } = drawMatcher(draw, plainNames);
  if (type.startsWith('!') || draw.chance(0.5)) return { name, value, matchType: type };
  return type === '=~' ? { name, value, regex: true } : { name, value };
}

function drawTenantRoute(draw: Draw, depth: number): TenantRoute {
  const count = depth >= 5 || draw.chance(0.3) ? 0 : 1 + draw.below(3);
  return {
    ...(depth === 0 || draw.chance(0.8) ? { receiver: `to-${draw.below(3)}` } : {}),
    ...(draw.chance(depth === 0 ? 0.3 : 0.7) ? { matchers: [drawTenantMatcher(draw)] } : {}),
    ...(draw.chance(0.3) ? { continue: true } : {}),
    routes: Array.from({ length: count }, () => drawTenantRoute(draw, depth + 1)),
  };
}

/** The AlertmanagerConfig of a tenant. */
export function makeTenantRoutes(namespace: string, draw: Draw): AlertmanagerConfig {
  const receivers = Array.from({ length: 3 }, (_, at) => ({ name: `to-${at}` }));
  return { metadata: { namespace, name: 'x' }, spec: { route: drawTenantRoute(draw, 0), receivers } };
}

/** Labels of an alert. */
export function drawLabels(draw: Draw): ReadonlyMap<string, string> {
  return new Map(draw.some(labelNames, 0.6).map((name) => [name, drawValue(name, draw)]));
}

/** As amtool takes labels on its command line. */
export const writeLabels = (labels: ReadonlyMap<string, string>): string[] =>
  [...labels].map(([name, value]) => `${/^\w+$/.test(name) ? name : quote(name)}=${quote(value)}`);
