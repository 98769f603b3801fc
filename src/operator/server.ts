import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createWebApp } from '../web/app.ts';
import type { WebSources } from '../web/app.ts';
import { OptionError } from './options/values.ts';

export interface WebServer {
  /** Where it listens, such as "http://127.0.0.1:8080". */
  readonly url: string;
  close(): Promise<void>;
}

/** `:8080`, `127.0.0.1:8080`, `[::1]:8080`. */
function splitAddress(address: string): { host: string | undefined; port: number } {
  const match = /^(?:\[([^\]]+)\]|([^:]*)):(\d{1,5})$/.exec(address);
  if (match === null) throw new OptionError(`Cannot listen on "${address}": want HOST:PORT or :PORT`);
  const host = match[1] ?? match[2] ?? '';
  return { host: host === '' ? undefined : host, port: Number(match[3]) };
}

function listen(server: Server, address: string): Promise<void> {
  const { host, port } = splitAddress(address);
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new OptionError(`Cannot listen on "${address}": ${error.message}`, 1)));
    server.listen({ port, ...(host === undefined ? {} : { host }) }, resolve);
  });
}

/** Serves metrics and health. @throws {OptionError} when the address cannot be used. */
export async function startWebServer(address: string, sources: WebSources): Promise<WebServer> {
  const app = createWebApp(sources);
  const handle = getRequestListener(app.fetch);
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 30_000 },
    (request, response) => void handle(request, response),
  );
  await listen(server, address);
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
