/** kubectl itself, on the sandbox and on a real control plane: what it prints is the same. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { renderKubeconfig } from '../../../src/sandbox/kubeconfig.ts';
import { eventually } from '../../e2e/support/eventually.ts';
import { findBinary, skipWithout } from '../../control-plane/locate.ts';
import type { RunningServer } from '../servers.ts';
import { realServer, sandboxServer } from '../servers.ts';
import { normaliseOutput } from './normalise-output.ts';
import { isReading, steps } from './steps.ts';
import type { Step } from './steps.ts';

const kubectl = findBinary('kubectl') ?? '';
const skip = skipWithout('kubectl') || (realServer.skipped({ controllers: true }) ?? false);
const namespace = 'k80';

/** What a user sees of one call. */
interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

class Terminal {
  readonly #folder: string;
  readonly #server: RunningServer;

  constructor(server: RunningServer) {
    this.#server = server;
    this.#folder = mkdtempSync(join(tmpdir(), 'stoker-kubectl-'));
    const { server: url, token } = server.access;
    const kubeconfig = renderKubeconfig({ server: url, caCertificate: server.caCertificate, token, user: 'admin' });
    writeFileSync(this.#kubeconfig, kubeconfig, { mode: 0o600 });
  }

  get #kubeconfig(): string {
    return join(this.#folder, 'kubeconfig');
  }

  run({ args, input = '' }: Step): Promise<Printed> {
    const all = [
      `--kubeconfig=${this.#kubeconfig}`,
      `--cache-dir=${this.#folder}`,
      `--namespace=${namespace}`,
      ...args,
    ];
    return new Promise((resolve) => {
      const child = execFile(kubectl, all, (error, out, err) => {
        const code = error === null ? 0 : Number(error.code);
        const { server: url } = this.#server.access;
        resolve({ code, out: normaliseOutput(out, url), err: normaliseOutput(err, url) });
      });
      child.stdin?.end(input);
    });
  }

  async close(): Promise<void> {
    rmSync(this.#folder, { recursive: true });
    await this.#server.stop();
  }
}

describe('kubectl', { skip, timeout: 300_000 }, () => {
  let terminals: readonly Terminal[] = [];
  before(async () => {
    const servers = await Promise.all([realServer, sandboxServer].map((one) => one.start({ controllers: true })));
    terminals = servers.map((server) => new Terminal(server));
    for (const one of terminals) await one.run({ args: ['create', 'namespace', namespace] });
  });
  after(async () => {
    await Promise.all(terminals.map((one) => one.close()));
  });

  for (const [at, step] of steps.entries())
    it(`prints the same: ${at + 1}. kubectl ${step.args.join(' ')}`, async () => {
      const compare = async (): Promise<void> => {
        const [real, sandbox] = await Promise.all(terminals.map((one) => one.run(step)));
        if (step.differs === undefined) assert.deepEqual(sandbox, real);
        else assert.notDeepEqual(sandbox, real, `no longer: ${step.differs}`);
      };
      await (isReading(step) ? eventually('both print the same', compare) : compare());
    });
});
