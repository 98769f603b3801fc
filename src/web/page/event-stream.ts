/** One client's event stream on Node's own response: only that says how much of it was taken. */
import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { reconnectMs } from '../limits.ts';
import type { EventSink } from './event-hub.ts';

type Outgoing = ServerResponse | Http2ServerResponse;

const headers = {
  'content-type': 'text/event-stream',
  // Proxies such as nginx pass on what comes as it comes.
  'x-accel-buffering': 'no',
};

/** Bytes that Node holds for the client. */
const countBacklog = (outgoing: Outgoing): number =>
  'stream' in outgoing ? outgoing.stream.writableLength : outgoing.writableLength;

/**
 * Begins the stream; `onGone` is called once when the client is no longer there, whoever ended it.
 * @param more headers that all answers have.
 */
export function openEventStream(
  outgoing: Outgoing,
  more: Readonly<Record<string, string>>,
  onGone: () => void,
): EventSink {
  outgoing.once('close', onGone);
  // A client that is cut off is not a mistake of ours.
  outgoing.on('error', () => undefined);
  const write = (text: string): void => void (outgoing as ServerResponse).write(text);
  (outgoing as ServerResponse).writeHead(200, { ...more, ...headers });
  write(`retry: ${reconnectMs}\n\n`);
  // Who is gone already says so no more.
  if (outgoing.destroyed) queueMicrotask(onGone);
  return {
    write,
    get backlog() {
      return countBacklog(outgoing);
    },
    whenTaken: (then) => void outgoing.once('drain', then),
    end: () => void outgoing.end(),
    cut: () => void outgoing.destroy(),
  };
}

/** What the handler answers with once the stream is open. */
export const streamOpened: Response = RESPONSE_ALREADY_SENT;
