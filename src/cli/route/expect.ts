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

/** What keeps receivers from being reached. Inhibition always does: other alerts are given or there are none. */
export interface CountedHiding {
  /** When a time was given. */
  readonly muting: boolean;
  /** When silences were given, not those that happen to be there. */
  readonly silences: boolean;
}

/** Which receivers are missing and which too much; undefined when all is as expected. */
export function explainUnexpected(
  answer: RouteAnswer,
  counted: CountedHiding,
  expected: ReadonlySet<string>,
): string | undefined {
  const { receivers, muted, inhibited } = answer;
  const isSilenced = counted.silences && answer.silencedBy.length > 0;
  const isMuted = (name: string): boolean => counted.muting && muted.includes(name);
  const reached = inhibited || isSilenced ? [] : receivers.filter((name) => !isMuted(name));
  const why = ` (${inhibited ? 'the alert is inhibited' : isSilenced ? 'the alert is silenced' : 'muted at that time'})`;
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
