import { listSome } from '../../base/list-some.ts';
import { toldIgnoredFields, toldIgnoringObjects } from '../limits.ts';

/** Something that was left out; `object` is "" for the workload itself. */
interface LeftOut {
  readonly object: string;
  readonly message: string;
}

/**
 * What was left out of a workload that is in order all the same, for its condition Reconciled: its own fields in the words
 * of the warnings, of the objects that it selects only how many they are. Equal warnings give equal texts.
 * @returns undefined when nothing was left out.
 */
export function describeIgnoredFields(warnings: readonly LeftOut[]): string | undefined {
  const own = new Set<string>();
  const objects = new Set<string>();
  for (const { object, message } of warnings) {
    if (object === '') own.add(message);
    else objects.add(object);
  }
  const fields = listSome([...own], toldIgnoredFields, '; ');
  if (objects.size === 0) return own.size === 0 ? undefined : fields;
  const names = listSome([...objects], toldIgnoringObjects, ', ');
  const selected = `ields of ${objects.size} selected ${objects.size === 1 ? 'object' : 'objects'} are left out: ${names}`;
  return own.size === 0 ? `F${selected}` : `${fields}; f${selected}`;
}
