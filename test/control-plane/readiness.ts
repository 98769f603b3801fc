/** Ports for servers of a fixture, and the wait until such a server answers. */
import { randomInt } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Program } from './workspace.ts';

const probeIntervalMs = 50;
/** Below the kernel's ephemeral range: no outgoing connection can take the port between the look and the start. */
const ports = { first: 20_000, end: 32_000 };

/** A port of 127.0.0.1 that nothing listens on. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(ports.first, ports.end);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

export interface ProbeOptions {
  readonly method?: 'GET' | 'POST';
  readonly token?: string;
  /** PEM text; without it the certificate is not checked. */
  readonly ca?: string;
  /** Default: 2 s. */
  readonly timeoutMs?: number;
}

/** The status and body of one request without a body of its own; rejects when there is no answer. */
export function probe(url: string, options: ProbeOptions = {}): Promise<{ status: number; body: string }> {
  const { method = 'GET', token, ca, timeoutMs = 2_000 } = options;
  const trust = ca === undefined ? { rejectUnauthorized: false } : { ca };
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = send(url, { method, headers, ...trust, agent: false, signal }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('error', reject).on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject).end();
  });
}

/** True when the answer is 200; any failure is a no. */
export async function answers(url: string, options?: ProbeOptions): Promise<boolean> {
  try {
    return (await probe(url, options)).status === 200;
  } catch {
    return false;
  }
}

/** Resolves when `isReady` says so; throws with the tail of the log when the program ends or the time is over. */
export async function waitUntilReady(
  program: Program,
  timeoutMs: number,
  isReady: () => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isReady())) {
    const ended = program.ended();
    const why = ended ?? (Date.now() > deadline ? `not ready after ${timeoutMs} ms` : undefined);
    if (why !== undefined) throw new Error(`Cannot start ${program.name}: ${why}; its log ends:\n${program.logTail()}`);
    await delay(probeIntervalMs);
  }
}
