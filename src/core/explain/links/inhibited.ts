import type { InhibitRule } from '../../alertmanager-config/read-routing.ts';
import { judgeInhibition } from '../../routing/inhibition.ts';
import type { Labels } from '../../routing/matching.ts';
import { writeLabels, writeMatcher } from '../../routing/matching.ts';
import type { AlertCase } from '../alert-way.ts';
import { makeStep, plural } from '../case.ts';
import { advise } from '../fixes.ts';
import type { Step } from '../model.ts';
import { ownerOf } from './muted.ts';

/** Whether another alert that fires hides this one: those that were given, and those that the Alertmanager has. */
export function judgeInhibited(one: AlertCase): Step {
  const { alertmanager, way, asked } = one;
  const object = alertmanager.name;
  const routed = way.routed();
  if ('problem' in routed) return makeStep('inhibited', 'skipped', { reason: 'NotReached', object });
  const { scene, known } = routed;
  const firing = [...asked.firing, ...listHeld(one)];
  const judged = judgeInhibition(scene.config.inhibitRules, known, { firing, matching: scene.matching });
  const rules = judged.filter(({ rule }) => isCertain(rule, known));
  const compared = `${plural(scene.config.inhibitRules.length, 'inhibit rule')} against ${plural(firing.length, 'other alert')}`;
  for (const { rule, verdicts } of rules) {
    const at = verdicts.findIndex(({ verdict }) => verdict === 'inhibits');
    if (at < 0) continue;
    const place = scene.places.rule(rule);
    return makeStep('inhibited', 'fail', {
      reason: 'Inhibited',
      object: ownerOf(place),
      at: place.field,
      compared: showRule(rule),
      found: `${writeLabels(firing[at] ?? new Map())} fires`,
      fixes: [advise(ownerOf(place), 'mend what the other alert is about, or correct the rule')],
    });
  }
  const [possible] = rules;
  if (possible === undefined || firing.length > 0)
    return makeStep('inhibited', 'pass', { reason: 'NotInhibited', object, compared });
  return makeStep('inhibited', 'pass', {
    reason: 'InhibitionPossible',
    object,
    at: scene.places.rule(possible.rule).field,
    compared,
    found: showRule(possible.rule),
  });
}

/** Of labels that are not known nothing follows. */
const isCertain = ({ target, equal }: InhibitRule, known: Labels): boolean =>
  [...target.map(({ name }) => name), ...equal].every((name) => known.has(name));

function showRule({ source, equal }: InhibitRule): string {
  const same = equal.length === 0 ? '' : ` with the same ${equal.join(', ')}`;
  return `an alert that matches {${source.map(writeMatcher).join(', ')}}${same} hides it`;
}

/** All alerts but this one. */
function listHeld({ way }: AlertCase): Labels[] {
  const own = way.findHeld();
  const held = way.askReplicas().flatMap(({ alerts = [] }) => alerts);
  const seen = new Map(held.map((alert) => [alert.fingerprint, alert]));
  return [...seen.values()]
    .filter(({ fingerprint, state }) => fingerprint !== own?.fingerprint && state !== 'unprocessed')
    .map(({ labels }) => new Map(Object.entries(labels)));
}
