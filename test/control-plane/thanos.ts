/** A real Thanos for tests: as a judge of command lines, and as a ruler. */
import { execFile } from 'node:child_process';
import { findBinary } from './locate.ts';
import { reloadConfig } from './prometheus.ts';
import type { RunningPrometheus } from './prometheus.ts';
import { answers, findFreePort, waitUntilReady } from './readiness.ts';
import { Workspace } from './workspace.ts';

const unknown = 'no-flag-of-thanos';

/**
 * What Thanos says against the flags of a command line ("sidecar" or "rule" first); undefined when it knows them all, those
 * that its help does not tell of too. Nothing is started: a flag at the end is one that it does not know.
 */
export function checkThanosFlags(args: readonly string[]): Promise<string | undefined> {
  const thanos = findBinary('thanos');
  if (thanos === undefined) throw new Error('Cannot ask thanos: it is not built; see test/control-plane/build.sh');
  return new Promise((resolve) => {
    execFile(thanos, [...args, `--${unknown}`], (_, stdout, stderr) => {
      const said = `${stdout}${stderr}`.trim();
      resolve(said.includes(`'--${unknown}'`) ? undefined : said);
    });
  });
}

export interface ThanosRulerOptions {
  readonly ruleFile: string;
  /** Of what answers queries: a Prometheus does, too. */
  readonly queryUrl: string;
}

/** Starts a ruler on free ports with its data in a temporary folder; resolves when it is ready. */
export async function startThanosRuler({ ruleFile, queryUrl }: ThanosRulerOptions): Promise<RunningPrometheus> {
  const command = findBinary('thanos');
  if (command === undefined) throw new Error('Cannot start thanos: it is not built; see test/control-plane/build.sh');
  const address = `127.0.0.1:${await findFreePort()}`;
  const workspace = new Workspace('thanos');
  try {
    const program = workspace.start(command, [
      'rule',
      `--http-address=${address}`,
      `--grpc-address=127.0.0.1:${await findFreePort()}`,
      `--data-dir=${workspace.path('data')}`,
      `--rule-file=${ruleFile}`,
      `--query=${queryUrl}`,
      '--eval-interval=1s',
      '--log.level=warn',
    ]);
    await waitUntilReady(program, 60_000, () => answers(`http://${address}/-/ready`));
  } catch (error) {
    await workspace.close();
    throw error;
  }
  const url = `http://${address}`;
  return { url, reload: () => reloadConfig(url, 'Thanos'), stop: () => workspace.close() };
}
