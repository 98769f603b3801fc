import type { ApiResponse } from '../../../src/sandbox/http/message.ts';

/** Reads a whole body; a streamed one until it ends. Rejects when the stream is aborted. */
export function readBody({ body }: ApiResponse): Promise<string> {
  if (typeof body === 'string') return Promise.resolve(body);
  if (Buffer.isBuffer(body)) return Promise.resolve(body.toString());
  return new Promise((resolve, reject) => {
    const pieces: string[] = [];
    body.start({
      write: (text) => pieces.push(text),
      end: () => resolve(pieces.join('')),
      abort: () => reject(new Error('The stream was aborted')),
    });
  });
}
