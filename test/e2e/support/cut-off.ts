import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { findFreePort } from '../../control-plane/readiness.ts';

/** A wire to the API server that a test can cut or stop: what changes meanwhile is not seen behind it. */
export class CutOff {
  readonly port: number;
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #isStopped = false;

  constructor(port: number, target: number) {
    this.port = port;
    this.#target = target;
  }

  /** Lets connections through; those that were stopped break. */
  async mend(): Promise<void> {
    if (this.#isStopped) this.#reset();
    this.#isStopped = false;
    if (this.#server !== undefined) return;
    const server = createServer((near) => {
      const far = connect(this.#target, '127.0.0.1');
      if (this.#isStopped) {
        for (const socket of [near, far]) this.#keep(socket, near, far);
        return;
      }
      near.pipe(far).pipe(near);
      for (const socket of [near, far]) this.#keep(socket, near, far);
    });
    this.#server = server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
  }

  /** Resets all connections and refuses new ones. */
  async cut(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    server.close();
    this.#reset();
    await once(server, 'close');
  }

  /** Connections stay, but nothing gets through any more, as behind a firewall that drops. */
  stop(): void {
    this.#isStopped = true;
    for (const socket of this.#sockets) {
      socket.unpipe();
      socket.pause();
    }
  }

  #reset(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  #keep(socket: Socket, ...pair: readonly Socket[]): void {
    this.#sockets.add(socket);
    socket.on('error', () => pair.forEach((one) => one.destroy()));
    socket.on('close', () => {
      this.#sockets.delete(socket);
      pair.forEach((one) => one.destroy());
    });
  }
}

/** @param server URL of the API server. */
export async function createCutOff(server: string): Promise<CutOff> {
  const wire = new CutOff(await findFreePort(), Number(new URL(server).port));
  await wire.mend();
  return wire;
}
