import { TerminalError } from '../../../base/errors.ts';

/** A command-line argument without its dashes. Without a value it is a bare switch. */
export interface Argument {
  readonly name: string;
  readonly value?: string;
  /** Set to nothing, as `--name=`: what is no switch takes the next argument for its value otherwise. */
  readonly cleared?: true;
}

/** What is false or undefined adds no argument, so that conditions stand in the list itself. */
export type MaybeArgument = Argument | false | undefined;

export function argument(name: string, value: string | number = ''): Argument {
  return { name, value: String(value) };
}

/** `--name=`, which says "none" where there is a default. */
export function clearedArgument(name: string): Argument {
  return { name, cleared: true };
}

/** `argument`, or nothing when there is no value to give. */
export function argumentIfSet(name: string, value: string | number | undefined): MaybeArgument {
  return value !== undefined && value !== '' && argument(name, value);
}

/** Only the arguments that are there. */
export function chooseArguments(list: readonly MaybeArgument[]): Argument[] {
  return list.filter((one): one is Argument => one !== undefined && one !== false);
}

/** Whether they are one flag, or one the negation of the other. */
export function isSameSwitch(a: string, b: string): boolean {
  return a === b || a === `no-${b}` || b === `no-${a}`;
}

function writeArgument({ name, value = '', cleared }: Argument): string {
  return value === '' && cleared !== true ? `--${name}` : `--${name}=${value}`;
}

/**
 * The container's `args`: the operator's in their order, then the user's (docs/reference/rendering.md 4.14).
 * @param field where the user's stand, such as "spec.additionalArgs".
 * @throws {TerminalError} when the user sets or negates one that the operator sets here.
 */
export function renderArguments(
  own: readonly Argument[],
  user: readonly Argument[] | undefined,
  field: string,
): string[] {
  const given = user ?? [];
  const taken = own.filter(({ name }) => given.some((one) => isSameSwitch(one.name, name)));
  if (taken.length > 0) {
    const names = taken.map(({ name }) => name).join(', ');
    throw new TerminalError(
      `Cannot use ${field}: the operator itself sets ${names}; remove them or use the field that stands for them`,
    );
  }
  return [...own, ...given].map(writeArgument);
}
