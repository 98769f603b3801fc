/** What lies beside the repository where it is developed, and not beside a clone: recorded cases, manifests from the field. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const sharedFolder = join(import.meta.dirname, '..', '..', 'shared');

/**
 * Why a test that reads a part of it cannot run: the folder is not there at all. Where it is there a part that is missing is a
 * fault, and the test fails. `npm test -- --no-skip` knows the reason by its first word.
 */
export function skipWithoutShared(path: string): string | false {
  return existsSync(sharedFolder) ? false : `absent: ../shared/${path} is not beside this clone`;
}
