import { findSubjectKind, listSubjectKinds } from '../../core/explain/kind-words.ts';
import type { ObjectKind } from '../../core/explain/kind-words.ts';
import type { ClusterFlags } from '../cluster/connect.ts';
import { ExitError, exitCodes } from '../io.ts';
import type { OperatorFlags } from './scope-flags.ts';
import type { RunningUrls } from './running-gatherer.ts';

/** What commander gives. */
export interface ExplainFlags extends ClusterFlags, OperatorFlags, RunningUrls {
  readonly namespace?: string;
  readonly prometheus?: string;
  readonly label?: readonly string[];
  readonly with?: readonly string[];
  readonly receiver?: string;
  readonly alertmanager?: string;
  readonly at?: string;
  readonly timeZone?: string;
  readonly shard?: string;
  readonly offline?: readonly string[];
  /** A code or reason to look up, in the place of a subject. */
  readonly code?: string;
  /** The number of the edit that is wanted in the place of the answer; true: the first. */
  readonly fix?: string | true;
  readonly write?: true;
  readonly yes?: true;
  readonly output: string;
  readonly kubernetesVersion?: string;
}

/** What was asked; the namespace is undefined when it was not given. */
export type WantedSubject =
  | { readonly kind: ObjectKind; readonly namespace: string | undefined; readonly name: string }
  | { readonly kind: 'Target'; readonly url: string };

const usage = (message: string): ExitError => new ExitError(exitCodes.usage, message);

function readKind(word: string): ObjectKind {
  const kind = findSubjectKind(word);
  if (kind !== undefined) return kind;
  throw usage(`Cannot explain "${word}": known are ${[...listSubjectKinds(), 'target'].join(', ')}`);
}

/** `KIND NAME`, `KIND/NAME`, `KIND NAMESPACE/NAME`, `target URL` or a URL alone. @throws {ExitError} */
export function readSubject(words: readonly string[], namespace: string | undefined): WantedSubject {
  const [first = '', second] = words;
  if (first === '') throw usage('Cannot tell what to explain: want KIND NAME, target URL, or --code CODE');
  return readTarget(first, second) ?? readObject(first, second, namespace);
}

function readTarget(first: string, second: string | undefined): WantedSubject | undefined {
  if (second === undefined && /^https?:\/\//.test(first)) return { kind: 'Target', url: first };
  if (first.toLowerCase() !== 'target') return undefined;
  if (second === undefined) throw usage('Cannot explain a target without its URL: stoker explain target URL');
  return { kind: 'Target', url: second };
}

function readObject(first: string, second: string | undefined, namespace: string | undefined): WantedSubject {
  const slash = first.indexOf('/');
  const kind = readKind(slash < 0 ? first : first.slice(0, slash));
  const name = second ?? (slash < 0 ? undefined : first.slice(slash + 1));
  if (name === undefined || name === '' || (second !== undefined && slash >= 0))
    throw usage(`Cannot tell what to explain: want KIND NAME or KIND/NAME, such as servicemonitor checkout`);
  const [own = '', rest] = name.split('/');
  return rest === undefined ? { kind, namespace, name } : { kind, namespace: own, name: rest };
}

/** @throws {ExitError} */
export function readShard(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw usage(`Cannot read --shard "${text}": want a number, counted from 0`);
}

/** "1.36" in two numbers. @throws {ExitError} */
export function readKubernetesVersion(text: string): { readonly major: number; readonly minor: number } {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(text) ?? [];
  if (major !== undefined && minor !== undefined) return { major: Number(major), minor: Number(minor) };
  throw usage(`Cannot read --kubernetes-version "${text}": want MAJOR.MINOR`);
}
