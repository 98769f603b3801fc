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
  const running = pods
    .list(workload.namespace)
    .filter((pod) => isPodOf(pod, workload) && pod.status?.phase === 'Running');
  return {
    workload,
    web: describeWeb(object, workload),
    pods: running.map(({ metadata: { namespace = '', name = '', labels = {} } }) => ({
      ...{ namespace, name, shard: Number(labels['operator.prometheus.io/shard'] ?? '0') },
    })),
  };
}

interface ReplicaLook {
  /** The label app.kubernetes.io/name of the Pods. */
  readonly application: string;
  /** The label that holds the name of the workload. */
  readonly nameLabel: string;
  readonly port: string;
}

const nameLabel = 'operator.prometheus.io/name';

/** How the Pods of each kind of workload are known (docs/reference/rendering.md 5.2, 6.2), and the port of their web server. */
const looks: Readonly<Record<string, ReplicaLook>> = {
  Prometheus: { application: 'prometheus', nameLabel, port: '9090' },
  PrometheusAgent: { application: 'prometheus-agent', nameLabel, port: '9090' },
  Alertmanager: { application: 'alertmanager', nameLabel: 'alertmanager', port: '9093' },
  ThanosRuler: { application: 'thanos-ruler', nameLabel: 'thanos-ruler', port: '10902' },
};

/** Whether a Pod of the workload's namespace is one of its own. */
export function isPodOf({ metadata: { labels = {} } }: PodObject, { kind, name }: ObjectName): boolean {
  const look = looks[kind];
  return look !== undefined && labels['app.kubernetes.io/name'] === look.application && labels[look.nameLabel] === name;
}

function describeWeb(object: KubernetesObject, { kind }: ObjectName): ReplicaWeb {
  const prefix = readField(object, 'spec.routePrefix');
  const isTls = readField(object, 'spec.web.tlsConfig') !== undefined;
  return {
    port: looks[kind]?.port ?? '',
    prefix: typeof prefix === 'string' ? prefix.replace(/\/$/, '') : '',
    scheme: isTls ? 'https' : 'http',
  };
}
