import { createTimeoutSignal } from '../../base/clock.ts';
import type { Question } from '../../core/explain/facts.ts';
import type { Explanation } from '../../core/explain/model.ts';
import { openCluster } from '../cluster/connect.ts';
import type { Io } from '../io.ts';
import { answerQuestion } from '../../operator/explain/answer.ts';
import { createLiveGatherer } from './live-gatherer.ts';
import { readOperator } from './explain-request.ts';
import type { ExplainFlags } from './explain-request.ts';

/** The answer from a cluster. @throws {ExitError | ApiError | TransportError} when it cannot be asked. */
export async function explainLive(
  ask: (namespace: string) => Question,
  flags: ExplainFlags,
  io: Io,
): Promise<Explanation> {
  const cluster = await openCluster(flags, io);
  try {
    const question = ask(flags.namespace ?? cluster.namespace);
    const signal = AbortSignal.any([io.signal, createTimeoutSignal(cluster.timeoutMs * 3)]);
    const premises = {
      ...readOperator(flags, cluster.version),
      ...{ isOffline: false, asks: { replicas: true, alertmanagers: true }, supposed: [] },
    };
    const gatherer = createLiveGatherer(cluster, { urls: flags, signal });
    return await answerQuestion(question, premises, gatherer);
  } finally {
    await cluster.client.close();
  }
}
