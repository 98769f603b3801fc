import { writeMatcher } from '../../routing/matching.ts';
import { findSilencing, toMatcher } from '../../routing/silences.ts';
import type { Silence } from '../../routing/silences.ts';
import type { AlertCase, Routed } from '../alert-way.ts';
import { makeStep, plural, skipUnasked } from '../case.ts';
import { advise } from '../fixes.ts';
import type { Step } from '../model.ts';

/** Whether a silence of the running Alertmanagers hides the alert at the time that is asked about. */
export function judgeSilenced(one: AlertCase): Step {
  const { alertmanager, way, facts } = one;
  const object = alertmanager.name;
  const routed = way.routed();
  if (!facts.asks.alertmanagers || 'problem' in routed) return skipUnasked('silenced', object);
  const asked = way.askReplicas().filter(({ silences }) => silences !== undefined);
  if (asked.length === 0)
    return makeStep('silenced', 'unknown', {
      reason: 'SilencesUnknown',
      object,
      found: 'no replica tells its silences',
    });
  const all = new Map(asked.flatMap(({ silences = [] }) => silences.map((silence) => [silence.id, silence] as const)));
  const held = new Set(way.findHeld()?.silencedBy);
  const silences = [...all.values()];
  const found = silences.find(({ id }) => held.has(id)) ?? findHiding(silences, one.asked.at, routed);
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

/** Nothing follows for a silence that looks at labels which are not known. */
function findHiding(silences: readonly Silence[], at: number, { scene, known, labels }: Routed): Silence | undefined {
  const isKnown = ({ matchers }: Silence): boolean =>
    labels.names !== undefined || matchers.every(({ name }) => known.has(name));
  return findSilencing(silences.filter(isKnown), known, { at, matching: scene.matching })[0];
}
