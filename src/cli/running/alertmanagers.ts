import type { ReplicasQuestion } from '../../core/explain/questions.ts';
import type { AlertmanagerFacts, HeldAlert, Notification } from '../../core/explain/running.ts';
import { shownNotifications } from '../limits.ts';
import { findProblem, openPrograms, readPart, tryPart } from './programs.ts';
import type { Part, Program, ProgramOptions } from './programs.ts';
import { readAlerts, readGroupFacts, readSilences, readStatus } from './read-alertmanager.ts';
import type { GroupFacts } from './read-alertmanager.ts';
import { readEvents, writesEventsToLog } from './read-events.ts';
import { readNotifications } from './read-notifications.ts';

/** Asks the running replicas of an Alertmanager what they hold and have done. Never rejects. */
export function askAlertmanagers(
  question: ReplicasQuestion,
  options: ProgramOptions,
): Promise<readonly AlertmanagerFacts[]> {
  return Promise.all(openPrograms(question, options).map((program) => ask(question, program)));
}

/**
 * What was recorded elsewhere is told by the first replica that tells its alerts; where none does, by itself.
 * @param file where the events are from
 */
export function addEvents(
  replicas: readonly AlertmanagerFacts[],
  { workload }: ReplicasQuestion,
  { file, events }: { readonly file: string; readonly events: readonly Notification[] },
): readonly AlertmanagerFacts[] {
  const first = replicas.find(({ alerts }) => alerts !== undefined);
  if (first === undefined) return [...replicas, { workload, name: file, events, problem: 'only its events were read' }];
  return replicas.map((one) => (one === first ? { ...one, events: [...(one.events ?? []), ...events] } : one));
}

async function ask({ workload }: ReplicasQuestion, program: Program): Promise<AlertmanagerFacts> {
  const [status, alerts, groups, silences, notifications] = await Promise.all([
    readPart(program, '/api/v2/status', readStatus),
    readPart(program, '/api/v2/alerts', readAlerts),
    readPart(program, '/api/v2/alerts/groups', readGroupFacts),
    readPart(program, '/api/v2/silences', readSilences),
    readPart(program, '/metrics', readNotifications),
  ]);
  const events = 'value' in status ? await askEvents(program, status.value.config) : undefined;
  return {
    ...{ workload, name: program.name },
    ...('value' in status ? status.value : {}),
    ...('value' in alerts ? { alerts: alerts.value.map((one) => addGroups(one, groups)) } : {}),
    ...('value' in silences ? { silences: silences.value } : {}),
    ...('value' in notifications ? { notifications: notifications.value } : {}),
    ...(events !== undefined && 'value' in events ? { events: events.value } : {}),
    ...findProblem([status, alerts, groups, silences, notifications, ...(events === undefined ? [] : [events])]),
  };
}

/** From the log of its Pod, where its configuration says that they are there. */
async function askEvents({ readLog }: Program, config = ''): Promise<Part<Notification[]> | undefined> {
  if (readLog === undefined || !writesEventsToLog(config)) return undefined;
  return tryPart(async () => readEvents(await readLog('alertmanager'), shownNotifications));
}

const addGroups = (alert: HeldAlert, groups: Part<ReadonlyMap<string, GroupFacts>>): HeldAlert => {
  const facts = 'value' in groups ? groups.value.get(alert.fingerprint) : undefined;
  if (facts === undefined) return alert;
  return { ...alert, mutedBy: [...facts.mutedBy], origins: [...facts.origins] };
};
