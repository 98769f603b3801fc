import type { ReplicasQuestion } from '../../core/explain/questions.ts';
import type { AlertmanagerFacts, HeldAlert } from '../../core/explain/running.ts';
import { findProblem, openPrograms, readPart } from './programs.ts';
import type { Part, Program, ProgramOptions } from './programs.ts';
import { readAlerts, readMuting, readSilences, readStatus } from './read-alertmanager.ts';
import { readNotifications } from './read-notifications.ts';

/** Asks the running replicas of an Alertmanager what they hold and have done. Never rejects. */
export function askAlertmanagers(
  question: ReplicasQuestion,
  options: ProgramOptions,
): Promise<readonly AlertmanagerFacts[]> {
  return Promise.all(openPrograms(question, options).map((program) => ask(question, program)));
}

async function ask({ workload }: ReplicasQuestion, program: Program): Promise<AlertmanagerFacts> {
  const [status, alerts, muting, silences, notifications] = await Promise.all([
    readPart(program, '/api/v2/status', readStatus),
    readPart(program, '/api/v2/alerts', readAlerts),
    readPart(program, '/api/v2/alerts/groups', readMuting),
    readPart(program, '/api/v2/silences', readSilences),
    readPart(program, '/metrics', readNotifications),
  ]);
  return {
    ...{ workload, name: program.name },
    ...('value' in status ? status.value : {}),
    ...('value' in alerts ? { alerts: alerts.value.map((one) => addMuting(one, muting)) } : {}),
    ...('value' in silences ? { silences: silences.value } : {}),
    ...('value' in notifications ? { notifications: notifications.value } : {}),
    ...findProblem([status, alerts, muting, silences, notifications]),
  };
}

const addMuting = (alert: HeldAlert, muting: Part<ReadonlyMap<string, ReadonlySet<string>>>): HeldAlert => {
  const names = 'value' in muting ? muting.value.get(alert.fingerprint) : undefined;
  return names === undefined ? alert : { ...alert, mutedBy: [...names] };
};
