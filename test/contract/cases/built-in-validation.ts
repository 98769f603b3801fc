/** What built-in kinds refuse, with every cause and its path. */
import { refusal } from '../api.ts';
import type { ContractCase, Loose } from '../case.ts';
import { contractCase, list, show } from '../case.ts';
import { claimTemplate, deployment, pod, podTemplate, service, statefulSet } from '../manifests.ts';

const claim = claimTemplate('db');

export const builtInValidationCases: readonly ContractCase[] = [
  contractCase(
    'defaults: several unnamed Service ports are 422, and so are two of one name',
    async (api) => {
      const unnamed = await api.post(api.core('services'), service('a', { ports: [{ port: 80 }, { port: 81 }] }));
      const twice = await api.post(
        api.core('services'),
        service('b', {
          ports: [
            { name: 'x', port: 80 },
            { name: 'x', port: 81 },
          ],
        }),
      );
      const causes = (body: (typeof unnamed)['body']) =>
        list(body.details?.causes).map(({ reason, field }) => ({ reason, field }));
      return [causes(unnamed.body), causes(twice.body)];
    },
    [
      [
        { reason: 'FieldValueRequired', field: 'spec.ports[0].name' },
        { reason: 'FieldValueRequired', field: 'spec.ports[1].name' },
      ],
      [{ reason: 'FieldValueDuplicate', field: 'spec.ports[1].name' }],
    ],
  ),
  contractCase(
    'defaults: a StatefulSet that lacks everything is 422 with every cause',
    async (api) => {
      const body = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'a' }, spec: { replicas: -1 } };
      const answer = await api.post(api.apps('statefulsets'), body);
      const causes = list(answer.body.details?.causes).map(({ reason, field }) => `${show(reason)} ${show(field)}`);
      return { status: answer.status, causes };
    },
    {
      status: 422,
      causes: [
        'FieldValueInvalid spec.replicas',
        'FieldValueRequired spec.selector',
        'FieldValueInvalid spec.template.metadata.labels',
        'FieldValueRequired spec.template.spec.containers',
      ],
    },
  ),
  contractCase(
    'defaults: two containers of one name and an unknown volume mount are 422 with their paths',
    async (api) => {
      const one = { name: 'x', image: 'i', volumeMounts: [{ name: 'none', mountPath: '/x' }] };
      const answer = await api.post(api.core('pods'), pod('a', { containers: [one, { name: 'x', image: 'i' }] }));
      return list(answer.body.details?.causes).map(({ reason, field }) => `${show(reason)} ${show(field)}`);
    },
    ['FieldValueNotFound spec.containers[0].volumeMounts[0].name', 'FieldValueDuplicate spec.containers[1].name'],
  ),
  contractCase(
    'defaults: a volume mount of a StatefulSet may name a claim template, one that names nothing is 422',
    async (api) => {
      const mounting = (name: string) =>
        podTemplate('a', { containers: [{ name: 'x', image: 'i', volumeMounts: [{ name, mountPath: '/x' }] }] });
      const claimed = await api.post(
        api.apps('statefulsets'),
        statefulSet('a', { template: mounting('db'), volumeClaimTemplates: [claim] }),
      );
      const unknown = await api.post(api.apps('statefulsets'), {
        ...statefulSet('a', { template: mounting('none') }),
        metadata: { name: 'b' },
      });
      const deployed = await api.post(api.apps('deployments'), deployment('a', { template: mounting('none') }));
      const causes = (body: Loose) =>
        list(body.details?.causes).map(({ reason, field }) => `${show(reason)} ${show(field)}`);
      return [claimed.status, unknown.status, causes(unknown.body), deployed.status, causes(deployed.body)];
    },
    [
      201,
      422,
      ['FieldValueNotFound spec.template.spec.containers[0].volumeMounts[0].name'],
      422,
      ['FieldValueNotFound spec.template.spec.containers[0].volumeMounts[0].name'],
    ],
  ),
  contractCase(
    'defaults: names are checked by kind: subdomain for most, label for Services and Namespaces',
    async (api) => {
      const dotted = await api.post(api.core('configmaps'), { metadata: { name: 'a.b' } });
      const upper = await api.post(api.core('configmaps'), { metadata: { name: 'A_b' } });
      const svc = await api.post(api.core('services'), service('a.b'));
      const ns = await api.post('/api/v1/namespaces', { metadata: { name: 'a.b' } });
      return [dotted.status, refusal(upper), svc.status, ns.status];
    },
    [
      201,
      {
        status: 422,
        kind: 'Status',
        reason: 'Invalid',
        message:
          "ConfigMap \"A_b\" is invalid: metadata.name: Invalid value: \"A_b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        details: {
          name: 'A_b',
          kind: 'ConfigMap',
          causes: [
            {
              reason: 'FieldValueInvalid',
              message:
                "Invalid value: \"A_b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
              field: 'metadata.name',
            },
          ],
        },
        code: 422,
      },
      422,
      422,
    ],
  ),
  contractCase(
    'defaults: labels and annotations are checked',
    async (api) => {
      const fields = async (metadata: object) => {
        const { body } = await api.post(api.core('configmaps'), { metadata: { name: 'a', ...metadata } });
        return list(body.details?.causes).map(({ field }) => field);
      };
      return [
        await fields({ labels: { 'bad key': 'v' } }),
        await fields({ labels: { k: 'not/allowed' } }),
        await fields({ annotations: { 'bad key': 'v' } }),
      ];
    },
    [['metadata.labels'], ['metadata.labels'], ['metadata.annotations']],
  ),
];
