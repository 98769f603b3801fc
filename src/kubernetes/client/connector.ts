import type { Socket } from 'node:net';
import { buildConnector } from 'undici';
import type { TlsOptions } from './client-config.ts';
import { connectTimeoutMs, keepAliveProbeMs } from '../limits.ts';

export interface Connector {
  readonly connect: buildConnector.connector;
  /** Drops connections that are still being made; undici would wait for each, and keep the process alive for it. */
  abandon(): void;
}

/** undici's connector returns the socket, though its type does not say so. */
type SocketOpener = (options: buildConnector.Options, callback: buildConnector.Callback) => Socket;

export const connectOptions = { timeout: connectTimeoutMs, keepAliveInitialDelay: keepAliveProbeMs };

/** Opens sockets as undici does, and knows which are not open yet. */
export function createConnector(tls: TlsOptions): Connector {
  const pending = new Set<Socket>();
  const open = buildConnector({ ...tls, ...connectOptions }) as SocketOpener;
  return {
    connect(options, callback) {
      const socket = open(options, (...result) => {
        pending.delete(socket);
        callback(...result);
      });
      pending.add(socket);
    },
    abandon() {
      for (const socket of pending) socket.destroy();
      pending.clear();
    },
  };
}
