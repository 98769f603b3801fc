import type { Desired } from '../desired/steps.ts';
import { judgeRoom } from '../status/room-verdict.ts';
import type { Finding } from './finding.ts';

/** What the condition NearLimit would say of the workload: a Secret or ConfigMap of its is nearly full. */
export function warnOfRoom({ steps }: Pick<Desired, 'steps'>): Finding[] {
  const told = judgeRoom(steps)?.verdict;
  if (told === undefined) return [];
  return [{ severity: 'warning', reason: 'FileNearlyFull', path: 'spec', part: 'name', message: told.message }];
}
