/** A real Alertmanager for tests, alone: without a cluster. */
import { findBinary } from './locate.ts';
import { reloadConfig } from './prometheus.ts';
import type { PrometheusOptions, RunningPrometheus } from './prometheus.ts';
import { answers, findFreePort, waitUntilReady } from './readiness.ts';
import { Workspace } from './workspace.ts';

/** The config file is read at the start and at each reload; its paths are relative to its own folder. */
export type AlertmanagerOptions = PrometheusOptions;
export type RunningAlertmanager = RunningPrometheus;

/** Starts Alertmanager on a free port with its data in a temporary folder; resolves when it is ready. */
export async function startAlertmanager(options: AlertmanagerOptions): Promise<RunningAlertmanager> {
  const command = findBinary('alertmanager');
  if (command === undefined)
    throw new Error('Cannot start alertmanager: it is not built; see test/control-plane/build.sh');
  const address = `127.0.0.1:${await findFreePort()}`;
  const url = `http://${address}`;
  const workspace = new Workspace('alertmanager');
  try {
    const program = workspace.start(command, alertmanagerArgs(address, workspace.path('data'), options));
    await waitUntilReady(program, options.readyTimeoutMs ?? 60_000, () => answers(`${url}/-/ready`));
  } catch (error) {
    await workspace.close();
    throw error;
  }
  return { url, reload: () => reloadConfig(url, 'Alertmanager'), stop: () => workspace.close() };
}

/** An empty address for the cluster leaves it out. */
function alertmanagerArgs(address: string, data: string, { configFile, args = [] }: AlertmanagerOptions): string[] {
  return [
    `--config.file=${configFile}`,
    `--storage.path=${data}`,
    `--web.listen-address=${address}`,
    '--cluster.listen-address=',
    '--log.level=warn',
    ...args,
  ];
}
