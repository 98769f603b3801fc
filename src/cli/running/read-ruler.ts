import { readField } from '../../core/explain/fields.ts';
import type { FiringAlert, LoadedGroup, LoadedRule } from '../../core/explain/running.ts';
import { labelsOf, listOf, objectsOf, textOf } from './read-json.ts';

type Json = Readonly<Record<string, unknown>>;

/** What /api/v1/rules of a Prometheus or ThanosRuler tells; undefined when it is no such answer. */
export function readGroups(answer: unknown): LoadedGroup[] | undefined {
  const groups = readField(answer, 'data.groups');
  if (listOf(groups) === undefined) return undefined;
  return objectsOf(groups).map(({ name, file, rules }) => ({
    ...{ name: textOf(name), file: textOf(file) },
    rules: objectsOf(rules).map(readRule),
  }));
}

const readRule = ({ type, name, health, lastError, alerts }: Json): LoadedRule => ({
  kind: type === 'recording' ? 'recording' : 'alerting',
  ...{ name: textOf(name), health: textOf(health), lastError: textOf(lastError) },
  alerts: objectsOf(alerts).flatMap(readAlert),
});

function readAlert({ labels, state, activeAt }: Json): FiringAlert[] {
  if (state !== 'pending' && state !== 'firing' && state !== 'inactive') return [];
  return [{ labels: labelsOf(labels), state, activeAt: textOf(activeAt) }];
}

/** URLs of the Alertmanagers that /api/v1/alertmanagers of a Prometheus tells; undefined when it is no such answer. */
export function readAlertmanagerUrls(answer: unknown): string[] | undefined {
  const active = readField(answer, 'data.activeAlertmanagers');
  return listOf(active) === undefined ? undefined : objectsOf(active).map(({ url }) => textOf(url));
}
