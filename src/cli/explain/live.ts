import { complete } from '../../base/interruptible.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { createTimeoutSignal } from '../../base/clock.ts';
import type { Question } from '../../core/explain/facts.ts';
import type { Explanation, ObjectName } from '../../core/explain/model.ts';
import { showObject } from '../../core/explain/model.ts';
import type { Ground } from './fix.ts';
import { openCluster } from '../cluster/connect.ts';
import type { Io } from '../io.ts';
import { answerQuestion } from '../../operator/explain/answer.ts';
import { createLiveGatherer } from './live-gatherer.ts';
import { readOperator } from './scope-flags.ts';
import type { ExplainFlags } from './explain-request.ts';

/** An answer, and the objects that were read for it. */
export interface LiveAnswer {
  readonly explanation: Explanation;
  readonly find: Ground['find'];
}

/** The answer from a cluster. @throws {ExitError | ApiError | TransportError} when it cannot be asked. */
export async function explainLive(
  ask: (namespace: string) => Question,
  flags: ExplainFlags,
  io: Io,
): Promise<LiveAnswer> {
  const cluster = await openCluster(flags, io);
  try {
    const question = ask(flags.namespace ?? cluster.namespace);
    const signal = AbortSignal.any([io.signal, createTimeoutSignal(cluster.timeoutMs * 3)]);
    const premises = {
      ...readOperator(flags, cluster.version),
      ...{ isOffline: false, asks: { replicas: true, alertmanagers: true }, supposed: [] },
    };
    const seen = new Map<string, KubernetesObject>();
    const gatherer = createLiveGatherer(cluster, {
      urls: flags,
      signal,
      see: (object) => seen.set(showObject(nameOf(object)), object),
    });
    const explanation = await answerQuestion(question, { premises, gatherer, run: complete });
    return { explanation, find: (name) => seen.get(showObject(name)) };
  } finally {
    await cluster.client.close();
  }
}

const nameOf = ({ kind = '', metadata }: KubernetesObject): ObjectName => ({
  kind,
  namespace: metadata.namespace ?? '',
  name: metadata.name ?? '',
});
