import { refusal } from '../api.ts';
import { contractCase, text } from '../case.ts';
import type { ContractCase } from '../case.ts';
import { configMap, pod, secret, statefulSet } from '../manifests.ts';

const createdMeta = { namespace: 'NS', uid: 'UID', resourceVersion: 'RV', creationTimestamp: 'TIME' };

export const createCases: readonly ContractCase[] = [
  contractCase(
    'create: a ConfigMap gets uid, creationTimestamp and resourceVersion but no generation',
    async (api) => {
      const { status, body } = await api.post(api.core('configmaps'), configMap('a', { k: 'v' }));
      return { status, body };
    },
    {
      status: 201,
      body: { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'a', ...createdMeta }, data: { k: 'v' } },
    },
  ),
  contractCase(
    'create: what the server owns in metadata is not taken from the body',
    async (api) => {
      const metadata = {
        uid: '11111111-1111-1111-1111-111111111111',
        creationTimestamp: '2001-01-01T00:00:00Z',
        deletionTimestamp: '2001-01-01T00:00:00Z',
        generation: 7,
        selfLink: '/x',
      };
      const { body } = await api.post(api.core('configmaps'), configMap('a', {}, metadata));
      const { uid, creationTimestamp, deletionTimestamp, generation, selfLink } = body.metadata ?? {};
      return {
        ownUid: text(uid) !== metadata.uid,
        ownTime: text(creationTimestamp) !== metadata.creationTimestamp,
        deletionTimestamp: deletionTimestamp ?? 'none',
        generation: generation ?? 'none',
        selfLink: selfLink ?? 'none',
      };
    },
    { ownUid: true, ownTime: true, deletionTimestamp: 'none', generation: 7, selfLink: 'none' },
  ),
  contractCase(
    'create: an existing name is 409 AlreadyExists',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a'));
      return refusal(await api.post(api.core('configmaps'), configMap('a')));
    },
    {
      status: 409,
      kind: 'Status',
      reason: 'AlreadyExists',
      message: 'configmaps "a" already exists',
      details: { name: 'a', kind: 'configmaps' },
      code: 409,
    },
  ),
  contractCase(
    'create: an existing name in a group is named with its group',
    async (api) => {
      await api.create(api.apps('statefulsets'), statefulSet('a'));
      return refusal(await api.post(api.apps('statefulsets'), statefulSet('a')));
    },
    {
      status: 409,
      kind: 'Status',
      reason: 'AlreadyExists',
      message: 'statefulsets.apps "a" already exists',
      details: { name: 'a', group: 'apps', kind: 'statefulsets' },
      code: 409,
    },
  ),
  contractCase(
    'create: a resourceVersion in the body is refused',
    async (api) => refusal(await api.post(api.core('configmaps'), configMap('a', {}, { resourceVersion: '5' }))),
    {
      status: 500,
      kind: 'Status',
      message: 'resourceVersion should not be set on objects to be created',
      code: 500,
    },
  ),
  contractCase(
    'create: a namespace in the body that is not the one of the path is 400',
    async (api) => refusal(await api.post(api.core('configmaps'), configMap('a', {}, { namespace: 'other' }))),
    {
      status: 400,
      kind: 'Status',
      reason: 'BadRequest',
      message: 'the namespace of the provided object does not match the namespace sent on the request',
      code: 400,
    },
  ),
  contractCase(
    'create: a body of another kind is 400',
    async (api) => refusal(await api.post(api.core('configmaps'), pod('a'))),
    {
      status: 400,
      kind: 'Status',
      reason: 'BadRequest',
      message:
        'Pod in version "v1" cannot be handled as a ConfigMap: converting (v1.Pod) to (core.ConfigMap): unknown conversion',
      code: 400,
    },
  ),
  contractCase(
    'create: a body that is no JSON is 400',
    async (api) => {
      const { status, body } = await api.post(api.core('configmaps'), '{"kind":');
      return { status, reason: body.reason };
    },
    { status: 400, reason: 'BadRequest' },
  ),
  contractCase(
    'create: a field of the wrong type is 400 and names the Go field',
    async (api) => {
      const { status, body } = await api.post(api.apps('statefulsets'), statefulSet('a', { replicas: 'two' }));
      return { status, reason: body.reason, names: text(body.message).includes('.spec.replicas') };
    },
    { status: 400, reason: 'BadRequest', names: true },
  ),
  contractCase(
    'create: a missing name is 422 and tells of generateName',
    async (api) => refusal(await api.post(api.core('configmaps'), { apiVersion: 'v1', kind: 'ConfigMap' })),
    {
      status: 422,
      kind: 'Status',
      reason: 'Invalid',
      message: 'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
      details: {
        kind: 'ConfigMap',
        causes: [
          {
            reason: 'FieldValueRequired',
            message: 'Required value: name or generateName is required',
            field: 'metadata.name',
          },
        ],
      },
      code: 422,
    },
  ),
  contractCase(
    'create: into a namespace that is missing is 404 of the namespace',
    async (api) => refusal(await api.post('/api/v1/namespaces/no-such-namespace/configmaps', configMap('a'))),
    {
      status: 404,
      kind: 'Status',
      reason: 'NotFound',
      message: 'namespaces "no-such-namespace" not found',
      details: { name: 'no-such-namespace', kind: 'namespaces' },
      code: 404,
    },
  ),
  contractCase(
    'create: of an unknown resource is 404',
    async (api) => refusal(await api.post(api.core('gadgets'), {})),
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
    'create: generateName makes a name of five more letters',
    async (api) => {
      const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'made-' } };
      const first = await api.create(api.core('configmaps'), body);
      const second = await api.create(api.core('configmaps'), body);
      const made = [first, second].map(({ metadata }) => text(metadata?.name));
      return {
        shapes: made.map((name) => /^made-[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(name)),
        differ: made[0] !== made[1],
        generateName: first.metadata?.generateName,
      };
    },
    { shapes: [true, true], differ: true, generateName: 'made-' },
  ),
  contractCase(
    'create: a long generateName is cut so that the name has 63 letters',
    async (api) => {
      const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'x'.repeat(80) } };
      const { metadata } = await api.create(api.core('configmaps'), body);
      return text(metadata?.name).length;
    },
    63,
  ),
  contractCase(
    'create: with a generateName the name wins when both are given',
    async (api) => {
      const made = await api.create(api.core('configmaps'), configMap('given', {}, { generateName: 'made-' }));
      return { name: made.metadata?.name, generateName: made.metadata?.generateName };
    },
    { name: 'given', generateName: 'made-' },
  ),
  contractCase(
    'create: a Secret keeps stringData as data and gets a type',
    async (api) => {
      const fields = { stringData: { both: 'new', plain: 'text' }, data: { both: 'b2xk', raw: 'cmF3' } };
      const { body } = await api.post(api.core('secrets'), secret('a', fields));
      return body;
    },
    {
      kind: 'Secret',
      apiVersion: 'v1',
      metadata: { name: 'a', ...createdMeta },
      data: { both: 'bmV3', plain: 'dGV4dA==', raw: 'cmF3' },
      type: 'Opaque',
    },
  ),
  contractCase(
    'create: Secret data that is no base64 is 400',
    async (api) => {
      const { status, body } = await api.post(api.core('secrets'), secret('a', { data: { k: '***' } }));
      return { status, reason: body.reason, base64: text(body.message).includes('illegal base64 data') };
    },
    { status: 400, reason: 'BadRequest', base64: true },
  ),
  contractCase(
    'create: a TLS Secret without its keys is 422 with one cause a key',
    async (api) => refusal(await api.post(api.core('secrets'), secret('a', { type: 'kubernetes.io/tls' }))),
    {
      status: 422,
      kind: 'Status',
      reason: 'Invalid',
      message: 'Secret "a" is invalid: [data[tls.crt]: Required value, data[tls.key]: Required value]',
      details: {
        name: 'a',
        kind: 'Secret',
        causes: [
          { reason: 'FieldValueRequired', message: 'Required value', field: 'data[tls.crt]' },
          { reason: 'FieldValueRequired', message: 'Required value', field: 'data[tls.key]' },
        ],
      },
      code: 422,
    },
  ),
  contractCase(
    'create: a ConfigMap key with a slash is 422',
    async (api) => {
      const answer = await api.post(api.core('configmaps'), configMap('a', { 'a/b': 'v' }));
      return {
        status: answer.status,
        field: (answer.body.details?.causes as unknown as { field: string }[])[0]?.field,
      };
    },
    { status: 422, field: 'data[a/b]' },
  ),
];
