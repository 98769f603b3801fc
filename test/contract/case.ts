/** A contract case: requests to an API server, and what must come back from every server that speaks the contract. */
import type { Api } from './api.ts';

/** JSON of unknown shape: any path may be read, a missing step is undefined, and only comparison gives it meaning. */
export interface Loose {
  readonly [key: string]: Loose | undefined;
}

export interface ContractCase {
  /** A sentence, unique in the suite, that begins with its topic and a colon. */
  readonly name: string;
  /** Acts on a server inside its own namespace and returns what it saw. */
  readonly run: (api: Api) => Promise<unknown>;
  /** What `run` returns once `normalise` has replaced what differs from run to run. */
  readonly expected: unknown;
}

/** How a topic's file makes its cases. */
export function contractCase(name: string, run: ContractCase['run'], expected: unknown): ContractCase {
  return { name, run, expected };
}

/** A value of a Loose that must be a string here; throws when the server gave something else. */
export function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`Expected a string, got ${JSON.stringify(value)}`);
  return value;
}

/** A scalar as it reads: strings bare, undefined as "". */
export function show(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}

/** A list of a Loose, empty when it is absent. */
export function list(value: unknown): readonly Loose[] {
  return Array.isArray(value) ? (value as Loose[]) : [];
}

/** metadata.name of each item of a list answer. */
export function names(body: Loose): string[] {
  return list(body.items).map((item) => text(item.metadata?.name));
}
