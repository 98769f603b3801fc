import { refusal, verdict } from '../api.ts';
import type { ContractCase } from '../case.ts';
import { contractCase, list, show } from '../case.ts';
import { deployment, pod, statefulSet } from '../manifests.ts';

export const subresourceCases: readonly ContractCase[] = [
  contractCase(
    'subresource: a write to the object does not touch its status',
    async (api) => {
      const made = await api.create(api.apps('statefulsets'), { ...statefulSet('a'), status: { replicas: 9 } });
      const { body } = await api.patch(api.apps('statefulsets/a'), 'merge', { status: { replicas: 9 } });
      return [made.status, body.status];
    },
    [
      { replicas: 0, availableReplicas: 0 },
      { replicas: 0, availableReplicas: 0 },
    ],
  ),
  contractCase(
    'subresource: a write to status leaves the spec and the generation alone but takes labels',
    async (api) => {
      await api.create(api.apps('statefulsets'), statefulSet('a'));
      const { status, body } = await api.patch(api.apps('statefulsets/a/status'), 'merge', {
        metadata: { labels: { x: 'y' } },
        spec: { replicas: 5 },
        status: { replicas: 2, readyReplicas: 1, observedGeneration: 1 },
      });
      return {
        status,
        labels: body.metadata?.labels,
        generation: body.metadata?.generation,
        replicas: body.spec?.replicas,
        state: body.status,
      };
    },
    {
      status: 200,
      labels: { x: 'y' },
      generation: 1,
      replicas: 1,
      state: { observedGeneration: 1, replicas: 2, readyReplicas: 1, availableReplicas: 0 },
    },
  ),
  contractCase(
    'subresource: status is replaced by PUT and a stale version is 409',
    async (api) => {
      const made = await api.create(api.apps('deployments'), deployment('a'));
      const put = await api.put(api.apps('deployments/a/status'), {
        ...made,
        status: { replicas: 1, observedGeneration: 1 },
      });
      const stale = await api.put(api.apps('deployments/a/status'), { ...made, status: { replicas: 2 } });
      return { put: [put.status, put.body.status], stale: verdict(stale) };
    },
    { put: [200, { observedGeneration: 1, replicas: 1 }], stale: '409 Conflict' },
  ),
  contractCase(
    'subresource: a StatefulSet status with more ready than replicas is 422',
    async (api) => {
      await api.create(api.apps('statefulsets'), statefulSet('a'));
      const answer = await api.patch(api.apps('statefulsets/a/status'), 'merge', {
        status: { replicas: 1, readyReplicas: 2 },
      });
      return { status: answer.status, message: answer.body.message };
    },
    {
      status: 422,
      message:
        'StatefulSet.apps "a" is invalid: status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas',
    },
  ),
  contractCase(
    'subresource: the status of a Pod is patched with conditions merged by type',
    async (api) => {
      await api.create(api.core('pods'), pod('a'));
      const set = (type: string, status: string) =>
        api.patch(api.core('pods/a/status'), 'strategic', {
          status: { phase: 'Running', conditions: [{ type, status }] },
        });
      await set('Ready', 'False');
      await set('Initialized', 'True');
      const { body } = await set('Ready', 'True');
      const conditions = body.status?.conditions as unknown as { type: string; status: string }[];
      return { phase: body.status?.phase, conditions: conditions.map(({ type, status }) => `${type}=${status}`) };
    },
    { phase: 'Running', conditions: ['Initialized=True', 'Ready=True'] },
  ),
  contractCase(
    'subresource: scale is an autoscaling/v1 Scale with the selector as text',
    async (api) => {
      await api.create(api.apps('statefulsets'), statefulSet('a', { replicas: 2 }));
      const { body } = await api.get(api.apps('statefulsets/a/scale'));
      return body;
    },
    {
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      metadata: { name: 'a', namespace: 'NS', uid: 'UID', resourceVersion: 'RV', creationTimestamp: 'TIME' },
      spec: { replicas: 2 },
      status: { replicas: 0, selector: 'app=a' },
    },
  ),
  contractCase(
    'subresource: a write to scale changes spec.replicas and the generation',
    async (api) => {
      await api.create(api.apps('deployments'), deployment('a'));
      const { body: scale } = await api.get(api.apps('deployments/a/scale'));
      const put = await api.put(api.apps('deployments/a/scale'), { ...scale, spec: { replicas: 4 } });
      const patched = await api.patch(api.apps('deployments/a/scale'), 'merge', { spec: { replicas: 5 } });
      const { body } = await api.get(api.apps('deployments/a'));
      return {
        answers: [put, patched].map((answer) => [answer.status, answer.body.kind, answer.body.spec?.replicas]),
        replicas: body.spec?.replicas,
        generation: body.metadata?.generation,
      };
    },
    {
      answers: [
        [200, 'Scale', 4],
        [200, 'Scale', 5],
      ],
      replicas: 5,
      generation: 3,
    },
  ),
  contractCase(
    'subresource: a negative scale is 422',
    async (api) => {
      await api.create(api.apps('deployments'), deployment('a'));
      const answer = await api.patch(api.apps('deployments/a/scale'), 'merge', { spec: { replicas: -1 } });
      return { status: answer.status, message: answer.body.message };
    },
    {
      status: 422,
      message: 'Scale.autoscaling "a" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    },
  ),
  contractCase(
    'subresource: one that a resource does not have is 404',
    async (api) => refusal(await api.get(api.core('configmaps/a/status'))),
    {
      status: 404,
      kind: 'Status',
      reason: 'NotFound',
      message: 'the server could not find the requested resource',
      details: {},
      code: 404,
    },
  ),
  contractCase(
    'subresource: a bound Pod gets the zone and region of its node as labels and the condition PodScheduled',
    async (api) => {
      const node = `${api.namespace}-node`;
      const labels = {
        'topology.kubernetes.io/zone': 'z1',
        'topology.kubernetes.io/region': 'r1',
        'kubernetes.io/hostname': node,
      };
      await api.create('/api/v1/nodes', { metadata: { name: node, labels } });
      await api.create(api.core('pods'), pod('a', { terminationGracePeriodSeconds: 0 }, { labels: { app: 'a' } }));
      await api.post(api.core('pods/a/binding'), { metadata: { name: 'a' }, target: { kind: 'Node', name: node } });
      const again = await api.post(api.core('pods/a/binding'), {
        metadata: { name: 'a' },
        target: { kind: 'Node', name: node },
      });
      const { body } = await api.get(api.core('pods/a'));
      await api.delete(`/api/v1/nodes/${node}`);
      const conditions = list(body.status?.conditions).map(({ type, status }) => `${show(type)}=${show(status)}`);
      return { labels: body.metadata?.labels, conditions, again: verdict(again) };
    },
    {
      labels: { app: 'a', 'topology.kubernetes.io/region': 'r1', 'topology.kubernetes.io/zone': 'z1' },
      conditions: ['PodScheduled=True'],
      again: '409 Conflict',
    },
  ),
  contractCase(
    'subresource: a Pod is bound to a node through binding',
    async (api) => {
      await api.create(api.core('pods'), pod('a'));
      const binding = {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { name: 'a' },
        target: { kind: 'Node', name: 'n1' },
      };
      const { status } = await api.post(api.core('pods/a/binding'), binding);
      const { body } = await api.get(api.core('pods/a'));
      return { status, node: body.spec?.nodeName };
    },
    { status: 201, node: 'n1' },
  ),
];
