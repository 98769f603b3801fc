import type { ObjectName } from './model.ts';
import { showObject } from './model.ts';

/** The object, target or workload that a question names is not there. */
export class SubjectNotFoundError extends Error {
  override readonly name = 'SubjectNotFoundError';

  /** With the nearest of the names that are there, as "namespace/name". */
  static of(
    subject: ObjectName,
    keys: readonly string[],
    findNearest: (name: string, known: readonly string[]) => string | undefined,
  ): SubjectNotFoundError {
    const sameName = keys.find((key) => key.endsWith(`/${subject.name}`));
    const near = sameName ?? findNearest(`${subject.namespace}/${subject.name}`, keys);
    const hint = near === undefined ? `there are ${keys.length} of this kind` : `did you mean "${near}"?`;
    return new SubjectNotFoundError(`Cannot find ${showObject(subject)}: ${hint}`);
  }
}
