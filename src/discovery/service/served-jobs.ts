import { createHash } from 'node:crypto';
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

/**
 * The jobs that are run for one in a plan: one for all shares, or one for each shard. By the name under which they are run, which is made of what
 * they find: equal jobs of several workloads are run once.
 */
type RunJobs = readonly (readonly [name: string, loaded: LoadedJob])[];

/**
 * What is run for each job of each workload. Jobs that are as they were are the same objects, so that what is run for them goes on.
 */
export class ServedJobs {
  #known = new WeakMap<
    LoadedJob,
    { readonly workload: ServedWorkload; readonly isEven: boolean; readonly run: RunJobs }
  >();

  list({ workload, jobs }: WorkloadPlan): RunJobs {
    return [...jobs.values()].flatMap((loaded) => this.#plan(workload, loaded).run);
  }

  /** Under which name the job is run whose targets that share has. */
  findRun(share: Share, { workload, loaded }: PlannedJob): string | undefined {
    const { run } = this.#plan(workload, loaded);
    const at = run.length === 1 || 'node' in share ? 0 : share.shard;
    return run[at]?.[0];
  }

  /**
   * Whether the targets of a job are dealt out evenly. Those of a job that keeps its rules are not: these would drop what they deal out
   * to another shard.
   */
  isEven({ workload, loaded }: PlannedJob): boolean {
    return this.#plan(workload, loaded).isEven;
  }

  #plan(workload: ServedWorkload, loaded: LoadedJob) {
    const known = this.#known.get(loaded);
    if (known?.workload === workload) return known;
    const isEven =
      workload.assignment === 'balanced' && chooseForm(loaded, Version.parse(workload.version)) === 'final';
    const made = { workload, isEven, run: spread(isEven, { workload, loaded }) };
    this.#known.set(loaded, made);
    return made;
  }
}

interface PlannedJob {
  readonly workload: ServedWorkload;
  readonly loaded: LoadedJob;
}

function spread(isEven: boolean, { workload, loaded }: PlannedJob): RunJobs {
  return listRuns(isEven, { workload, loaded }).map((run) => [nameRun(run), run] as const);
}

function listRuns(isEven: boolean, { workload, loaded }: PlannedJob): readonly LoadedJob[] {
  if (workload.perNode) return [joinShards(loaded)];
  if (isEven) return [withoutSharding(loaded)];
  if (!isSharded(loaded)) return [loaded];
  return workload.shards.map((values) => fillShard(loaded, values));
}

/** Equal for jobs that find the same targets; how they label samples does not matter to that. */
function nameRun({ job, discovery }: LoadedJob): string {
  return createHash('sha256')
    .update(JSON.stringify([job, discovery], showValue))
    .digest('base64url');
}

/** What JSON has no form for: parameters are a Map, a modulus is a BigInt. */
function showValue(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  return value instanceof Map ? [...value] : value;
}
