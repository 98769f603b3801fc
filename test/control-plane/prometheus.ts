/** A real Prometheus for tests, and its tools as judges of configs and rules. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BinaryName } from './locate.ts';
import { findBinary } from './locate.ts';
import { answers, findFreePort, probe, waitUntilReady } from './readiness.ts';
import { Workspace } from './workspace.ts';

/** What a tool said of a file; `output` is its stdout and stderr, with the file called "FILE". */
export interface Verdict {
  readonly valid: boolean;
  readonly output: string;
}

/**
 * Sends an alert again each second. An alert that fires before the Alertmanagers are discovered is lost, and by default it is a
 * minute until it is sent again.
 */
export const resendAlerts = '--rules.alert.resend-delay=1s';

/** `promtool check config --syntax-only`: referenced files (certificates, rules) need not be there. */
export function checkConfig(yamlText: string): Promise<Verdict> {
  return check(yamlText, 'promtool', ['check', 'config', '--syntax-only']);
}

/** `promtool check rules`, without its lints: a duplicate rule is not an error of the operator. */
export function checkRules(yamlText: string): Promise<Verdict> {
  return check(yamlText, 'promtool', ['check', 'rules', '--lint=none']);
}

/** `amtool check-config`. */
export function checkAlertmanagerConfig(yamlText: string): Promise<Verdict> {
  return check(yamlText, 'amtool', ['check-config']);
}

/** Runs promtool with files where they are; its exit code is the verdict. */
export function runPromtool(args: readonly string[]): Promise<Verdict> {
  return run(findTool('promtool'), args);
}

function findTool(tool: BinaryName): string {
  const command = findBinary(tool);
  if (command === undefined) throw new Error(`Cannot check: ${tool} is not built; see test/control-plane/build.sh`);
  return command;
}

async function check(text: string, tool: BinaryName, args: readonly string[]): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), `stoker-${tool}-`));
  const file = join(folder, 'config.yaml');
  try {
    await writeFile(file, text);
    const verdict = await run(findTool(tool), [...args, file]);
    return { ...verdict, output: verdict.output.replaceAll(file, 'FILE') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[]): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      // A number is the tool's own exit code: its verdict. Anything else says that it did not run.
      if (error !== null && typeof error.code !== 'number')
        reject(new Error(`Cannot run ${command}: ${error.message}`, { cause: error }));
      else resolve({ valid: error === null, output: `${stdout}${stderr}`.trim() });
    });
  });
}

export interface PrometheusOptions {
  /** Read at the start and at each reload; its paths are relative to its own folder. */
  readonly configFile: string;
  /** More flags, for example `--agent` or `--enable-feature=…`. */
  readonly args?: readonly string[];
  /** How long it may take until it is ready. Default: 60 s. */
  readonly readyTimeoutMs?: number;
}

export interface RunningPrometheus {
  readonly url: string;
  /** Reads the config file again; throws with Prometheus' own words when it does not like it. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Prometheus on a free port with its data in a temporary folder; resolves when it is ready. */
export async function startPrometheus(options: PrometheusOptions): Promise<RunningPrometheus> {
  const command = findBinary('prometheus');
  if (command === undefined)
    throw new Error('Cannot start prometheus: it is not built; see test/control-plane/build.sh');
  const address = `127.0.0.1:${await findFreePort()}`;
  const url = `http://${address}`;
  const workspace = new Workspace('prometheus');
  try {
    const program = workspace.start(command, prometheusArgs(address, workspace.path('data'), options));
    await waitUntilReady(program, options.readyTimeoutMs ?? 60_000, () => answers(`${url}/-/ready`));
  } catch (error) {
    await workspace.close();
    throw error;
  }
  return { url, reload: () => reloadConfig(url, 'Prometheus'), stop: () => workspace.close() };
}

function prometheusArgs(address: string, data: string, { configFile, args = [] }: PrometheusOptions): string[] {
  const storage = args.includes('--agent') ? '--storage.agent.path' : '--storage.tsdb.path';
  return [
    `--config.file=${configFile}`,
    `${storage}=${data}`,
    `--web.listen-address=${address}`,
    '--web.enable-lifecycle',
    '--log.level=warn',
    ...args,
  ];
}

/** Makes a server read its config again. @param server its name in the error, which carries its own words. */
export async function reloadConfig(url: string, server: string): Promise<void> {
  const { status, body } = await probe(`${url}/-/reload`, { method: 'POST', timeoutMs: 60_000 });
  if (status !== 200) throw new Error(`Cannot reload the ${server} config: ${status} ${body.trim()}`);
}
