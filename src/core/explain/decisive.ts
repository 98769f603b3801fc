import type { Explanation, ObjectName, Step } from './model.ts';
import type { ReasonCode } from './reasons.ts';

/** What an answer says of the step that decides. */
type Decisive = Pick<Explanation, 'reason' | 'cause' | 'object' | 'at' | 'fixes'>;

/** @param step undefined where nothing is wrong. @param well the reason then */
export function describeDecisive(step: Step | undefined, subject: ObjectName, well: ReasonCode): Decisive {
  if (step === undefined) return { reason: well, object: subject, at: '', fixes: [] };
  const { reason, cause, object, at, fixes } = step;
  return { reason, ...(cause === undefined ? {} : { cause }), object, at, fixes };
}
