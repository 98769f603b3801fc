import { nearestName } from '../../api/validation/nearest.ts';
import type { ReceiverSummary } from '../../core/alertmanager-config/read-routing.ts';
import { codeOf } from '../../core/reasons/lookup.ts';
import type { RouteAnswer } from '../../core/routing/answer.ts';
import type { RoutingScene } from '../../core/routing/routing-scene.ts';
import { ExitError, exitCodes } from '../io.ts';

/** The receivers that `--expect` names. @throws {ExitError} for names of which there is no receiver. */
export function readExpected(texts: readonly string[], scene: RoutingScene): ReadonlySet<string> {
  const known = scene.config.receivers.map(({ name }) => name);
  const names = texts.flatMap((text) => (known.includes(text) ? [text] : text.split(',').map((name) => name.trim())));
  return new Set(names.filter((name) => name !== '').map((name) => findReceiver(name, scene).name));
}

/** The receiver of that name, or the only one of which the name ends so. @throws {ExitError} */
export function findReceiver(wanted: string, { config: { receivers } }: RoutingScene): ReceiverSummary {
  const exact = receivers.filter(({ name }) => name === wanted);
  const found = exact.length > 0 ? exact : receivers.filter(({ name }) => name.endsWith(`/${wanted}`));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const known = receivers.map(({ name }) => name);
  const what =
    found.length > 1
      ? `several end like that: ${found.map(({ name }) => name).join(', ')}`
      : (suggest(wanted, known) ?? `there are ${known.join(', ')}`);
  throw new ExitError(exitCodes.usage, `Cannot find receiver "${wanted}": ${what}`);
}

function suggest(wanted: string, known: readonly string[]): string | undefined {
  const last = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
  const nearest = nearestName(wanted, known.map(last));
  const near = nearestName(wanted, known) ?? known.find((name) => last(name) === nearest);
  return near === undefined ? undefined : `did you mean "${near}"?`;
}

/**
 * Which receivers are missing and which too much; undefined when all is as expected. Muting counts when a time was given,
 * inhibition when other alerts were.
 */
export function explainUnexpected(
  answer: RouteAnswer,
  isTimed: boolean,
  expected: ReadonlySet<string>,
): string | undefined {
  const { receivers, muted, inhibited } = answer;
  const reached = inhibited ? [] : receivers.filter((name) => !isTimed || !muted.includes(name));
  const why = inhibited ? ' (the alert is inhibited)' : ' (muted at that time)';
  const missing = [...expected]
    .filter((name) => !reached.includes(name))
    .map((name) => (receivers.includes(name) ? name + why : name));
  const surplus = reached.filter((name) => !expected.has(name));
  if (missing.length + surplus.length === 0) return undefined;
  const parts = [
    ...(missing.length === 0 ? [] : [`not reached: ${missing.join(', ')}`]),
    ...(surplus.length === 0 ? [] : [`reached as well: ${surplus.join(', ')}`]),
  ];
  return `Other receivers were expected: ${parts.join('; ')} [${codeOf('UnexpectedReceivers')}]`;
}
