import type { ReplicasQuestion } from '../../core/explain/questions.ts';
import type { RulerFacts } from '../../core/explain/running.ts';
import { findProblem, openPrograms, readPart } from './programs.ts';
import type { Program, ProgramOptions } from './programs.ts';
import { readAlertmanagerUrls, readGroups } from './read-ruler.ts';

/** Asks what evaluates the rules of a workload how it goes, and whom it tells. Never rejects. */
export function askRulers(question: ReplicasQuestion, options: ProgramOptions): Promise<readonly RulerFacts[]> {
  return Promise.all(openPrograms(question, options).map((program) => ask(question, program)));
}

async function ask({ workload }: ReplicasQuestion, program: Program): Promise<RulerFacts> {
  const [groups, alertmanagers] = await Promise.all([
    readPart(program, '/api/v1/rules', readGroups),
    // A ThanosRuler does not tell.
    ...(workload.kind === 'ThanosRuler' ? [] : [readPart(program, '/api/v1/alertmanagers', readAlertmanagerUrls)]),
  ]);
  return {
    ...{ workload, name: program.name },
    ...('value' in groups ? { groups: groups.value } : {}),
    ...(alertmanagers !== undefined && 'value' in alertmanagers ? { alertmanagers: alertmanagers.value } : {}),
    ...findProblem([groups, ...(alertmanagers === undefined ? [] : [alertmanagers])]),
  };
}
