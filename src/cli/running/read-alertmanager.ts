import { isJsonObject } from '../../base/json.ts';
import { readField } from '../../core/explain/fields.ts';
import type { AlertmanagerFacts, HeldAlert, Silence, SilenceMatcher } from '../../core/explain/running.ts';
import { labelsOf, listOf, objectsOf, textOf, textsOf } from './read-json.ts';

type Json = Readonly<Record<string, unknown>>;

/** What /api/v2/status of an Alertmanager tells; undefined when it is no such answer. */
export function readStatus(answer: unknown): Pick<AlertmanagerFacts, 'version' | 'config' | 'cluster'> | undefined {
  if (!isJsonObject(answer) || !isJsonObject(answer['cluster'])) return undefined;
  const { status, peers } = answer['cluster'];
  const version = readField(answer, 'versionInfo.version');
  const config = readField(answer, 'config.original');
  return {
    ...(typeof version === 'string' ? { version } : {}),
    ...(typeof config === 'string' ? { config } : {}),
    cluster: { status: textOf(status), peers: objectsOf(peers).map(({ address }) => textOf(address)) },
  };
}

/** What /api/v2/alerts tells; undefined when it is no such answer. */
export function readAlerts(answer: unknown): HeldAlert[] | undefined {
  return listOf(answer) === undefined ? undefined : objectsOf(answer).flatMap(readAlert);
}

function readAlert({ labels, receivers, status, fingerprint, startsAt }: Json): HeldAlert[] {
  const { state, inhibitedBy, silencedBy, mutedBy } = isJsonObject(status) ? status : {};
  if (state !== 'active' && state !== 'suppressed' && state !== 'unprocessed') return [];
  return [
    {
      labels: labelsOf(labels),
      receivers: objectsOf(receivers).map(({ name }) => textOf(name)),
      state,
      inhibitedBy: textsOf(inhibitedBy),
      silencedBy: textsOf(silencedBy),
      mutedBy: textsOf(mutedBy),
      fingerprint: textOf(fingerprint),
      startsAt: textOf(startsAt),
    },
  ];
}

/**
 * Names of the intervals that mute alerts in any of their groups, by fingerprints, as /api/v2/alerts/groups tells them from version
 * 0.28 on; /api/v2/alerts has the key and never fills it (0.34). Undefined when it is no such answer.
 */
export function readMuting(answer: unknown): ReadonlyMap<string, ReadonlySet<string>> | undefined {
  if (listOf(answer) === undefined) return undefined;
  const found = new Map<string, Set<string>>();
  const alerts = objectsOf(answer).flatMap((group) => objectsOf(group['alerts']));
  for (const { fingerprint, status } of alerts) {
    const names = textsOf(readField(status, 'mutedBy'));
    if (names.length > 0)
      found.set(textOf(fingerprint), new Set([...(found.get(textOf(fingerprint)) ?? []), ...names]));
  }
  return found;
}

/** What /api/v2/silences tells, as `amtool silence query -o json` prints it; undefined when it is no such answer. */
export function readSilences(answer: unknown): Silence[] | undefined {
  return listOf(answer) === undefined ? undefined : objectsOf(answer).flatMap(readSilence);
}

function readSilence({ id, matchers, startsAt, endsAt, createdBy, comment, status }: Json): Silence[] {
  const { state } = isJsonObject(status) ? status : {};
  if (state !== 'active' && state !== 'pending' && state !== 'expired') return [];
  return [
    {
      ...{ id: textOf(id), matchers: objectsOf(matchers).map(readMatcher), state },
      ...{ startsAt: textOf(startsAt), endsAt: textOf(endsAt) },
      ...{ createdBy: textOf(createdBy), comment: textOf(comment) },
    },
  ];
}

const readMatcher = ({ name, value, isRegex, isEqual }: Json): SilenceMatcher => ({
  ...{ name: textOf(name), value: textOf(value) },
  isRegex: isRegex === true,
  // Versions before 0.22 have no such key.
  isEqual: isEqual !== false,
});
