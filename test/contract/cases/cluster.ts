import type { Api } from '../api.ts';
import { refusal, verdict } from '../api.ts';
import type { ContractCase } from '../case.ts';
import { contractCase, list, names, text } from '../case.ts';
import { eventually } from '../crds.ts';
import { configMap } from '../manifests.ts';

const leases = 'coordination.k8s.io/v1';

async function createReview(api: Api, path: string, spec: object): Promise<unknown> {
  const { status, body } = await api.post(`/apis/authorization.k8s.io/v1/${path}`, { spec });
  return { status, kind: body.kind, allowed: body.status?.allowed };
}

export const clusterCases: readonly ContractCase[] = [
  contractCase(
    'namespace: a created one is Active, has the finalizer kubernetes in its spec and its name as a label',
    async (api) => {
      const { body } = await api.get(`/api/v1/namespaces/${api.namespace}`);
      return { labels: body.metadata?.labels, spec: body.spec, status: body.status };
    },
    {
      labels: { 'kubernetes.io/metadata.name': 'NS' },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    },
  ),
  contractCase(
    'namespace: deleting marks it Terminating and answers the object',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a', {}, { finalizers: ['example.test/wait'] }));
      const { status, body } = await api.delete(`/api/v1/namespaces/${api.namespace}`);
      await api.patch(api.core('configmaps/a'), 'merge', { metadata: { finalizers: null } });
      return {
        status,
        kind: body.kind,
        phase: body.status?.phase,
        deletionTimestamp: body.metadata?.deletionTimestamp,
      };
    },
    { status: 200, kind: 'Namespace', phase: 'Terminating', deletionTimestamp: 'TIME' },
  ),
  contractCase(
    'namespace: a terminating one takes no new objects but lets the old ones be changed',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a', {}, { finalizers: ['example.test/wait'] }));
      await api.delete(`/api/v1/namespaces/${api.namespace}`);
      const refused = await eventually(
        () => api.post(api.core('configmaps'), configMap('b')),
        ({ status }) => status === 403,
      );
      const changed = await api.patch(api.core('configmaps/a'), 'merge', { data: { k: 'v' } });
      await api.patch(api.core('configmaps/a'), 'merge', { metadata: { finalizers: null } });
      return { refused: refusal(refused), changed: verdict(changed) };
    },
    {
      refused: {
        status: 403,
        kind: 'Status',
        reason: 'Forbidden',
        message:
          'configmaps "b" is forbidden: unable to create new content in namespace NS because it is being terminated',
        details: {
          name: 'b',
          kind: 'configmaps',
          causes: [
            {
              reason: 'NamespaceTerminating',
              message: 'namespace NS is being terminated',
              field: 'metadata.namespace',
            },
          ],
        },
        code: 403,
      },
      changed: '200',
    },
  ),
  contractCase(
    'namespace: default and the kube- ones are there from the start, and default cannot be deleted',
    async (api) => {
      const wanted = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];
      await eventually(
        () => api.get('/api/v1/namespaces'),
        ({ body }) => wanted.every((name) => names(body).includes(name)),
      );
      return verdict(await api.delete('/api/v1/namespaces/default'));
    },
    '403 Forbidden',
  ),
  contractCase(
    'lease: created, renewed with its version, and a stale renewal is 409',
    async (api) => {
      const spec = { holderIdentity: 'me', leaseDurationSeconds: 15, renewTime: '2026-01-01T00:00:00.123456Z' };
      const lease = { apiVersion: leases, kind: 'Lease', metadata: { name: 'a' }, spec };
      const made = await api.create(api.in(leases, 'leases'), lease);
      const renewed = await api.put(api.in(leases, 'leases/a'), { ...made, spec: { ...spec, leaseTransitions: 1 } });
      const stale = await api.put(api.in(leases, 'leases/a'), { ...made, spec: { ...spec, holderIdentity: 'other' } });
      return {
        micro: text(made.spec?.renewTime).length,
        transitions: renewed.body.spec?.leaseTransitions,
        stale: verdict(stale),
      };
    },
    { micro: 27, transitions: 1, stale: '409 Conflict' },
  ),
  contractCase(
    'lease: a duration of zero is 422',
    async (api) => {
      const lease = { apiVersion: leases, kind: 'Lease', metadata: { name: 'a' }, spec: { leaseDurationSeconds: 0 } };
      const { status, body } = await api.post(api.in(leases, 'leases'), lease);
      return { status, fields: list(body.details?.causes).map(({ field }) => field) };
    },
    { status: 422, fields: ['spec.leaseDurationSeconds'] },
  ),
  contractCase(
    'event: a core event keeps what it says and is seen through events.k8s.io',
    async (api) => {
      const involvedObject = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: api.namespace };
      const event = {
        metadata: { name: 'e' },
        involvedObject,
        reason: 'Because',
        message: 'It is so',
        type: 'Warning',
        count: 2,
        source: { component: 'me' },
      };
      const made = await api.create(api.core('events'), event);
      const other = await api.get(api.in('events.k8s.io/v1', 'events/e'));
      const selected = await api.get(`${api.core('events')}?fieldSelector=involvedObject.name%3Da,type%3DWarning`);
      return {
        made: [made.reason, made.type, made.count, made.source],
        other: [other.status, other.body.note, other.body.regarding?.name, other.body.deprecatedCount],
        selected: names(selected.body),
      };
    },
    {
      made: ['Because', 'Warning', 2, { component: 'me' }],
      other: [200, 'It is so', 'a', 2],
      selected: ['e'],
    },
  ),
  contractCase(
    'event: one about an object in another namespace is 422',
    async (api) => {
      const involvedObject = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'other' };
      const { status, body } = await api.post(api.core('events'), { metadata: { name: 'e' }, involvedObject });
      return { status, fields: list(body.details?.causes).map(({ field }) => field) };
    },
    { status: 422, fields: ['involvedObject.namespace'] },
  ),
  contractCase(
    'access: SelfSubjectAccessReview tells the admin yes',
    async (api) => {
      const resourceAttributes = { namespace: api.namespace, verb: 'list', group: 'apps', resource: 'statefulsets' };
      return createReview(api, 'selfsubjectaccessreviews', { resourceAttributes });
    },
    { status: 201, kind: 'SelfSubjectAccessReview', allowed: true },
  ),
  contractCase(
    'access: SubjectAccessReview is asked for a user',
    async (api) => {
      const resourceAttributes = { namespace: api.namespace, verb: 'list', resource: 'pods' };
      return createReview(api, 'subjectaccessreviews', {
        user: 'admin',
        groups: ['system:masters'],
        resourceAttributes,
      });
    },
    { status: 201, kind: 'SubjectAccessReview', allowed: true },
  ),
  contractCase(
    'access: TokenReview of a token that nobody has',
    async (api) => {
      const { status, body } = await api.post('/apis/authentication.k8s.io/v1/tokenreviews', {
        spec: { token: 'nobodys' },
      });
      return { status, kind: body.kind, authenticated: body.status?.authenticated, user: body.status?.user };
    },
    { status: 201, kind: 'TokenReview', authenticated: undefined, user: {} },
  ),
  contractCase(
    'access: a review without attributes is 422',
    async (api) => {
      const { status, body } = await api.post('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { spec: {} });
      return { status, reason: body.reason };
    },
    { status: 422, reason: 'Invalid' },
  ),
  contractCase(
    'access: without a token nothing but 401, with a wrong one too',
    async (api) => {
      const answer = await api.get(api.core('configmaps'), { authorization: 'Bearer wrong' });
      return refusal(answer);
    },
    { status: 401, kind: 'Status', reason: 'Unauthorized', message: 'Unauthorized', code: 401 },
  ),
];
