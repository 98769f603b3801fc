import { formatDuration } from '../../base/durations.ts';
import type { Inherited, Route } from '../alertmanager-config/read-routing.ts';
import { findMuting, holdsAtTime } from './muting.ts';
import type { Muting } from './muting.ts';
import { showPlace } from './routing-scene.ts';
import type { RoutingScene, ShownPlace } from './routing-scene.ts';

/** A setting, and the route that says it; absent: Alertmanager's default. */
export interface ShownSetting<T> {
  readonly value: T;
  readonly place?: ShownPlace;
  /** It is said by a route that is not for the eyes of who asks: the value is empty. */
  readonly hidden?: true;
}

export interface ShownMuting extends Muting {
  /** Of the intervals. */
  readonly places: readonly ShownPlace[];
  /** The time as the intervals see it, once for each zone that they are in. */
  readonly seenAs: readonly string[];
}

/** A route that alerts stay at: how it notifies. */
export interface RouteOutcome {
  readonly receiver: string;
  /** Where the receiver is written; absent: nowhere. */
  readonly receiverPlace?: ShownPlace;
  /** Ways of notifying; none: it swallows alerts. */
  readonly notifiers: readonly string[];
  readonly groupBy: ShownSetting<readonly string[]>;
  readonly groupWait: ShownSetting<string>;
  readonly groupInterval: ShownSetting<string>;
  readonly repeatInterval: ShownSetting<string>;
  readonly muteTimeIntervals: readonly string[];
  readonly activeTimeIntervals: readonly string[];
  /** Absent: it notifies at that time. */
  readonly muting?: ShownMuting;
}

/** A receiver, and where it is from. */
export type ShownReceiver = Pick<RouteOutcome, 'receiver' | 'receiverPlace' | 'notifiers'>;

/** How a route notifies at a time. @param at milliseconds since 1970 */
export function showOutcome(route: Route, scene: RoutingScene, at: number): RouteOutcome {
  const { config, places } = scene;
  const show = <T, U>({ value, from }: Inherited<T>, key: string, write: (value: T) => U): ShownSetting<U> =>
    from === undefined
      ? { value: write(value) }
      : { value: write(value), place: showPlace(places.route(from, key), scene) };
  const time = (setting: Inherited<number>, key: string): ShownSetting<string> =>
    show(setting, key, (ms) => formatDuration(ms));
  const muting = findMuting(route, holdsAtTime(config.intervals, at, scene.zones));
  return {
    ...showReceiver(route, scene),
    groupBy: show(route.groupBy, 'group_by', (names) => names),
    groupWait: time(route.groupWait, 'group_wait'),
    groupInterval: time(route.groupInterval, 'group_interval'),
    repeatInterval: time(route.repeatInterval, 'repeat_interval'),
    muteTimeIntervals: route.muteTimeIntervals,
    activeTimeIntervals: route.activeTimeIntervals,
    ...(muting === undefined ? {} : { muting: showMuting(muting, scene, at) }),
  };
}

/** Whom a route tells, and where that is written. */
export function showReceiver({ receiver: { value } }: Route, scene: RoutingScene): ShownReceiver {
  const found = scene.receivers.get(value);
  if (found === undefined) return { receiver: value, notifiers: [] };
  return {
    receiver: value,
    receiverPlace: showPlace(scene.places.receiver(value, found.index), scene),
    notifiers: found.notifiers,
  };
}

function showMuting(muting: Muting, scene: RoutingScene, at: number): ShownMuting {
  const found = [...muting.outsideOf, ...muting.mutedBy].flatMap((name) => scene.config.intervals.get(name) ?? []);
  const zones = found.flatMap(({ parts }) => parts.map(({ location }) => location));
  return {
    ...muting,
    places: found.map((interval) => showPlace(scene.places.interval(interval), scene)),
    seenAs: [...new Set(zones.map((zone) => scene.zones.show(at, zone)))],
  };
}
