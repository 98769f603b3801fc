import { isJsonObject } from '../../base/json.ts';
import type { ReplicaFacts, ReplicaTarget } from '../../core/explain/facts.ts';
import { namesFurtherFiles } from '../../core/explain/links/running-replica.ts';
import { readField } from '../../core/explain/fields.ts';
import type { ReplicasQuestion } from '../../core/explain/questions.ts';
import { findProblem, openPrograms, readPart } from './programs.ts';
import type { Program, ProgramOptions } from './programs.ts';
import { listOf, textOf } from './read-json.ts';

/** Asks the running replicas of a workload what they have loaded and how their targets are. Never rejects. */
export function askReplicas(question: ReplicasQuestion, options: ProgramOptions): Promise<readonly ReplicaFacts[]> {
  return Promise.all(openPrograms(question, options).map((program) => ask(question, program)));
}

async function ask({ workload }: ReplicasQuestion, program: Program): Promise<ReplicaFacts> {
  const [config, targets] = await Promise.all([
    readPart(program, '/api/v1/status/config', readConfig),
    readPart(program, '/api/v1/targets?state=active', readTargets),
  ]);
  const isWhole = !('value' in config) || !namesFurtherFiles(config.value);
  const pools = isWhole ? undefined : await readPart(program, '/api/v1/scrape_pools', readPools);
  return {
    ...{ workload, name: program.name, shard: program.shard },
    ...('value' in config ? { config: config.value } : {}),
    ...(pools !== undefined && 'value' in pools ? { pools: pools.value } : {}),
    ...('value' in targets ? { targets: targets.value } : {}),
    ...findProblem([config, targets, ...(pools === undefined ? [] : [pools])]),
  };
}

function readPools(answer: unknown): string[] | undefined {
  return listOf(readField(answer, 'data.scrapePools'))?.map(textOf);
}

function readConfig(answer: unknown): string | undefined {
  const yaml = readField(answer, 'data.yaml');
  return typeof yaml === 'string' ? yaml : undefined;
}

function readTargets(answer: unknown): ReplicaTarget[] | undefined {
  return listOf(readField(answer, 'data.activeTargets'))
    ?.filter(isJsonObject)
    .map((one) => ({
      scrapePool: textOf(one['scrapePool']),
      scrapeUrl: textOf(one['scrapeUrl']),
      health: textOf(one['health']),
      lastError: textOf(one['lastError']),
    }));
}
