/** Clients on the event stream of the page, in a process of their own: `page-crowd.ts PORT`. Told by messages how many, and when a change begins. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** `open`: so many clients; `mark`: a change begins now; `close`: all go. */
export type CrowdOrder = { readonly open: number } | 'mark' | 'close';

/** When all clients were open, or had an event of the change; milliseconds since 1970. */
export interface CrowdReport {
  readonly at: number;
}

const port = Number(process.argv[2]);
const sockets = new Set<Socket>();
let waiting = new Set<Socket>();

const report = (): void => {
  const said: CrowdReport = { at: performance.timeOrigin + performance.now() };
  process.send?.(said);
};

function join(text: string): void {
  const socket = connect(port, '127.0.0.1');
  sockets.add(socket);
  waiting.add(socket);
  // A server that is too busy to accept it resets it: it comes again, as a browser does.
  socket.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    sockets.delete(socket);
    waiting.delete(socket);
    setTimeout(() => join(text), 1000);
  });
  socket.setEncoding('latin1').on('data', (part: string) => {
    if (part.includes(text) || part.includes('event: change')) arrive(socket);
  });
  socket.write('GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
}

function arrive(socket: Socket): void {
  if (waiting.delete(socket) && waiting.size === 0) report();
}

async function open(count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    join('event: state');
    if (at % 50 === 49) await delay(10);
  }
}

process.on('message', (order: CrowdOrder) => {
  if (order === 'mark') waiting = new Set(sockets);
  else if (order === 'close') {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  } else void open(order.open);
});
