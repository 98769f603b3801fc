import { createTimeoutSignal } from '../../base/clock.ts';
import { answerOverview } from '../../operator/explain/answer.ts';
import type { Cluster } from '../cluster/connect.ts';
import { createLiveGatherer } from '../explain/live-gatherer.ts';
import { readOperator } from '../explain/scope-flags.ts';
import type { Io } from '../io.ts';
import { surveyPatience } from '../limits.ts';
import type { StatusFlags } from './status-request.ts';
import { chooseRun } from './surveyor.ts';
import type { Surveyor } from './surveyor.ts';

/** What a cluster is like now, with the rights of who asks. */
export function surveyCluster(cluster: Cluster, flags: StatusFlags, io: Io): Surveyor {
  const premises = {
    ...readOperator(flags, cluster.version),
    ...{ isOffline: false, asks: { replicas: true, alertmanagers: true }, supposed: [] },
  };
  const signal = AbortSignal.any([io.signal, createTimeoutSignal(cluster.timeoutMs * surveyPatience)]);
  const gatherer = createLiveGatherer(cluster, { urls: {}, signal });
  return { gatherer, survey: () => answerOverview({ premises, gatherer, run: chooseRun(io) }) };
}
