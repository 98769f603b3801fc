import { Version } from '../../base/version.ts';
import { chooseForm } from '../../core/served/choose-form.ts';
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
  #known = new WeakMap<
    LoadedJob,
    { readonly workload: ServedWorkload; readonly isEven: boolean; readonly run: RunJobs }
  >();

  /** @param key "prometheuses/monitoring/main". */
  list(key: string, { workload, jobs }: WorkloadPlan): RunJobs {
    return [...jobs.values()].flatMap((loaded) => this.#plan(key, workload, loaded).run);
  }

  /** Under which name the job is run whose targets that share has. */
  findRun(key: string, share: Share, { workload, loaded }: PlannedJob): string | undefined {
    const { run } = this.#plan(key, workload, loaded);
    const at = run.length === 1 || 'node' in share ? 0 : share.shard;
    return run[at]?.[0];
  }

  /**
   * Whether the targets of a job are dealt out evenly. Those of a job that keeps its rules are not: these would drop what they deal out
   * to another shard.
   */
  isEven(key: string, { workload, loaded }: PlannedJob): boolean {
    return this.#plan(key, workload, loaded).isEven;
  }

  #plan(key: string, workload: ServedWorkload, loaded: LoadedJob) {
    const known = this.#known.get(loaded);
    if (known?.workload === workload) return known;
    const isEven =
      workload.assignment === 'balanced' && chooseForm(loaded, Version.parse(workload.version)) === 'final';
    const made = { workload, isEven, run: spread(key, isEven, { workload, loaded }) };
    this.#known.set(loaded, made);
    return made;
  }
}

interface PlannedJob {
  readonly workload: ServedWorkload;
  readonly loaded: LoadedJob;
}

function spread(key: string, isEven: boolean, { workload, loaded }: PlannedJob): RunJobs {
  const name = (shard: number | undefined): string => `${key}/${shard ?? ''}/${loaded.job.jobName}`;
  if (workload.perNode) return [[name(undefined), joinShards(loaded)]];
  if (isEven) return [[name(undefined), withoutSharding(loaded)]];
  if (!isSharded(loaded)) return [[name(undefined), loaded]];
  return workload.shards.map((values, shard) => [name(shard), fillShard(loaded, values)] as const);
}
