// What the events of node:test say, once for all reporters.
import { resolve } from 'node:path';

/** @typedef {'pass' | 'fail' | 'skipped' | 'absent'} Outcome absent: skipped because a clone has no ../shared (test/shared-material.ts) */

/** The event is about a test file as a whole: node names it by its path. */
export const isFile = ({ name = '', nesting, file }) => nesting === 0 && file !== undefined && resolve(name) === file;

/** How a test or suite ended, from its `test:pass` or `test:fail`; undefined when others say it: a suite is what its tests are. */
export function readOutcome({ type, data }) {
  const isSuite = data.details?.type === 'suite';
  if (data.skip !== undefined) return String(data.skip).startsWith('absent: ') ? 'absent' : 'skipped';
  if (type === 'test:fail') return data.details.error.failureType === 'subtestsFailed' ? undefined : 'fail';
  return isSuite ? undefined : 'pass';
}

/** Message and stack of what failed. */
export function readError({ details }) {
  const cause = details.error.cause ?? details.error;
  return String(cause.stack ?? cause.message ?? cause);
}
