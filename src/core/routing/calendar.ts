import type { Route } from '../alertmanager-config/read-routing.ts';
import { mutedDaysShown } from '../limits.ts';
import { findMuting, isWithin } from './muting.ts';
import type { Muting } from './muting.ts';
import { showPlace } from './routing-scene.ts';
import type { RoutingScene, ShownPlace } from './routing-scene.ts';

/** A time in which a route is silent. */
export interface MutedTime extends Muting {
  /** RFC 3339, to the minute. */
  readonly from: string;
  readonly to: string;
}

export interface MutedRoute {
  readonly receiver: string;
  readonly notifiers: readonly string[];
  readonly place: ShownPlace;
  /** None: its intervals are not in these days. */
  readonly muted: readonly MutedTime[];
}

/** When routes are silent. */
export interface CalendarAnswer {
  readonly from: string;
  readonly to: string;
  /** Those with intervals, by receiver. */
  readonly routes: readonly MutedRoute[];
  /** Receivers one of whose routes is never silent. */
  readonly always: readonly string[];
  readonly notes: readonly string[];
}

interface CalendarQuestion {
  /** Milliseconds since 1970; the calendar begins at that minute. */
  readonly at: number;
  readonly zone: string;
  readonly notes: readonly string[];
}

const oneMinute = 60_000;
const minutes = mutedDaysShown * 24 * 60;

/** The silent times of routes in the coming days. @param routes those that alerts can stay at. */
export function answerCalendar(
  scene: RoutingScene,
  routes: readonly Route[],
  question: CalendarQuestion,
): CalendarAnswer {
  const { zone, notes } = question;
  const start = Math.floor(question.at / oneMinute) * oneMinute;
  const hasIntervals = (route: Route): boolean => route.muteTimeIntervals.length + route.activeTimeIntervals.length > 0;
  const holds = rememberIntervals(scene, start);
  const muted = routes.filter(hasIntervals).map((route): MutedRoute => {
    const receiver = route.receiver.value;
    return {
      receiver,
      notifiers: scene.config.receivers.find(({ name }) => name === receiver)?.notifiers ?? [],
      place: showPlace(scene.places.route(route.path), scene),
      muted: listMuted(route, holds).map(({ from, to, muting }) => ({
        from: scene.zones.show(start + from * oneMinute, zone),
        to: scene.zones.show(start + to * oneMinute, zone),
        ...muting,
      })),
    };
  });
  const always = routes.filter((route) => !hasIntervals(route)).map(({ receiver }) => receiver.value);
  return {
    from: scene.zones.show(start, zone),
    to: scene.zones.show(start + minutes * oneMinute, zone),
    routes: muted.sort((a, b) => (a.receiver < b.receiver ? -1 : a.receiver > b.receiver ? 1 : 0)),
    always: [...new Set(always)].sort(),
    notes,
  };
}

type Holds = (name: string, minute: number) => boolean;

/** Whether an interval holds in a minute from the start; each is worked out once. */
function rememberIntervals({ config, zones }: RoutingScene, start: number): Holds {
  const known = new Map<string, Uint8Array>();
  return (name, minute) => {
    let held = known.get(name);
    if (held === undefined) {
      const interval = config.intervals.get(name);
      held = Uint8Array.from({ length: minutes }, (_, at) =>
        interval !== undefined && isWithin(interval, start + at * oneMinute, zones) ? 1 : 0,
      );
      known.set(name, held);
    }
    return held[minute] === 1;
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly muting: Muting;
}

/** Times, in minutes from the start, in which the same intervals keep a route silent. */
function listMuted(route: Route, holds: Holds): Span[] {
  const spans: Span[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    const muting = findMuting(route, (name) => holds(name, minute));
    if (muting === undefined) continue;
    const last = spans.at(-1);
    if (last?.to === minute && isSame(last.muting, muting)) spans[spans.length - 1] = { ...last, to: minute + 1 };
    else spans.push({ from: minute, to: minute + 1, muting });
  }
  return spans;
}

const isSame = (a: Muting, b: Muting): boolean =>
  a.outsideOf.length === b.outsideOf.length && a.mutedBy.join('\n') === b.mutedBy.join('\n');
