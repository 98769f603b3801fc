import { findMuting, holdsAtTime } from '../../routing/muting.ts';
import { describeMuting, joinWords } from '../../routing/words.ts';
import type { AlertCase } from '../alert-way.ts';
import { makeStep } from '../case.ts';
import { advise, removeField } from '../fixes.ts';
import type { Fix, ObjectName, Step } from '../model.ts';
import { showName } from '../model.ts';
import type { Place } from '../../routing/places.ts';

/** Whether intervals mute all routes that the alert reaches, at the time that is asked about. */
export function judgeMuted(one: AlertCase): Step {
  const { alertmanager, way, asked } = one;
  const object = alertmanager.name;
  const routed = way.routed();
  const reached = way.listReached();
  if ('problem' in routed || reached.length === 0)
    return makeStep('muted', 'skipped', { reason: 'NotReached', object });
  const { scene } = routed;
  const holds = holdsAtTime(scene.config.intervals, asked.at, scene.zones);
  const verdicts = reached.map((route) => ({ route, muting: findMuting(route, holds) }));
  const now = scene.zones.show(asked.at, asked.zone);
  const names = [...new Set(reached.flatMap((route) => [...route.muteTimeIntervals, ...route.activeTimeIntervals]))];
  const compared = names.length === 0 ? 'its routes have no intervals' : `intervals ${joinWords(names)} at ${now}`;
  const awake = verdicts.find(({ muting }) => muting === undefined);
  if (awake !== undefined) return makeStep('muted', 'pass', { reason: 'NotMuted', object, compared });
  const [first] = verdicts;
  if (first?.muting === undefined) return makeStep('muted', 'skipped', { reason: 'NotReached', object });
  const key = first.muting.outsideOf.length > 0 ? 'active_time_intervals' : 'mute_time_intervals';
  const place = scene.places.route(first.route.path, key);
  return makeStep('muted', 'fail', {
    reason: 'Muted',
    object: ownerOf(place),
    at: place.field,
    compared,
    found: describeMuting(first.muting),
    fixes: proposeAwake(place, names),
  });
}

/** The object of a place in a merged configuration. */
export const ownerOf = ({ kind, namespace, name }: Place): ObjectName => ({ kind, namespace, name });

/** A Secret's text is edited by people. */
function proposeAwake(place: Place, names: readonly string[]): Fix[] {
  const object = ownerOf(place);
  if (place.key === undefined) return [removeField(object, place.field)];
  return [
    advise(object, `correct ${joinWords(names)} in ${place.key} of ${showName(object)}, or leave ${place.field} out`),
  ];
}
