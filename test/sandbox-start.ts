/** Starts a sandbox API server for trying things out: `node --import tsx test/sandbox-start.ts [KUBECONFIG-FILE [DATA-FILE]]`. */
import { writeFileSync } from 'node:fs';
import { createSandboxServer } from '../src/sandbox/server.ts';

const [, , file, dataFile] = process.argv;
const sandbox = createSandboxServer({
  ...(dataFile === undefined ? {} : { dataFile }),
  onRequest: ({ method, path, status, duration, error }) => {
    const failure = error === undefined ? '' : ` ${error}`;
    if (process.env.SANDBOX_LOG !== undefined)
      process.stderr.write(`${status} ${method} ${path} ${duration.toFixed(1)}ms${failure}\n`);
  },
});
await sandbox.listen();
if (file === undefined) process.stdout.write(sandbox.kubeconfig());
else writeFileSync(file, sandbox.kubeconfig(), { mode: 0o600 });
process.stderr.write(`${sandbox.url}\n`);
process.once('SIGINT', () => void sandbox.close().then(() => process.exit(0)));
