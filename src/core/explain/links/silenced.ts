import type { Matcher } from '../../alertmanager-config/matchers/matcher.ts';
import { writeMatcher } from '../../routing/matching.ts';
import type { AlertCase, Routed } from '../alert-way.ts';
import { makeStep, plural } from '../case.ts';
import { advise } from '../fixes.ts';
import type { Step } from '../model.ts';
import type { Silence, SilenceMatcher } from '../running.ts';

/** Whether a silence of the running Alertmanagers hides the alert at the time that is asked about. */
export function judgeSilenced(one: AlertCase): Step {
  const { alertmanager, way, facts } = one;
  const object = alertmanager.name;
  const routed = way.routed();
  if (!facts.asks.alertmanagers || 'problem' in routed)
    return makeStep('silenced', 'skipped', { reason: 'NotAsked', object, compared: 'not asked' });
  const asked = way.askReplicas().filter(({ silences }) => silences !== undefined);
  if (asked.length === 0)
    return makeStep('silenced', 'unknown', {
      reason: 'SilencesUnknown',
      object,
      found: 'no replica tells its silences',
    });
  const all = new Map(asked.flatMap(({ silences = [] }) => silences.map((silence) => [silence.id, silence] as const)));
  const held = new Set(way.findHeld()?.silencedBy);
  const found = [...all.values()].find((silence) => held.has(silence.id) || hides(silence, one.asked.at, routed));
  const compared = `${plural(all.size, 'silence')} of ${plural(asked.length, 'replica')}`;
  if (found === undefined) return makeStep('silenced', 'pass', { reason: 'NotSilenced', object, compared });
  const { id, matchers, createdBy, comment, endsAt } = found;
  return makeStep('silenced', 'fail', {
    reason: 'Silenced',
    object,
    compared: `silence ${id} hides alerts with ${matchers.map((matcher) => writeMatcher(toMatcher(matcher))).join(' and ')}`,
    found: `by ${createdBy}, until ${endsAt}: ${comment}`,
    fixes: [advise(object, `end it if it is not meant: amtool silence expire ${id}`)],
  });
}

/** Labels that are not known are not there, for a silence as for a route. */
function hides({ matchers, startsAt, endsAt }: Silence, at: number, { scene, known, labels }: Routed): boolean {
  const isKnown = labels.names !== undefined || matchers.every(({ name }) => known.has(name));
  const isActive = Date.parse(startsAt) <= at && at < Date.parse(endsAt);
  return isKnown && isActive && matchers.every((matcher) => scene.matching.matches(toMatcher(matcher), known));
}

const toMatcher = ({ name, value, isRegex, isEqual }: SilenceMatcher): Matcher => ({
  name,
  value,
  type: isRegex ? (isEqual ? '=~' : '!~') : isEqual ? '=' : '!=',
});
