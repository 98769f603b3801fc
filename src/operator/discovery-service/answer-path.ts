import type { Clock } from '../../base/clock.ts';
import { parseQuestion } from '../../discovery/service/question.ts';
import type { TargetService } from '../../discovery/service/target-service.ts';
import type { DiscoveryAnswer } from '../../web/discovery.ts';
import type { PlanWatch } from './plan-watch.ts';

export interface AnswerDeps {
  readonly service: Pick<TargetService, 'answer'>;
  readonly plans: Pick<PlanWatch, 'isReadable' | 'isHeard'>;
  readonly clock: Clock;
  /** Answers that show an older state of the cluster are not given. */
  readonly maxStalenessMs: number;
}

const form = '/v1/{final,kept}/{prometheuses,prometheusagents}/NAMESPACE/NAME/shards/NUMBER/jobs/JOB';

/**
 * What is said to a path of the protocol. A replica that cannot read a plan, such as one of a newer operator, says nothing of its workload:
 * what it knew before may deal targets out otherwise than the replicas that can.
 */
export function answerPath(path: string, { service, plans, clock, maxStalenessMs }: AnswerDeps): DiscoveryAnswer {
  const question = parseQuestion(path);
  if (question === undefined) return { status: 404, message: `Cannot answer ${path}: want ${form}` };
  if (!plans.isReadable(question.workload))
    return { status: 503, message: `Cannot answer: this version cannot read a discovery plan of ${question.workload}` };
  const said = service.answer(question);
  const what = `${question.workload}, job ${question.job}`;
  if (said.state === 'absent') return { status: 404, message: `Cannot find ${what}: no discovery plan has it` };
  if (said.state === 'filling') return { status: 503, message: `Cannot answer yet: targets of ${what} are looked for` };
  const { answer, asOf } = said;
  const ageMs = clock.now() - asOf;
  if (ageMs > maxStalenessMs) {
    const since = new Date(asOf).toISOString();
    return {
      status: 503,
      message: `Cannot answer: what is known of ${what} is of ${since}, older than --max-staleness`,
    };
  }
  return { status: 200, body: answer.body, packed: () => answer.packed, asOf, askElsewhere: !plans.isHeard };
}
