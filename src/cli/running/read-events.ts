import { isJsonObject } from '../../base/json.ts';
import { YamlError, parseYaml } from '../../base/yaml.ts';
import { readField } from '../../core/explain/fields.ts';
import type { Notification } from '../../core/explain/running.ts';
import { labelsOf, listOf, objectsOf, textOf } from './read-json.ts';

/**
 * Notifications among the events that an Alertmanager has recorded, one JSON object a line as its outputs "stdout" and "file" write
 * them, its log lines between them or not. Only deliveries are recorded, what failed never is (0.33 to 0.35). @param most the last ones
 */
export function readEvents(text: string, most: number): Notification[] {
  const events = text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .flatMap((line) => readNotification(parse(line)));
  return events.slice(-most);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function readNotification(event: unknown): Notification[] {
  const told = readField(event, 'data.notification');
  const group = isJsonObject(told) ? told['groupInfo'] : undefined;
  if (!isJsonObject(told) || !isJsonObject(group)) return [];
  return [
    {
      ...{ receiver: textOf(group['receiverName']), integration: textOf(readField(told, 'integration.name')) },
      ...{ isDelivered: true, at: textOf(isJsonObject(event) ? event['@timestamp'] : ''), error: '' },
      groupLabels: readLabels(group['groupLabels']),
      alerts: objectsOf(told['alerts']).map(({ details }) => readLabels(readField(details, 'labels'))),
    },
  ];
}

/** A list of pairs until version 0.34, a mapping from 0.35 on. */
function readLabels(value: unknown): Readonly<Record<string, string>> {
  const pairs = isJsonObject(value) ? listOf(value['labels']) : undefined;
  if (pairs === undefined) return labelsOf(value);
  return Object.fromEntries(objectsOf(pairs).map((pair) => [textOf(pair['key']), textOf(pair['value'])]));
}

/** Whether a configuration in force makes the Alertmanager write events to its log (from version 0.34 on). */
export function writesEventsToLog(config: string): boolean {
  try {
    return (listOf(readField(parseYaml(config), 'event_recorder.stdout_outputs')) ?? []).length > 0;
  } catch (error) {
    if (error instanceof YamlError) return false;
    throw error;
  }
}
