import { refusal, verdict } from '../api.ts';
import type { ContractCase } from '../case.ts';
import { contractCase } from '../case.ts';
import { configMap, deployment, podTemplate, statefulSet } from '../manifests.ts';

const strict = 'fieldValidation=Strict';

export const writeCases: readonly ContractCase[] = [
  contractCase(
    'dry run: a create answers the whole object and stores nothing',
    async (api) => {
      const { status, body } = await api.post(`${api.core('configmaps')}?dryRun=All`, configMap('a', { k: 'v' }));
      return { status, metadata: body.metadata, after: verdict(await api.get(api.core('configmaps/a'))) };
    },
    {
      status: 201,
      metadata: { name: 'a', namespace: 'NS', uid: 'UID', creationTimestamp: 'TIME' },
      after: '404 NotFound',
    },
  ),
  contractCase(
    'dry run: updates, patches, applies and deletes change nothing but are checked',
    async (api) => {
      const made = await api.create(api.apps('statefulsets'), statefulSet('a'));
      const path = `${api.apps('statefulsets/a')}?dryRun=All`;
      const put = await api.put(path, statefulSet('a', { replicas: 3 }));
      const invalid = await api.patch(path, 'merge', { spec: { serviceName: 'b' } });
      const applied = await api.apply(
        api.apps('statefulsets/a'),
        'one',
        { ...statefulSet('a', { replicas: 4 }) },
        'force=true&dryRun=All',
      );
      const gone = await api.delete(path);
      const { body } = await api.get(api.apps('statefulsets/a'));
      return {
        put: put.body.spec?.replicas,
        invalid: verdict(invalid),
        applied: applied.body.spec?.replicas,
        gone: verdict(gone),
        same: body.metadata?.resourceVersion === made.metadata?.resourceVersion,
      };
    },
    { put: 3, invalid: '422 Invalid', applied: 4, gone: '200', same: true },
  ),
  contractCase(
    'dry run: a StatefulSet beside the one of its name is checked as if it were to be created',
    async (api) => {
      await api.create(api.apps('statefulsets'), statefulSet('a'));
      const probe = async (podSpec: object) => {
        const spec = { template: podTemplate('a', podSpec), podManagementPolicy: 'Parallel' };
        const body = { ...statefulSet('a', spec), metadata: { generateName: 'a-' } };
        const answer = await api.post(`${api.apps('statefulsets')}?dryRun=All`, body);
        const { details } = answer.body as { details?: { causes?: readonly unknown[] } };
        return { verdict: verdict(answer), causes: details?.causes ?? [] };
      };
      const resources = { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } };
      const container = { name: 'main', image: 'i' };
      const { body: list } = await api.get(api.apps('statefulsets'));
      return {
        good: await probe({}),
        request: await probe({ containers: [{ ...container, resources }] }),
        mount: await probe({ containers: [{ ...container, volumeMounts: [{ name: 'none', mountPath: '/x' }] }] }),
        volume: await probe({ volumes: [{ name: 'Not_A_Name', emptyDir: {} }] }),
        sets: (list as { items?: readonly unknown[] }).items?.length,
      };
    },
    {
      good: { verdict: '201', causes: [] },
      request: {
        verdict: '422 Invalid',
        causes: [
          {
            reason: 'FieldValueInvalid',
            message: 'Invalid value: "2Gi": must be less than or equal to memory limit of 1Gi',
            field: 'spec.template.spec.containers[0].resources.requests',
          },
        ],
      },
      mount: {
        verdict: '422 Invalid',
        causes: [
          {
            reason: 'FieldValueNotFound',
            message: 'Not found: "none"',
            field: 'spec.template.spec.containers[0].volumeMounts[0].name',
          },
        ],
      },
      volume: {
        verdict: '422 Invalid',
        causes: [
          {
            reason: 'FieldValueInvalid',
            message:
              "Invalid value: \"Not_A_Name\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
            field: 'spec.template.spec.volumes[0].name',
          },
        ],
      },
      sets: 1,
    },
  ),
  contractCase(
    'dry run: any value but All is 422',
    async (api) => {
      const { status, body } = await api.post(`${api.core('configmaps')}?dryRun=Some`, configMap('a'));
      return { status, reason: body.reason };
    },
    { status: 422, reason: 'Invalid' },
  ),
  contractCase(
    'field validation: Strict refuses unknown and duplicate fields, all in one message',
    async (api) => {
      const body =
        '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a","colour":"red"},"data":{"k":"v","k":"w"},"extra":1}';
      return refusal(await api.post(`${api.core('configmaps')}?${strict}`, body));
    },
    {
      status: 400,
      kind: 'Status',
      reason: 'BadRequest',
      message:
        'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "metadata.colour", duplicate field "data.k", unknown field "extra"',
      code: 400,
    },
  ),
  contractCase(
    'field validation: Warn is the default and tells of unknown fields in headers',
    async (api) => {
      const { status, headers } = await api.post(api.core('configmaps'), { ...configMap('a'), extra: 1 });
      return { status, warning: headers.warning };
    },
    { status: 201, warning: '299 - "unknown field \\"extra\\""' },
  ),
  contractCase(
    'field validation: Ignore says nothing, and the field is gone',
    async (api) => {
      const path = `${api.core('configmaps')}?fieldValidation=Ignore`;
      const { status, headers, body } = await api.post(path, { ...configMap('a'), extra: 1 });
      return { status, warning: headers.warning ?? 'none', extra: body.extra ?? 'none' };
    },
    { status: 201, warning: 'none', extra: 'none' },
  ),
  contractCase(
    'field validation: Strict looks deep and into lists',
    async (api) => {
      const spec = {
        template: {
          metadata: { labels: { app: 'a' } },
          spec: { containers: [{ name: 'x', image: 'i', colour: 'red' }] },
        },
      };
      const { status, body } = await api.post(`${api.apps('statefulsets')}?${strict}`, statefulSet('a', spec));
      return { status, message: body.message };
    },
    {
      status: 400,
      message:
        'StatefulSet in version "v1" cannot be handled as a StatefulSet: strict decoding error: unknown field "spec.template.spec.containers[0].colour"',
    },
  ),
  contractCase(
    'field validation: Strict applies to merge and strategic patches too',
    async (api) => {
      await api.create(api.apps('deployments'), deployment('a'));
      const path = `${api.apps('deployments/a')}?${strict}`;
      return [
        verdict(await api.patch(path, 'merge', { spec: { colour: 'red' } })),
        verdict(await api.patch(path, 'strategic', { spec: { colour: 'red' } })),
      ];
    },
    ['422 Invalid', '422 Invalid'],
  ),
  contractCase(
    'field validation: an unknown value is 422',
    async (api) => verdict(await api.post(`${api.core('configmaps')}?fieldValidation=Maybe`, configMap('a'))),
    '422 Invalid',
  ),
];
