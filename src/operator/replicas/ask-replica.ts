import { request as requestPlain } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as requestTls } from 'node:https';
import { X509Certificate } from 'node:crypto';
import type { PeerCertificate } from 'node:tls';
import type { Clock } from '../../base/clock.ts';
import { replicaAnswerBytes, replicaTimeoutMs } from '../limits.ts';

/** Where the web server of one replica is. */
export interface ReplicaAddress {
  readonly host: string;
  readonly port: number;
  /** Before all paths; "" for none, without a slash at its end. */
  readonly prefix: string;
  /** The certificate that the workload is configured to serve, PEM: no other is trusted. Undefined: it serves without TLS. */
  readonly certificate?: string | undefined;
}

/** What a replica answered with status 200. */
export interface ReplicaAnswer {
  readonly text: string;
  /** Its own time of the answer in milliseconds since 1970; undefined when it told none. */
  readonly at: number | undefined;
}

/** Why there is no answer. `silent`: nothing came in time; `closed`: nobody listens, or the connection broke. */
export type AskFailure = 'silent' | 'closed' | 'untrusted' | 'status' | 'tooLong';

export class AskError extends Error {
  override readonly name = 'AskError';
  readonly failure: AskFailure;
  /** Of HTTP, where that is the failure. */
  readonly status: number | undefined;

  constructor(
    message: string,
    failure: AskFailure,
    options: { readonly status?: number; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.failure = failure;
    this.status = options.status;
  }
}

/** Asks a replica at a path. @throws {AskError} */
export type AskReplica = (address: ReplicaAddress, path: string) => Promise<ReplicaAnswer>;

/**
 * Asks by one GET on a connection of its own: nothing but the path is sent, no redirect is followed, and what it serves by TLS must be the
 * very certificate that the workload is configured with.
 */
export function createAskReplica(clock: Clock): AskReplica {
  return async (address, path) => {
    const aborter = new AbortController();
    const timer = clock.schedule(replicaTimeoutMs, () =>
      aborter.abort(new AskError(`does not answer in ${replicaTimeoutMs / 1000} s`, 'silent')),
    );
    try {
      const response = await open(address, path, aborter.signal);
      const at = Date.parse(response.headers.date ?? '');
      return { text: await readText(response), at: Number.isNaN(at) ? undefined : at };
    } catch (error) {
      throw asAskError(aborter.signal.aborted ? aborter.signal.reason : error);
    } finally {
      timer.cancel();
      aborter.abort();
    }
  };
}

function open(address: ReplicaAddress, path: string, signal: AbortSignal): Promise<IncomingMessage> {
  const { host, port, prefix, certificate } = address;
  const options: RequestOptions = {
    ...{ host, port, path: `${prefix}${path}`, method: 'GET', agent: false, signal },
    headers: { accept: 'application/json', 'user-agent': 'stoker' },
  };
  return new Promise((resolve, reject) => {
    const settle = (response: IncomingMessage): void => {
      const { statusCode: status = 0 } = response;
      if (status === 200) resolve(response);
      else reject(new AskError(`gives status ${status}`, 'status', { status }));
    };
    const request =
      certificate === undefined
        ? requestPlain(options, settle)
        : requestTls({ ...options, ...trustOnly(certificate) }, settle);
    request.on('error', reject);
    request.end();
  });
}

/** It may name no address of the Pod: what counts is that it is the one. @throws {AskError} when it is none. */
function trustOnly(certificate: string): object {
  const own = readCertificate(certificate);
  return {
    ca: certificate,
    allowPartialTrustChain: true,
    checkServerIdentity: (_: string, peer: PeerCertificate) =>
      own.raw.equals(peer.raw)
        ? undefined
        : new AskError('serves another certificate than the configured one', 'untrusted'),
  };
}

function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new AskError('is configured with a certificate that cannot be read', 'untrusted', { cause });
  }
}

async function readText(response: IncomingMessage): Promise<string> {
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > replicaAnswerBytes)
      throw new AskError(`answers with more than ${replicaAnswerBytes / 1024 ** 2} MiB`, 'tooLong');
    pieces.push(decoder.decode(chunk, { stream: true }));
  }
  return pieces.join('');
}

/** Codes of Node for connections that break; all others with a certificate's are about trust. */
const closedCodes: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE', 'ENETDOWN', 'EHOSTDOWN', 'ECONNABORTED'],
]);

function asAskError(error: unknown): AskError {
  if (error instanceof AskError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'ETIMEDOUT') return new AskError(message, 'silent', { cause: error });
  return new AskError(message, closedCodes.has(code) ? 'closed' : 'untrusted', { cause: error });
}
