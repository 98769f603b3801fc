/** The operator as users run it: the bundle, in a process of its own. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { answers, findFreePort, probe } from '../../control-plane/readiness.ts';
import type { Program } from '../../control-plane/workspace.ts';
import { Workspace } from '../../control-plane/workspace.ts';
import { eventually } from './eventually.ts';

/** Four files at a time share the machine, and what is asked once is not asked again. */
const answerMs = 20_000;
const root = join(import.meta.dirname, '..', '..', '..');

/**
 * Builds the bundle into a file of its own: a build that runs elsewhere cannot get between. `npm test` has built one for
 * all files of its run: a build takes five seconds of CPU time.
 */
export async function buildBundle(file: string): Promise<void> {
  const built = process.env.STOKER_TEST_BUNDLE;
  if (built !== undefined) {
    await copyFile(built, file);
    return;
  }
  await promisify(execFile)(process.execPath, [join(root, 'scripts', 'build.mjs'), file], { cwd: root });
}

export interface OperatorOptions {
  readonly bundle: string;
  readonly kubeconfig: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where its web server listens. Default: 127.0.0.1. */
  readonly listenHost?: string;
  /** What else it is started as. Default: run. */
  readonly command?: 'run' | 'discovery';
}

export class Operator {
  readonly #url: string;
  readonly #workspace: Workspace;
  readonly #program: Program;

  constructor(options: OperatorOptions, port: number) {
    const { bundle, kubeconfig, args = [], env = {}, listenHost = '127.0.0.1', command = 'run' } = options;
    const address = `${listenHost}:${port}`;
    this.#url = `http://127.0.0.1:${port}`;
    this.#workspace = new Workspace('operator');
    const flags = [`--kubeconfig=${kubeconfig}`, `--web.listen-address=${address}`, ...args];
    this.#program = this.#workspace.start(process.execPath, [bundle, command, ...flags], env);
  }

  /** All that it has logged so far. */
  log(): string {
    return readFileSync(this.#workspace.path(`${this.#program.name}.log`), 'utf8');
  }

  /** How it ended, or undefined while it runs. */
  ended(): string | undefined {
    return this.#program.ended();
  }

  /** Of its web server. */
  get url(): string {
    return this.#url;
  }

  /** What an endpoint of its web server answers, such as "/readyz", to whoever has the token. */
  async fetch(path: string, token?: string): Promise<{ status: number; body: string }> {
    return await probe(`${this.#url}${path}`, { timeoutMs: answerMs, ...(token === undefined ? {} : { token }) });
  }

  /** Waits until all caches are filled. */
  async whenReady(): Promise<this> {
    await eventually(`the operator is ready; its log: ${this.#program.logTail()}`, async () => {
      if (this.ended() !== undefined) throw new Error(`The operator ended: ${this.ended()}; ${this.log()}`);
      return await answers(`${this.#url}/readyz`);
    });
    return this;
  }

  /** Sum of all series of a metric whose labels are among those that are named; 0 when there is none. */
  async metric(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
    const { body } = await this.fetch('/metrics');
    const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    const lines = body.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
    return lines
      .filter((line) => wanted.every((pair) => line.includes(pair)))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  }

  /** Both queues of each kind have worked on that many keys, and nothing waits. @param keys by the name of the queue. */
  async whenIdle(keys: Readonly<Record<string, number>>): Promise<void> {
    await eventually('every object and its status were looked at', async () => {
      for (const [queue, count] of Object.entries(keys)) {
        for (const name of [queue, `${queue}_status`]) {
          const done = await this.metric('prometheus_operator_workqueue_work_duration_seconds_count', { name });
          if (done < count) throw new Error(`${name}: ${done} of ${count}`);
          const depth = await this.metric('prometheus_operator_workqueue_depth', { name });
          if (depth !== 0) throw new Error(`${name}: ${depth} wait`);
        }
      }
    });
  }

  /** SIGTERM; resolves with how it ended. */
  async stop(): Promise<string> {
    this.#program.signal('SIGTERM');
    return await eventually('the operator ends after SIGTERM', () => this.ended() ?? false, 30_000);
  }

  /** SIGUSR2: says more, or again what it was told to. */
  toggleDebug(): void {
    this.#program.signal('SIGUSR2');
  }

  /** It stands still: nothing of it runs, its connections stay open. */
  pause(): void {
    this.#program.signal('SIGSTOP');
  }

  resume(): void {
    this.#program.signal('SIGCONT');
  }

  /** SIGKILL; resolves when it is gone. */
  async kill(): Promise<void> {
    await this.#program.kill();
  }

  /** Ends it and removes its log. */
  async close(): Promise<void> {
    await this.#workspace.close();
  }
}

/** Starts an operator on a free port; `whenReady` waits for it. */
export async function startOperator(options: OperatorOptions, port?: number): Promise<Operator> {
  return new Operator(options, port ?? (await findFreePort()));
}
