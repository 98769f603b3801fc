/** Small objects for the tests of controllers. */
import type { Pod, ReplicaSet, Service, StatefulSet } from '../../../../src/sandbox/controllers/shapes.ts';

/** The time of these tests. */
export const now = Date.UTC(2026, 0, 1);

export function renderSet(spec: Partial<StatefulSet['spec']> = {}): StatefulSet {
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'main', image: 'app:1' }] } };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web', namespace: 'ns', uid: 'set-uid', generation: 3 },
    spec: { replicas: 3, serviceName: 'web', selector: { matchLabels: { app: 'web' } }, template, ...spec },
  };
}

export interface PodFacts {
  readonly revision?: string;
  readonly ready?: boolean;
  /** Milliseconds since it became ready. */
  readonly readyForMs?: number;
  readonly terminating?: boolean;
  readonly phase?: string;
}

export function renderMember(name: string, facts: PodFacts = {}): Pod {
  const { revision = 'new', ready = true, readyForMs = 60_000, terminating = false, phase = 'Running' } = facts;
  const lastTransitionTime = new Date(now - readyForMs).toISOString();
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'ns',
      uid: `uid-${name}`,
      labels: { app: 'web', 'controller-revision-hash': revision },
      ...(terminating ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
    },
    spec: { containers: [{ name: 'main', image: 'app:1', ports: [{ name: 'web', containerPort: 8080 }] }] },
    status: { phase, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime }] },
  };
}

export function renderService(spec: Partial<Service['spec']> = {}): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'ns', uid: 'service-uid', labels: { team: 'a' } },
    spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'web' }], ...spec },
  };
}

export function renderReplicaSet(name: string, replicas: number, available: number): ReplicaSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name, namespace: 'ns', uid: `uid-${name}` },
    spec: { replicas, selector: {}, template: { spec: { containers: [] } } },
    status: { replicas, availableReplicas: available },
  };
}
