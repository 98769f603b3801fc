import { isJsonObject } from '../../base/json.ts';
import { readField } from '../../core/explain/fields.ts';
import type { AlertmanagerFacts, HeldAlert, HeldSilence } from '../../core/explain/running.ts';
import type { SilenceMatcher } from '../../core/routing/silences.ts';
import { originLabels } from '../../core/render/alertmanager/config/origin-labels.ts';
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

/** What the groups that an alert is in tell of it. */
export interface GroupFacts {
  /** Names of the intervals that mute any of them. */
  readonly mutedBy: ReadonlySet<string>;
  /** AlertmanagerConfigs of whose routes they are, as "namespace/name". */
  readonly origins: ReadonlySet<string>;
}

/**
 * What /api/v2/alerts/groups tells, by fingerprints of alerts: intervals that mute from version 0.28 on (/api/v2/alerts has the key
 * and never fills it), labels of routes from 0.34 on. Undefined when it is no such answer.
 */
export function readGroupFacts(answer: unknown): ReadonlyMap<string, GroupFacts> | undefined {
  if (listOf(answer) === undefined) return undefined;
  const found = new Map<string, { mutedBy: Set<string>; origins: Set<string> }>();
  for (const { alerts, routeLabels } of objectsOf(answer)) {
    const origin = readOrigin(labelsOf(routeLabels));
    for (const { fingerprint, status } of objectsOf(alerts)) {
      const facts = found.get(textOf(fingerprint)) ?? { mutedBy: new Set(), origins: new Set() };
      found.set(textOf(fingerprint), facts);
      for (const name of textsOf(readField(status, 'mutedBy'))) facts.mutedBy.add(name);
      if (origin !== undefined) facts.origins.add(origin);
    }
  }
  return found;
}

function readOrigin(labels: Readonly<Record<string, string>>): string | undefined {
  const { [originLabels.namespace]: namespace, [originLabels.name]: name } = labels;
  return namespace === undefined || name === undefined ? undefined : `${namespace}/${name}`;
}

/** What /api/v2/silences tells, as `amtool silence query -o json` prints it; undefined when it is no such answer. */
export function readSilences(answer: unknown): HeldSilence[] | undefined {
  return listOf(answer) === undefined ? undefined : objectsOf(answer).flatMap(readSilence);
}

function readSilence({ id, matchers, startsAt, endsAt, createdBy, comment, status }: Json): HeldSilence[] {
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
