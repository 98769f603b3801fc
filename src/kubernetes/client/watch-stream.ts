/** The body of a watch: one JSON document a line, in chunks that know nothing of lines or characters. */
import type { KubernetesObject } from '../../api/meta.ts';
import type { WatchEvent } from './client.ts';
import { createStatusError } from './error-answer.ts';
import { TransportError } from './errors.ts';
import type { Status } from './errors.ts';

const newline = 0x0a;

/**
 * Events of a watch as they come. Lines are cut as bytes and decoded whole, so a character may be spread over chunks.
 * @throws {ApiError} for an ERROR event (410 when the resourceVersion is too old).
 * @throws {TransportError} "reset" when the stream ends inside a line or a line is no event.
 */
export async function* readWatchEvents<T extends KubernetesObject>(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<WatchEvent<T>, void, undefined> {
  const lines = new LineBuffer();
  for await (const chunk of chunks) {
    for (const line of lines.push(chunk)) if (line !== '') yield parseEvent<T>(line);
  }
  if (lines.hasRest()) throw new TransportError('The watch ended in the middle of an event', 'reset');
}

/** Collects bytes until a newline comes; never copies a byte twice. */
class LineBuffer {
  #parts: Uint8Array[] = [];

  push(chunk: Uint8Array): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      this.#parts.push(chunk.subarray(start, end));
      lines.push(this.#take());
      start = end + 1;
    }
    if (start < chunk.length) this.#parts.push(chunk.subarray(start));
    return lines;
  }

  hasRest(): boolean {
    return this.#parts.some((part) => part.length > 0);
  }

  #take(): string {
    const bytes = Buffer.concat(this.#parts);
    this.#parts = [];
    return bytes.toString('utf8').trim();
  }
}

interface RawEvent {
  readonly type: string;
  readonly object: unknown;
}

function parseEvent<T extends KubernetesObject>(line: string): WatchEvent<T> {
  let event: RawEvent | null;
  try {
    event = JSON.parse(line) as RawEvent | null;
  } catch {
    // The line itself stays out of the message: it may hold a Secret.
    throw new TransportError('The watch sent a line that is not JSON', 'reset');
  }
  if (event?.type === 'ERROR') throw createStatusError(event.object as Status);
  if (!isObject(event?.object)) throw new TransportError('The watch sent a line that is no event', 'reset');
  return event as WatchEvent<T>;
}

function isObject(value: unknown): boolean {
  const { metadata } = (value ?? {}) as { metadata?: unknown };
  return typeof metadata === 'object' && metadata !== null;
}
