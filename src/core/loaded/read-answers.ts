import type { Interruptible } from '../../base/interruptible.ts';
import { isJsonObject } from '../../base/json.ts';
import { answerCharactersAtOnce } from '../limits.ts';

/** What `/api/v1/status/runtimeinfo` says of the last reload. */
export interface ReloadFacts {
  /** False: the last reload failed; what was loaded before it is in force. */
  readonly succeeded: boolean;
  /** When the configuration in force was loaded, RFC 3339, by the replica's clock. */
  readonly loadedAt: string;
}

/** Undefined when it is no such answer. */
export function readRuntimeInfo(answer: unknown): ReloadFacts | undefined {
  const data = isJsonObject(answer) ? answer['data'] : undefined;
  if (!isJsonObject(data)) return undefined;
  const { reloadConfigSuccess: succeeded, lastConfigTime: loadedAt } = data;
  return typeof succeeded === 'boolean' && typeof loadedAt === 'string' ? { succeeded, loadedAt } : undefined;
}

const configStart = /^\s*\{\s*"status"\s*:\s*"success"\s*,\s*"data"\s*:\s*\{\s*"yaml"\s*:\s*"/;

/**
 * The text of the configuration in an answer of `/api/v1/status/config`: a text of JSON that may have tens of megabytes, decoded piece by
 * piece. It may rest behind each.
 * @returns undefined when it is no such answer
 */
export function* readConfigAnswer(answer: string): Interruptible<string | undefined> {
  const [start] = configStart.exec(answer.slice(0, 200)) ?? [];
  if (start === undefined) return undefined;
  const end = answer.lastIndexOf('"');
  const pieces: string[] = [];
  for (let at = start.length; at < end;) {
    const stop = Math.min(end, endOfPiece(answer, at + answerCharactersAtOnce));
    const piece = decode(answer.slice(at, stop));
    if (piece === undefined) return undefined;
    pieces.push(piece);
    at = stop;
    yield;
  }
  return pieces.join('');
}

/** Right behind an escaped line break, where no other escape sequence is cut. */
function endOfPiece(answer: string, from: number): number {
  for (let at = answer.indexOf('\\n', from); at >= 0; at = answer.indexOf('\\n', at + 1))
    if (countBackslashes(answer, at) % 2 === 0) return at + 2;
  return answer.length;
}

function countBackslashes(text: string, before: number): number {
  let count = 0;
  while (text[before - 1 - count] === '\\') count += 1;
  return count;
}

function decode(piece: string): string | undefined {
  try {
    const text: unknown = JSON.parse(`"${piece}"`);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

/** The version that `/api/v1/status/buildinfo` tells; undefined when it is no such answer. */
export function readBuildInfo(answer: unknown): string | undefined {
  const data = isJsonObject(answer) ? answer['data'] : undefined;
  const version = isJsonObject(data) ? data['version'] : undefined;
  return typeof version === 'string' ? version : undefined;
}
