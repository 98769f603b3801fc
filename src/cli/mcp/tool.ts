import type { Fields, ObjectOf, Schema } from '../../api/schema.ts';
import { object } from '../../api/schema.ts';
import type { Ground } from './ground.ts';

/** One command line of `stoker`. */
export interface CommandLine {
  readonly words: readonly string[];
  /** What "-" stands for: a text, or the objects of the cluster. */
  readonly stdin?: { readonly text: string } | 'ground';
}

/** How an answer is shown, where that is not as the command prints it. */
export interface Shown {
  readonly document: object;
  readonly text: string;
}

/** A question that a model can ask, and the command of `stoker` that answers it. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  /** For the model: what it answers, and when to ask it. */
  readonly description: string;
  readonly schema: Schema;
  /** How to ask so that less is answered. */
  readonly narrower: string;
  /** @param args hold to the schema. @throws {ExitError} for what the schema cannot say. */
  readonly toCommand: (args: never, ground: Ground) => CommandLine;
  readonly show?: (document: object) => Shown;
}

/** A tool with the types of its arguments. */
export interface ToolShape<F extends Fields> extends Omit<Tool, 'schema' | 'toCommand'> {
  readonly fields: F;
  readonly toCommand: (args: ObjectOf<F>, ground: Ground) => CommandLine;
}

export function defineTool<F extends Fields>({ fields, ...tool }: ToolShape<F>): Tool {
  return { ...tool, schema: object(fields, { additionalProperties: false }) };
}

/** `--flag=value` for each value that is there: one that begins with a dash is still no flag. */
export function flag(name: string, value: string | number | readonly string[] | undefined): string[] {
  if (value === undefined) return [];
  return (typeof value === 'object' ? value : [String(value)]).map((one) => `--${name}=${one}`);
}
