/** The operators that are measured. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { startNode } from './processes.ts';

export interface Subject {
  readonly name: string;
  start(kubeconfig: string): ChildProcess;
}

/** As the image runs it (Dockerfile). @param args more flags */
export const stoker = (args: readonly string[] = [], bundle = 'dist/stoker.mjs'): Subject => ({
  name: 'Stoker',
  start: (kubeconfig) =>
    startNode([
      '--max-semi-space-size=8',
      bundle,
      'run',
      `--kubeconfig=${kubeconfig}`,
      '--web.listen-address=127.0.0.1:0',
      '--log-level=error',
      ...args,
    ]),
});

const reloader = 'quay.io/prometheus-operator/prometheus-config-reloader:v0.93.0';

/** prometheus-operator. @param binary where build.sh has put it */
export const reference = (binary: string): Subject => ({
  name: 'prometheus-operator',
  start: (kubeconfig) =>
    spawn(
      binary,
      ['--web.listen-address=127.0.0.1:0', '--log-level=error', `--prometheus-config-reloader=${reloader}`],
      { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, KUBECONFIG: kubeconfig } },
    ),
});
