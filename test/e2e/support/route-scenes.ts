import type { AlertmanagerConfig } from '../../../src/api/alertmanager-config.ts';
import { writeYamlFields } from '../../../src/base/yaml-writer.ts';
import type { YamlFields, YamlValue } from '../../../src/base/yaml-writer.ts';
import { mergeRoutes, strategies } from './merged-routes.ts';
import type { Draw } from './random.ts';
import {
  drawLabels,
  drawTenantMatcher,
  labelNames,
  makeBaseTree,
  makeTenantRoutes,
  tenants,
  writeLine,
} from './route-trees.ts';

/** Alerts that fire at the same time, and the configuration of the Alertmanager that gets them. */
export interface RouteScene {
  readonly config: string;
  readonly alerts: readonly ReadonlyMap<string, string>[];
}

type TenantRoute = NonNullable<AlertmanagerConfig['spec']['route']>;

const weekdays = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
const zones = [
  '',
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Auckland',
  'America/St_Johns',
];
const pad = (number: number): string => String(number).padStart(2, '0');

/** Ranges so wide that now, whenever it is, is in about half of them. */
function drawParts(draw: Draw): {
  readonly times: readonly [string, string];
  readonly weekdays: string;
  readonly days: readonly [number, number];
  readonly months: string;
  readonly years: string;
} {
  const [from, length] = [draw.below(24), 1 + draw.below(20)];
  const [first, last] = [draw.below(7), draw.below(7)].sort() as [number, number];
  const day = draw.pick([1, 5, 15, 28, -31, -10, -3]);
  const month = 1 + draw.below(12);
  return {
    times: [`${pad(from)}:${draw.pick(['00', '30'])}`, from + length > 23 ? '24:00' : `${pad(from + length)}:30`],
    weekdays: `${weekdays[first] ?? ''}:${weekdays[last] ?? ''}`,
    days: [day, day < 0 ? -1 : draw.pick([day, 28, 31])],
    months: `${month}:${month + draw.below(13 - month)}`,
    years: draw.pick(['2020:2090', '2031:2040']),
  };
}

function drawInterval(draw: Draw): YamlFields {
  const { times, weekdays: days, days: monthDays, months, years } = drawParts(draw);
  const parts: readonly (readonly [string, YamlValue])[] = [
    ['times', [{ start_time: times[0], end_time: times[1] }]],
    ['weekdays', [days]],
    ['days_of_month', [monthDays.join(':')]],
    ['months', [months]],
    ['years', [years]],
  ];
  return { ...Object.fromEntries(draw.some(parts, 0.35)), location: draw.pick(zones) };
}

const intervalNames = ['one', 'two', 'three'];

function addBaseIntervals(route: YamlFields, draw: Draw): YamlFields {
  const routes = (route.routes ?? []) as readonly YamlFields[];
  return {
    ...route,
    ...(draw.chance(0.4) ? { mute_time_intervals: draw.some(intervalNames, 0.6) } : {}),
    ...(draw.chance(0.3) ? { active_time_intervals: draw.some(intervalNames, 0.6) } : {}),
    routes: routes.map((child) => addBaseIntervals(child, draw)),
  };
}

function addTenantIntervals(route: TenantRoute, draw: Draw): TenantRoute {
  const routes = (route.routes ?? []) as TenantRoute[];
  return {
    ...route,
    ...(draw.chance(0.4) ? { muteTimeIntervals: draw.some(['own', ...intervalNames], 0.5) } : {}),
    ...(draw.chance(0.3) ? { activeTimeIntervals: draw.some(['own', ...intervalNames], 0.5) } : {}),
    routes: routes.map((child) => addTenantIntervals(child, draw)),
  };
}

function drawRule(draw: Draw): YamlFields {
  return {
    source_matchers: draw.chance(0.1) ? [] : [writeLine(draw)],
    target_matchers: draw.chance(0.1) ? [] : [writeLine(draw)],
    equal: draw.some(labelNames, 0.25),
  };
}

function makeBase(draw: Draw, hook: string): string {
  const { route, receivers } = makeBaseTree(draw);
  const { routes } = addBaseIntervals(route, draw);
  return writeYamlFields({
    // Each alert is a group of its own, which is looked at as soon as it is there.
    route: { ...route, group_by: ['...'], group_wait: '0s', routes: routes ?? [] },
    receivers: receivers.map((receiver) => ({ ...receiver, webhook_configs: [{ url: hook }] })),
    inhibit_rules: Array.from({ length: 1 + draw.below(3) }, () => drawRule(draw)),
    time_intervals: intervalNames.map((name) => ({
      name,
      time_intervals: Array.from({ length: 1 + draw.below(2) }, () => drawInterval(draw)),
    })),
  });
}

function makeTenant(namespace: string, draw: Draw, hook: string): AlertmanagerConfig {
  const { metadata, spec } = makeTenantRoutes(namespace, draw);
  const { times, weekdays: days, days: monthDays } = drawParts(draw);
  const own = {
    times: [{ startTime: times[0], endTime: times[1] }],
    ...(draw.chance(0.4) ? { weekdays: [days] } : {}),
    ...(draw.chance(0.3) ? { daysOfMonth: [{ start: monthDays[0], end: monthDays[1] }] } : {}),
  };
  const rule = {
    sourceMatch: [drawTenantMatcher(draw)],
    targetMatch: [drawTenantMatcher(draw)],
    equal: draw.some(['severity', 'team', 'code'], 0.4),
  };
  return {
    metadata,
    spec: {
      ...spec,
      receivers: (spec.receivers ?? []).map((receiver) => ({ ...receiver, webhookConfigs: [{ url: hook }] })),
      route: addTenantIntervals(spec.route ?? {}, draw),
      inhibitRules: draw.chance(0.5) ? [rule] : [],
      muteTimeIntervals: [{ name: 'own', timeIntervals: [own] }],
    },
  };
}

/** The alerts of one scene differ from each other and from those of other scenes. Empty labels are none. */
function drawAlerts(draw: Draw, scene: string): ReadonlyMap<string, string>[] {
  const draws = Array.from({ length: 8 }, () => [...drawLabels(draw)].filter(([, value]) => value !== ''));
  const alerts = draws.map((labels) => new Map([...labels, ['scene', scene]]));
  const byLabels = new Map(alerts.map((labels) => [JSON.stringify([...labels].sort()), labels]));
  return [...byLabels.values()];
}

interface SceneInput {
  /** Of this scene alone. */
  readonly name: string;
  /** Where all receivers notify. */
  readonly hook: string;
}

/** The same scene for the same draws. */
export function makeScene(draw: Draw, { name, hook }: SceneInput): RouteScene {
  const configs = tenants.map((tenant) => makeTenant(tenant, draw, hook));
  const strategy = draw.pick(strategies);
  return { config: mergeRoutes(configs, makeBase(draw, hook), strategy), alerts: drawAlerts(draw, name) };
}
