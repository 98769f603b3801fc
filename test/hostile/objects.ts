import type { SeededRandom } from '../e2e/discovery/seeded-random.ts';
import type { MakeText } from './texts/make.ts';
import { makePromql } from './texts/promql.ts';
import { makeRegexp, makeSubject } from './texts/regexps.ts';
import {
  makeDuration,
  makeMatcher,
  makeName,
  makeQuantity,
  makeReplacement,
  makeSelector,
  makeUrl,
} from './texts/scalars.ts';
import { makeTemplate } from './texts/templates.ts';

type Fields = Record<string, unknown>;

/** Values that are right: what comes after the first checks is reached with most fields right and one wrong. */
const plain: ReadonlyMap<MakeText, string> = new Map([
  [makeDuration, '30s'],
  [makeUrl, 'http://a.example/b'],
  [makeQuantity, '1GB'],
  [makePromql, 'up{a=~"b.*"} == 0'],
  [makeTemplate, '{{ $value }}'],
  [makeRegexp, '(a+)b.*'],
  [makeMatcher, 'a=~"b.*"'],
  [makeReplacement, '${1}'],
  [makeSelector, 'a=b'],
]);

/** Fills the fields of one object: all of them share the room. */
export class Filler {
  readonly random: SeededRandom;
  #room: number;
  /** How many of the fields are right. */
  readonly #right: number;
  #names = 0;

  constructor(random: SeededRandom, room: number) {
    this.random = random;
    this.#room = room;
    this.#right = random.pick([0, 0.7, 0.95, 0.99, 1]);
  }

  /** Now and then most of the room is used by one field. */
  text(make: MakeText): string {
    if (this.random.chance(this.#right)) return plain.get(make) ?? `a${(this.#names += 1)}`;
    const share = this.random.chance(0.25) ? this.#room : Math.min(this.#room, this.random.integer(1, 60));
    const text = make(this.random, Math.max(1, share));
    this.#room = Math.max(0, this.#room - text.length);
    return text;
  }

  /** One item, some, or many while there is room. */
  list<T>(make: () => T): T[] {
    const most = this.random.pick([1, 1, 2, 5, 50, 1000]);
    const items = [make()];
    while (items.length < most && this.#room > 0) {
      items.push(make());
      this.#room -= 8;
    }
    return items;
  }

  map(key: MakeText, value: MakeText): Record<string, string> {
    return Object.fromEntries(this.list(() => [this.text(key), this.text(value)] as const));
  }

  /** A field that is there or not. */
  maybe(field: string, make: () => unknown): Fields {
    return this.random.chance(0.5) ? { [field]: make() } : {};
  }
}

const huge = [0, 1, 1e15, Number.MAX_SAFE_INTEGER, 1e18, -1, 4294967296];
const actions = [
  'replace',
  'keep',
  'drop',
  'hashmod',
  'labelmap',
  'labeldrop',
  'labelkeep',
  'lowercase',
  'uppercase',
  'keepequal',
  'dropequal',
  'Replace',
];

/** A selector of labels. */
export function makeLabelSelector(filler: Filler): Fields {
  const requirement = (): Fields => ({
    key: filler.text(makeName),
    operator: filler.random.pick(['In', 'NotIn', 'Exists', 'DoesNotExist']),
    ...filler.maybe('values', () => filler.list(() => filler.text(makeName))),
  });
  return {
    ...filler.maybe('matchLabels', () => filler.map(makeName, makeName)),
    ...filler.maybe('matchExpressions', () => filler.list(requirement)),
  };
}

/** Rules of relabelling, as monitors have them. */
export const makeRelabelings = (filler: Filler): Fields[] =>
  filler.list(() => ({
    ...filler.maybe('sourceLabels', () => filler.list(() => filler.random.pick(['a', 'b', filler.text(makeName)]))),
    ...filler.maybe('separator', () => filler.text(makeSubject)),
    ...filler.maybe('targetLabel', () => filler.random.pick(['a', 'b', filler.text(makeReplacement)])),
    ...filler.maybe('regex', () => filler.text(makeRegexp)),
    ...filler.maybe('modulus', () => filler.random.pick(huge)),
    ...filler.maybe('replacement', () => filler.text(makeReplacement)),
    action: filler.random.pick(actions),
  }));

/** The spec of a PrometheusRule. */
export function makeRules(filler: Filler): Fields {
  const rule = (): Fields => ({
    [filler.random.chance(0.5) ? 'alert' : 'record']: filler.text(makeName),
    expr: filler.text(makePromql),
    ...filler.maybe('for', () => filler.text(makeDuration)),
    ...filler.maybe('labels', () => filler.map(makeName, makeTemplate)),
    ...filler.maybe('annotations', () => filler.map(makeName, makeTemplate)),
  });
  const groups = filler.list(() => ({
    name: filler.text(makeName),
    ...filler.maybe('interval', () => filler.text(makeDuration)),
    rules: filler.list(rule),
  }));
  return { groups };
}

const makeEndpoint = (filler: Filler): Fields => ({
  port: filler.text(makeName),
  ...filler.maybe('path', () => filler.text(makeUrl)),
  ...filler.maybe('interval', () => filler.text(makeDuration)),
  ...filler.maybe('scrapeTimeout', () => filler.text(makeDuration)),
  ...filler.maybe('proxyUrl', () => filler.text(makeUrl)),
  ...filler.maybe('params', () => ({ [filler.text(makeName)]: filler.list(() => filler.text(makeName)) })),
  ...filler.maybe('relabelings', () => makeRelabelings(filler)),
  ...filler.maybe('metricRelabelings', () => makeRelabelings(filler)),
  ...filler.maybe('basicAuth', () => ({ username: { name: filler.text(makeName), key: filler.text(makeName) } })),
});

const makeCommon = (filler: Filler): Fields => ({
  ...filler.maybe('jobLabel', () => filler.text(makeName)),
  ...filler.maybe('sampleLimit', () => filler.random.pick(huge)),
  ...filler.maybe('bodySizeLimit', () => filler.text(makeQuantity)),
});

const makeMonitorOf =
  (endpoints: string) =>
  (filler: Filler): Fields => ({
    ...makeCommon(filler),
    selector: makeLabelSelector(filler),
    ...filler.maybe('namespaceSelector', () => ({ matchNames: filler.list(() => filler.text(makeName)) })),
    ...filler.maybe('podTargetLabels', () => filler.list(() => filler.text(makeName))),
    [endpoints]: filler.list(() => makeEndpoint(filler)),
  });

function makeProbe(filler: Filler): Fields {
  const statics = {
    static: filler.list(() => filler.text(makeUrl)),
    ...filler.maybe('labels', () => filler.map(makeName, makeName)),
  };
  const ingress = { selector: makeLabelSelector(filler), relabelingConfigs: makeRelabelings(filler) };
  return {
    ...makeCommon(filler),
    prober: { url: filler.text(makeUrl) },
    ...filler.maybe('interval', () => filler.text(makeDuration)),
    targets: filler.random.chance(0.5) ? { staticConfig: statics } : { ingress },
  };
}

function makeScrapeConfig(filler: Filler): Fields {
  const role = filler.random.pick(['Pod', 'Service', 'EndpointSlice']);
  const selector = (): Fields => ({
    role,
    ...filler.maybe('label', () => filler.text(makeName)),
    field: filler.text(makeName),
  });
  return {
    ...makeCommon(filler),
    ...filler.maybe('staticConfigs', () => filler.list(() => ({ targets: filler.list(() => filler.text(makeUrl)) }))),
    ...filler.maybe('httpSDConfigs', () => filler.list(() => ({ url: filler.text(makeUrl) }))),
    ...filler.maybe('fileSDConfigs', () => filler.list(() => ({ files: filler.list(() => filler.text(makeName)) }))),
    ...filler.maybe('kubernetesSDConfigs', () => [{ role, selectors: filler.list(selector) }]),
    ...filler.maybe('scrapeInterval', () => filler.text(makeDuration)),
    ...filler.maybe('relabelings', () => makeRelabelings(filler)),
    ...filler.maybe('metricsPath', () => filler.text(makeUrl)),
  };
}

/** Specs of monitors by kind. */
export const monitorSpecs = {
  ServiceMonitor: makeMonitorOf('endpoints'),
  PodMonitor: makeMonitorOf('podMetricsEndpoints'),
  Probe: makeProbe,
  ScrapeConfig: makeScrapeConfig,
} as const;

const makeMatchers = (filler: Filler): Fields[] =>
  filler.list(() => ({
    name: filler.random.pick(['a', filler.text(makeName)]),
    value: filler.text(filler.random.chance(0.5) ? makeRegexp : makeMatcher),
    matchType: filler.random.pick(['=', '!=', '=~', '!~']),
  }));

/** A route with children: a chain of them, or many beside each other. */
function makeRoute(filler: Filler, depth: number): Fields {
  return {
    receiver: filler.random.pick(['hook', filler.text(makeName)]),
    ...filler.maybe('matchers', () => makeMatchers(filler)),
    ...filler.maybe('groupBy', () => filler.list(() => filler.text(makeName))),
    ...filler.maybe('groupWait', () => filler.text(makeDuration)),
    ...(depth === 0 ? {} : { routes: [makeRoute(filler, depth - 1)] }),
  };
}

/** The spec of an AlertmanagerConfig, v1alpha1. */
export function makeAlertmanagerSpec(filler: Filler): Fields {
  const { random } = filler;
  const receiver = (name: string): Fields => ({
    name,
    ...filler.maybe('webhookConfigs', () => filler.list(() => ({ url: filler.text(makeUrl) }))),
    ...filler.maybe('slackConfigs', () => [
      { apiURL: { name: 's', key: 'k' }, title: filler.text(makeTemplate), channel: filler.text(makeName) },
    ]),
    ...filler.maybe('emailConfigs', () => [{ to: filler.text(makeName), smarthost: filler.text(makeUrl) }]),
    ...filler.maybe('pagerdutyConfigs', () => [
      { url: filler.text(makeTemplate), details: [{ key: filler.text(makeName), value: 'a' }] },
    ]),
  });
  const interval = (): Fields => ({
    times: [{ startTime: filler.text(makeDuration), endTime: '24:00' }],
    months: [filler.text(makeName)],
  });
  return {
    route: makeRoute(filler, random.pick([0, 0, 1, 5, 50, 150, 1000])),
    receivers: [receiver('hook'), ...filler.list(() => receiver(filler.text(makeName)))],
    ...filler.maybe('inhibitRules', () =>
      filler.list(() => ({ sourceMatch: makeMatchers(filler), targetMatch: makeMatchers(filler) })),
    ),
    ...filler.maybe('muteTimeIntervals', () =>
      filler.list(() => ({ name: filler.text(makeName), timeIntervals: [interval()] })),
    ),
  };
}

/** What the spec of a Prometheus has beside its selectors. */
export const makeWorkloadSpec = (filler: Filler): Fields => ({
  ...filler.maybe('version', () => filler.text(makeQuantity)),
  ...filler.maybe('image', () => filler.text(makeUrl)),
  ...filler.maybe('retention', () => filler.text(makeDuration)),
  ...filler.maybe('retentionSize', () => filler.text(makeQuantity)),
  ...filler.maybe('externalLabels', () => filler.map(makeName, makeName)),
  ...filler.maybe('scrapeInterval', () => filler.text(makeDuration)),
  ...filler.maybe('externalUrl', () => filler.text(makeUrl)),
  ...filler.maybe('serviceMonitorSelector', () => makeLabelSelector(filler)),
  ...filler.maybe('resources', () => ({ requests: { memory: filler.text(makeQuantity) } })),
  ...filler.maybe('additionalArgs', () =>
    filler.list(() => ({ name: filler.text(makeName), value: filler.text(makeName) })),
  ),
  ...filler.maybe('remoteWrite', () => [{ url: filler.text(makeUrl), writeRelabelConfigs: makeRelabelings(filler) }]),
  ...filler.maybe('containers', () => filler.list(() => ({ name: filler.text(makeName), image: 'a' }))),
  ...filler.maybe('secrets', () => filler.list(() => filler.text(makeName))),
});

/** Maps or lists in each other. */
export function makeDeep(random: SeededRandom, room: number): unknown {
  const form = random.integer(0, 2);
  let value: unknown = 'x';
  for (let depth = 0; depth < room / 6; depth += 1)
    value = form === 0 ? [value] : form === 1 ? { a: value } : [{ a: value }];
  return value;
}
