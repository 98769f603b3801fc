import type { Interruptible } from '../../base/interruptible.ts';
import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { answerStartCharacters } from '../limits.ts';

export interface JsonItems {
  /** What stands before the first object, such as `"groups":[`. */
  readonly opening: string;
  /** Objects between two places to rest. */
  readonly atOnce: number;
  readonly take: (item: JsonObject) => void;
}

/**
 * The objects of a list in an answer that may have tens of megabytes: read one by one. It may rest behind some of them.
 * @returns false when it is no such answer
 */
export function* readJsonItems(answer: string, { opening, atOnce, take }: JsonItems): Interruptible<boolean> {
  const open = answer.slice(0, answerStartCharacters).indexOf(opening);
  if (open < 0) return false;
  let at = open + opening.length;
  for (let count = 1; answer[at] === '{'; count += 1) {
    const end = endOfObject(answer, at);
    const item = end === undefined ? undefined : parse(answer.slice(at, end));
    if (end === undefined || !isJsonObject(item)) return false;
    take(item);
    at = answer[end] === ',' ? end + 1 : end;
    if (count % atOnce === 0) yield;
  }
  return answer[at] === ']';
}

/** Behind the brace that closes the one at `start`. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfText(text, at);
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

/** The quote that closes the one at `start`. */
function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
