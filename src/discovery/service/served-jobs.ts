import type { LoadedJob } from '../../core/targets/scrape-job.ts';
import { fillShard, isSharded, joinShards, withoutSharding } from '../../core/served/fill-shard.ts';
import type { ServedWorkload } from '../../core/served/served-workload.ts';
import type { Share } from './question.ts';

/** The plan of one workload, all its ConfigMaps together. */
export interface WorkloadPlan {
  readonly workload: ServedWorkload;
  /** By job name. */
  readonly jobs: ReadonlyMap<string, LoadedJob>;
}

/** The jobs that are run for one in a plan: one for all shares, or one for each shard. By the name under which they are run. */
type RunJobs = readonly (readonly [name: string, loaded: LoadedJob])[];

/**
 * What is run for each job of each workload. Jobs that are as they were are the same objects, so that what is run for them goes on.
 */
export class ServedJobs {
  #known = new WeakMap<LoadedJob, { readonly workload: ServedWorkload; readonly run: RunJobs }>();

  /** @param key "prometheuses/monitoring/main". */
  list(key: string, { workload, jobs }: WorkloadPlan): RunJobs {
    return [...jobs].flatMap(([name, loaded]) => {
      const known = this.#known.get(loaded);
      if (known?.workload === workload) return known.run;
      const run = spread(key, name, { workload, loaded });
      this.#known.set(loaded, { workload, run });
      return run;
    });
  }
}

interface PlannedJob {
  readonly workload: ServedWorkload;
  readonly loaded: LoadedJob;
}

function spread(key: string, name: string, { workload, loaded }: PlannedJob): RunJobs {
  const run = (share: number | undefined, job: LoadedJob): RunJobs[number] => [nameRun(key, share, name), job];
  if (workload.perNode) return [run(undefined, joinShards(loaded))];
  if (workload.assignment === 'balanced') return [run(undefined, withoutSharding(loaded))];
  if (!isSharded(loaded)) return [run(undefined, loaded)];
  return workload.shards.map((values, shard) => run(shard, fillShard(loaded, values)));
}

const nameRun = (key: string, shard: number | undefined, job: string): string => `${key}/${shard ?? ''}/${job}`;

/** Under which name the job is run whose targets that share has. */
export function findRun(key: string, share: Share, { workload, loaded }: PlannedJob): string {
  const isShared = workload.perNode || workload.assignment === 'balanced' || !isSharded(loaded);
  return nameRun(key, isShared || 'node' in share ? undefined : share.shard, loaded.job.jobName);
}
