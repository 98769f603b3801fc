import type { AlertmanagerConfig } from '../../api/alertmanager-config.ts';
import type { PlacedMatcher } from '../alertmanager-config/matchers/matchers.ts';
import type { NamedInterval } from '../alertmanager-config/read-intervals.ts';
import type { InhibitRule, Route, RoutingConfig } from '../alertmanager-config/read-routing.ts';
import type { AlertmanagerMatch, RenderedAlertmanagerConfig } from '../desired/alertmanager-config.ts';
import { prefixOf } from '../render/alertmanager/config/config-fragment.ts';

/** A field of an object of the API. */
export interface Place {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Of a Secret: the key in which the field is. */
  readonly key?: string;
  /** Path from the object's root, or from the top of what is in the key: `spec.route.routes[1]`, `route.routes[1]`. */
  readonly field: string;
}

/** An object or file to which parts of the configuration belong. */
type Owner = Omit<Place, 'field'>;

const ownRoute = /^route\.routes\[(\d+)\](.*)$/;

/** Keys of alertmanager.yaml that are called differently in an AlertmanagerConfig. */
const fieldNames: Readonly<Record<string, string>> = {
  group_by: 'groupBy',
  group_wait: 'groupWait',
  group_interval: 'groupInterval',
  repeat_interval: 'repeatInterval',
  mute_time_intervals: 'muteTimeIntervals',
  active_time_intervals: 'activeTimeIntervals',
};

/**
 * Where each part of a merged configuration comes from. Routes of objects stand before those of the base, other parts behind
 * (docs/reference/rendering.md 5.8).
 */
export class Places {
  readonly #base: AlertmanagerConfig | Owner;
  readonly #match: AlertmanagerMatch;
  /** Those with a route, in the order of their routes. */
  readonly #routed: readonly AlertmanagerConfig[];
  readonly #selected: readonly AlertmanagerConfig[];
  readonly #config: RoutingConfig;
  /** By how the names of their receivers begin. */
  readonly #byPrefix: ReadonlyMap<string, AlertmanagerConfig>;

  constructor(match: AlertmanagerMatch, { selected }: RenderedAlertmanagerConfig, config: RoutingConfig) {
    const { source } = match;
    this.#match = match;
    this.#base = source.kind === 'object' ? source.object : source.secret;
    this.#selected = selected;
    this.#routed = selected.filter(({ spec }) => spec.route !== undefined);
    this.#config = config;
    this.#byPrefix = new Map(selected.map((object) => [prefixOf(object), object]));
  }

  /** A route, or with `key` one of its fields: "group_wait", "matchers[0]". @param path as `Route.path`. */
  route(path: string, key?: string): Place {
    const object = this.#objectOf(path);
    if (object === undefined) return this.#ofBase(this.#shift(path), key);
    const [, , rest = ''] = ownRoute.exec(path) ?? [];
    return placeOf(object, `spec.route${rest}${key === undefined ? '' : `.${rename(key)}`}`);
  }

  /** The field that asked for a matcher which no user has written; undefined for those of users. */
  injector(path: string, matcher: PlacedMatcher): Place | undefined {
    const object = this.#objectOf(path);
    const isTop = ownRoute.exec(path)?.[2] === '';
    if (object === undefined || !isTop) return undefined;
    return isInjected(matcher, object.spec.route?.matchers ?? []) ? this.strategy() : undefined;
  }

  /** Whether a route goes on without its object saying so: the one at the top of each object always does. */
  isForcedOn({ path, continues }: Route): boolean {
    const object = this.#objectOf(path);
    const isTop = ownRoute.exec(path)?.[2] === '';
    return object !== undefined && isTop && continues && object.spec.route?.continue !== true;
  }

  /** The field that says which alerts AlertmanagerConfigs get. */
  strategy(): Place {
    const { metadata } = this.#match.alertmanager;
    const { namespace = '', name = '' } = metadata;
    return { kind: 'Alertmanager', namespace, name, field: 'spec.alertmanagerConfigMatcherStrategy.type' };
  }

  rule(rule: InhibitRule): Place {
    const own = this.#ruleOf(rule);
    if (own.object === undefined) return this.#ofBase(rule.path);
    return placeOf(own.object, `spec.inhibitRules[${own.index}]`);
  }

  /** The field that asked for a matcher of the source side which no user has written; undefined where there is none. */
  ruleInjector(rule: InhibitRule): Place | undefined {
    const { object, index } = this.#ruleOf(rule);
    const written = object?.spec.inhibitRules?.[index]?.sourceMatch ?? [];
    const isThere = object !== undefined && rule.source.some((matcher) => isInjected(matcher, written));
    return isThere ? this.strategy() : undefined;
  }

  /** Rules of the base come first; `object` is undefined for those. */
  #ruleOf({ path }: InhibitRule): { readonly object?: AlertmanagerConfig; readonly index: number } {
    const all = this.#config.inhibitRules.length;
    const counts = this.#selected.map(({ spec }) => spec.inhibitRules?.length ?? 0);
    let index = Number(/\d+/.exec(path)?.[0]) - (all - counts.reduce((sum, count) => sum + count, 0));
    for (const [at, object] of this.#selected.entries()) {
      const count = counts[at] ?? 0;
      if (index >= 0 && index < count) return { object, index };
      index -= count;
    }
    return { index };
  }

  /** A receiver. @param index in the merged configuration, where those of the base come first */
  receiver(name: string, index: number): Place {
    const prefix = /^[^/]*\/[^/]*\//.exec(name)?.[0] ?? '';
    const object = this.#byPrefix.get(prefix);
    const at = object?.spec.receivers?.findIndex((one) => prefix + one.name === name) ?? -1;
    if (object !== undefined && at >= 0) return placeOf(object, `spec.receivers[${at}]`);
    return this.#ofBase(`receivers[${index}]`);
  }

  interval({ name, place }: NamedInterval): Place {
    for (const object of this.#selected) {
      const own = object.spec.muteTimeIntervals ?? [];
      const index = own.findIndex((one) => prefixOf(object) + one.name === name);
      if (index >= 0) return placeOf(object, `spec.muteTimeIntervals[${index}]`);
    }
    return this.#ofBase(place);
  }

  #objectOf(path: string): AlertmanagerConfig | undefined {
    const [, index] = /^route\.routes\[(\d+)\]/.exec(path) ?? [];
    return index === undefined ? undefined : this.#routed[Number(index)];
  }

  /** Where a route of the base stood before routes of objects were put in front of it. */
  #shift(path: string): string {
    return path.replace(/^route\.routes\[(\d+)\]/, (_, index: string) => {
      return `route.routes[${Number(index) - this.#routed.length}]`;
    });
  }

  #ofBase(path: string, key?: string): Place {
    const whole = key === undefined ? path : `${path}.${key}`;
    if (!('spec' in this.#base)) {
      const { kind, namespace, name, key: inside = '' } = this.#base;
      return { kind, namespace, name, key: inside, field: whole };
    }
    return placeOf(this.#base, `spec.${whole.split('.').map(rename).join('.')}`);
  }
}

function rename(key: string): string {
  const [, name = key, index = ''] = /^(\w+?)(\[\d+\])?$/.exec(key) ?? [];
  const others: Readonly<Record<string, string>> = {
    inhibit_rules: 'inhibitRules',
    time_intervals: 'muteTimeIntervals',
    ...fieldNames,
  };
  return `${others[name] ?? name}${index}`;
}

function placeOf({ metadata }: AlertmanagerConfig, field: string): Place {
  const { namespace = '', name = '' } = metadata;
  return { kind: 'AlertmanagerConfig', namespace, name, field };
}

/** Matchers of the operator stand behind those of the object, or among texts by name for versions that know no lines. */
function isInjected({ name, place }: PlacedMatcher, own: readonly { readonly name: string }[]): boolean {
  if (name !== 'namespace') return false;
  const [, index] = /^(?:source_)?matchers\[(\d+)\]$/.exec(place) ?? [];
  return index === undefined ? !own.some((one) => one.name === name) : Number(index) >= own.length;
}
