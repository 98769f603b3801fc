import type { Interruptible } from '../../base/interruptible.ts';
import { monitorsAtOnce } from '../limits.ts';
import { listMonitors, monitorKinds } from '../monitor.ts';
import type { MonitorKind, Monitors } from '../monitor.ts';
import type { LoadedJob } from '../targets/scrape-job.ts';

const none = listMonitors(() => []);

const agentKinds: readonly (MonitorKind | 'besides')[] = [
  'PodMonitor',
  'besides',
  ...monitorKinds.filter((kind) => kind !== 'PodMonitor'),
];

/**
 * The jobs of many monitors in the order of the configuration, some at a time: reading them all at once takes seconds when they
 * are many.
 * @param load gives the jobs of some monitors, with those that the workload has besides
 */
export function* loadInPieces(
  role: 'server' | 'agent',
  monitors: Monitors,
  load: (some: Monitors) => readonly LoadedJob[],
): Interruptible<LoadedJob[]> {
  const besides = load(none);
  const names = new Set(besides.map(({ job }) => job.jobName));
  const jobs: LoadedJob[] = [];
  for (const kind of role === 'agent' ? agentKinds : [...monitorKinds, 'besides' as const]) {
    if (kind === 'besides') jobs.push(...besides);
    else
      for (let from = 0; from < monitors[kind].length; from += monitorsAtOnce) {
        const loaded = load({ ...none, [kind]: monitors[kind].slice(from, from + monitorsAtOnce) });
        jobs.push(...loaded.filter(({ job }) => !names.has(job.jobName)));
        yield;
      }
  }
  return jobs;
}
