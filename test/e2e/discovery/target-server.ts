/** What HTTP discovery asks: a server with a password that knows three machines, one of them retired. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const groups = [
  { targets: ['rack-1.example.com:9100', 'rack-2.example.com:9100'], labels: { __meta_owner: 'storage', floor: '2' } },
  { targets: ['rack-0.example.com:9100'], labels: { __meta_retired: 'true' } },
];

export interface TargetServer {
  readonly url: string;
  /** How many requests had the right password. */
  readonly answered: number;
  stop(): Promise<void>;
}

export interface Login {
  readonly username: string;
  readonly password: string;
}

export async function startTargetServer({ username, password }: Login): Promise<TargetServer> {
  const wanted = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  let answered = 0;
  const server = createServer((request, response) => {
    if (request.headers.authorization !== wanted) {
      response.writeHead(401).end();
      return;
    }
    answered += 1;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(groups));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get answered() {
      return answered;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
