import { listOutcomes } from './answer.ts';
import type { RouteAnswer, ShownRule, ShownSilence } from './answer.ts';
import type { RouteOutcome } from './route-outcome.ts';
import type { InhibitVerdict } from './inhibition.ts';
import type { Labels } from './matching.ts';
import { writeLabels } from './matching.ts';
import { writeTree } from './tree-text.ts';
import { joinWords, nameReceiver, showShownPlace } from './words.ts';
import type { RouteStyle } from './words.ts';

/** The answer first, the tree below it, what else could hide the alert last. */
export function writeAnswer(answer: RouteAnswer, firing: readonly Labels[], style: RouteStyle): string {
  const sections = [
    [`${summarise(answer)}${answer.code === undefined ? '' : ` [${answer.code}]`}`],
    writeTree(answer.tree, style),
    answer.inhibitRules.flatMap((rule) => writeRule(rule, firing)),
    answer.silencedBy.map(writeSilence),
    answer.notes.map((note) => `  Note  ${note}`),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Who is told, in one sentence; of an answer that is restricted as far as it goes. */
export function summarise(answer: RouteAnswer): string {
  const { alertmanager, told, muted, receivers, tree, at } = answer;
  const who = `Alertmanager ${alertmanager.namespace}/${alertmanager.name}`;
  const outcomes = listOutcomes(tree);
  const name = (names: readonly string[]): string =>
    joinWords(names.map((one) => nameReceiver(one, notifiersOf(outcomes, one))));
  if (answer.restricted === true)
    return receivers.length === 0
      ? 'None of the routes that are yours to see takes this alert.'
      : `Of the routes that are yours to see, this alert reaches ${name(receivers)}${describeMuted(answer, name)}.`;
  const hiding = describeHiding(answer);
  if (hiding !== undefined) return `${who} tells nobody: ${hiding} this alert from ${name(receivers)}.`;
  const besides = describeMuted(answer, name);
  if (told.length > 0) return `${who} sends this alert to ${name(told)}${besides}.`;
  if (muted.length > 0) return `${who} tells nobody at ${at}: this alert reaches ${name(receivers)}, muted then.`;
  return `${who} tells nobody: this alert reaches no other receiver than ${name(receivers)}.`;
}

const describeMuted = ({ muted, at }: RouteAnswer, name: (names: readonly string[]) => string): string =>
  muted.length === 0 ? '' : `; muted at ${at}: ${name(muted)}`;

function describeHiding({ inhibited, silencedBy }: RouteAnswer): string | undefined {
  const { length } = silencedBy;
  if (length === 0) return inhibited ? 'an inhibit rule hides' : undefined;
  const silences = length === 1 ? 'a silence' : `${length} silences`;
  if (inhibited) return `an inhibit rule and ${silences} hide`;
  return `${silences} ${length === 1 ? 'hides' : 'hide'}`;
}

const writeSilence = ({ id, createdBy, comment, until, matchers }: ShownSilence): string => {
  const by = createdBy === '' ? '' : `, by ${createdBy}`;
  return `  Silenced until ${until}${by}${comment === '' ? '' : ` (${comment})`}: {${matchers.join(', ')}}, ${id}`;
};

const notifiersOf = (outcomes: readonly RouteOutcome[], receiver: string): readonly string[] =>
  outcomes.find((outcome) => outcome.receiver === receiver)?.notifiers ?? [];

function writeRule({ place, source, addedFor, equal, verdicts }: ShownRule, firing: readonly Labels[]): string[] {
  const same = equal.length === 0 ? '' : ` with the same ${joinWords(equal)}`;
  const added = addedFor === undefined ? '' : ' (the namespace is added by Stoker)';
  const head = `  Inhibited while another alert matches {${source.join(', ')}}${added}${same}: ${showShownPlace(place)}`;
  return [
    head,
    ...verdicts.map((verdict, at) => `        ${writeLabels(firing[at] ?? new Map())}: ${describe(verdict)}`),
  ];
}

function describe(verdict: InhibitVerdict): string {
  switch (verdict.verdict) {
    case 'inhibits':
      return 'hides this alert';
    case 'no source':
      return 'does not match';
    case 'both sides':
      return 'hides nothing, as both alerts match both sides of the rule';
    case 'not equal':
      return `hides nothing, as "${verdict.label}" differs`;
  }
}
