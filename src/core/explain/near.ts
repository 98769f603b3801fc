import { nearestName } from '../../api/validation/nearest.ts';

const isNear = (wanted: string, one: string): boolean =>
  nearestName(wanted, [one]) !== undefined || one.includes(wanted) || wanted.includes(one);

/** Whether `best` looks like what was written, and none of the others does. */
export function isOnlyNear(wanted: string, best: string, known: readonly string[]): boolean {
  return isNear(wanted, best) && !known.some((one) => one !== best && isNear(wanted, one));
}
