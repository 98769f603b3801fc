import { TransportError } from './errors.ts';

/** The bytes of an answer as text. @throws {TransportError} when there are more than `bytes`: the rest is not waited for. */
export async function readAtMost(body: AsyncIterable<Uint8Array>, bytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > bytes) throw new TransportError(`Cannot read the answer: it is longer than ${bytes} bytes`, 'other');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
