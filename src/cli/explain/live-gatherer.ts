import type { KubernetesObject } from '../../api/meta.ts';
import type { ObjectsAnswer } from '../../core/explain/questions.ts';
import { fillIn } from '../../core/manifests/cluster-objects.ts';
import { completeManifest, createLister } from '../../core/manifests/sources.ts';
import { listObjects } from '../../kubernetes/list-objects.ts';
import type { Gatherer } from '../../operator/explain/answer.ts';
import { fetchAsset } from '../../operator/explain/fetch-asset.ts';
import type { Cluster } from '../cluster/connect.ts';
import { createRunningGatherer } from './running-gatherer.ts';
import type { RunningUrls } from './running-gatherer.ts';
import { reviewAccount } from './subject-access.ts';

export interface LiveOptions {
  readonly urls: RunningUrls;
  readonly signal: AbortSignal;
  /** Lists are of these namespaces alone; none: of all. */
  readonly namespaces?: readonly string[];
  /** Told of each object as it is in the cluster. */
  readonly see?: (object: KubernetesObject) => void;
}

/**
 * Answers from a cluster, with the rights of who asks: a refusal makes what depends on it unknown.
 * Its answers reject with ApiError or TransportError when the server cannot say.
 */
export function createLiveGatherer({ client }: Cluster, { urls, signal, namespaces, see }: LiveOptions): Gatherer {
  return {
    objects: async (type): Promise<ObjectsAnswer> => {
      const { objects, refusals } = await listObjects({ client, namespaces, signal }, [type]);
      for (const object of see === undefined ? [] : objects) see?.(object);
      return { found: createLister(objects.map(completeManifest).map(fillIn)), refusals };
    },
    assets: (reference) => fetchAsset(client, reference, signal),
    access: (question) => reviewAccount(client, question),
    ...createRunningGatherer(urls, { client, signal }),
  };
}
