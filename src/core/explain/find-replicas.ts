import type { KubernetesObject } from '../../api/meta.ts';
import type { Lister } from '../listers.ts';
import type { PodObject } from '../targets/groups/discovered-objects.ts';
import { readField } from './fields.ts';
import type { ObjectName } from './model.ts';
import type { ReplicasQuestion, ReplicaWeb } from './questions.ts';

/** Which replicas of a workload run, and where they answer. @param object the workload's */
export function findReplicas(
  workload: ObjectName,
  object: KubernetesObject,
  pods: Lister<PodObject>,
): ReplicasQuestion {
  const running = pods.list(workload.namespace).filter((pod) => isReplica(pod, workload));
  return {
    workload,
    web: describeWeb(object),
    pods: running.map(({ metadata: { namespace = '', name = '', labels = {} } }) => ({
      ...{ namespace, name, shard: Number(labels['operator.prometheus.io/shard'] ?? '0') },
    })),
  };
}

function isReplica({ metadata: { labels = {} }, status }: PodObject, { kind, name }: ObjectName): boolean {
  const label = kind === 'Prometheus' ? 'prometheus' : 'prometheus-agent';
  const isOurs = labels['operator.prometheus.io/name'] === name && labels['app.kubernetes.io/name'] === label;
  return isOurs && status?.phase === 'Running';
}

function describeWeb(object: KubernetesObject): ReplicaWeb {
  const prefix = readField(object, 'spec.routePrefix');
  const isTls = readField(object, 'spec.web.tlsConfig') !== undefined;
  return {
    port: '9090',
    prefix: typeof prefix === 'string' ? prefix.replace(/\/$/, '') : '',
    scheme: isTls ? 'https' : 'http',
  };
}
