import { shownTypeCharacters } from './limits.ts';

/** Reading what the API server, or somebody else, sends: JSON, of a bounded size. */

/** A request that gets an HTTP error and no review. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: 400 | 413 | 415 | 503;

  constructor(status: RequestError['status'], message: string) {
    super(message);
    this.status = status;
  }
}

/** Bytes of bodies that may be in memory at the same time, whoever sends them. */
export class ByteBudget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** @throws {RequestError} when too much is under way: the client may try again. */
  take(bytes: number): void {
    if (bytes > this.#left) throw new RequestError(503, 'Too many reviews at once: try again later');
    this.#left -= bytes;
  }

  give(bytes: number): void {
    this.#left += bytes;
  }
}

export interface BodyLimits {
  readonly budget: ByteBudget;
  /** Of one body, in bytes. */
  readonly limit: number;
}

/**
 * Reads a JSON body and hands it on; its bytes count against the budget until `use` has ended.
 * @throws {RequestError} for another content type, too many bytes, or none at all; JSON that cannot be read is handed on
 * as undefined, because a review answers it.
 */
export async function withJsonBody<T>(
  request: Request,
  { budget, limit }: BodyLimits,
  use: (json: unknown) => T | Promise<T>,
): Promise<T> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(?:;|$)/i.test(type))
    throw new RequestError(
      415,
      `Cannot read a body of type "${type.slice(0, shownTypeCharacters)}": want application/json`,
    );
  const tooLarge = new RequestError(413, `Cannot read a body of more than ${limit} bytes`);
  if (Number(request.headers.get('content-length') ?? '0') > limit) throw tooLarge;
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of readPieces(request)) {
      budget.take(piece.length);
      size += piece.length;
      pieces.push(piece);
      if (size > limit) throw tooLarge;
    }
    if (size === 0) throw new RequestError(400, 'Cannot read an empty body: want a review as JSON');
    return await use(parse(Buffer.concat(pieces)));
  } finally {
    budget.give(size);
  }
}

async function* readPieces({ body }: Request): AsyncGenerator<Uint8Array> {
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = body?.getReader();
  if (reader === undefined) return;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } catch {
    throw new RequestError(400, 'Cannot read the body: it ended too early');
  } finally {
    reader.releaseLock();
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
