/**
 * The temporary folder of a fixture, the programs started in it, and the promise that neither outlives the test,
 * however the test ends: a `process.on('exit')` handler does not run on SIGKILL, so a small shell keeps watch. It
 * reads the process ids from a pipe; when the pipe ends without a "done", the test is dead and it cleans up.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const reaperScript = `
pids=
while read -r verb pid; do
  case $verb in
  add) pids="$pids $pid" ;;
  drop) kept=; for p in $pids; do [ "$p" = "$pid" ] || kept="$kept $p"; done; pids=$kept ;;
  done) exit 0 ;;
  esac
done
for p in $pids; do kill -9 "$p"; done
rm -rf "$1" || { sleep 1; rm -rf "$1"; }
`;
const logTailLines = 25;

/** A program of the workspace; its output goes to a file. */
export interface Program {
  readonly name: string;
  readonly pid: number | undefined;
  /** How it ended ("exit code 1", "signal SIGKILL"), or undefined while it runs. */
  ended(): string | undefined;
  signal(signal: NodeJS.Signals): void;
  /** SIGKILL, which also ends a stopped process, and waits for the end. */
  kill(): Promise<void>;
  logTail(): string;
}

export class Workspace {
  readonly folder: string;
  readonly #reaper: ChildProcess;
  readonly #programs: Program[] = [];

  /** @param name goes into the folder's name, so that a listing of processes tells whose they are. */
  constructor(name: string) {
    this.folder = mkdtempSync(join(tmpdir(), `stoker-${name}-`));
    // Detached: a Ctrl-C in the terminal must not end the one that cleans up after it.
    this.#reaper = spawn('sh', ['-c', reaperScript, 'sh', this.folder], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#reaper.unref();
    this.#reaper.stdin?.on('error', () => undefined);
    // An open pipe would keep the test process alive.
    if (this.#reaper.stdin instanceof Socket) this.#reaper.stdin.unref();
  }

  path(...names: readonly string[]): string {
    return join(this.folder, ...names);
  }

  /** Starts a program; it does not keep the test process alive. @param env beside that of this process. */
  start(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Program {
    const name = basename(command);
    const logFile = this.path(`${name}.log`);
    const log = openSync(logFile, 'a');
    const child = spawn(command, args, {
      cwd: this.folder,
      stdio: ['ignore', log, log],
      env: { ...process.env, ...env },
    });
    closeSync(log);
    child.unref();
    this.#tell('add', child.pid);
    const program = watch({ child, name, logFile, onEnd: () => this.#tell('drop', child.pid) });
    this.#programs.push(program);
    return program;
  }

  /** Ends all programs and removes the folder; nothing is left when it resolves. */
  async close(): Promise<void> {
    await Promise.all(this.#programs.map((program) => program.kill()));
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
    if (this.#reaper.exitCode !== null || this.#reaper.signalCode !== null) return;
    this.#reaper.ref();
    this.#reaper.stdin?.end('done\n');
    await once(this.#reaper, 'exit');
  }

  #tell(verb: 'add' | 'drop', pid: number | undefined): void {
    if (pid !== undefined) this.#reaper.stdin?.write(`${verb} ${pid}\n`);
  }
}

interface Watched {
  readonly child: ChildProcess;
  readonly name: string;
  readonly logFile: string;
  readonly onEnd: () => void;
}

function watch({ child, name, logFile, onEnd }: Watched): Program {
  let ended: string | undefined;
  const whenEnded = new Promise<void>((resolve) => {
    const end = (how: string): void => {
      if (ended === undefined) onEnd();
      ended ??= how;
      resolve();
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(signal === null ? `exit code ${String(code)}` : `signal ${signal}`));
  });
  return {
    name,
    pid: child.pid,
    ended: () => ended,
    signal: (signal) => void child.kill(signal),
    async kill() {
      child.ref();
      child.kill('SIGKILL');
      await whenEnded;
    },
    logTail: () => readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-logTailLines).join('\n'),
  };
}
