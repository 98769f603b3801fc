import { JobMeter, describeSharing, judgeSharing } from '../../core/targets/judge-sharing.ts';
import type { LoadedJob } from '../../core/targets/scrape-job.ts';
import type { TargetPool } from '../../core/targets/target-pool.ts';

/** Where the selectors of monitors should be the API server's. */
export function noteSharing(jobs: readonly LoadedJob[], pools: ReadonlyMap<string, TargetPool>): string[] {
  const meter = new JobMeter();
  const measured = jobs.flatMap((loaded) => {
    const pool = pools.get(loaded.job.jobName);
    return pool === undefined ? [] : [meter.measure(loaded, pool)];
  });
  return judgeSharing(measured)
    .filter(({ advice }) => advice === 'select')
    .map(describeSharing);
}
