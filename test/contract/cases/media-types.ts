/** What a request may be written in and what its answer may come as. */
import type { ContractCase } from '../case.ts';
import { contractCase, text } from '../case.ts';
import { configMap, service, statefulSet } from '../manifests.ts';

export const mediaTypeCases: readonly ContractCase[] = [
  contractCase(
    'media types: an Accept that cannot be met is 406',
    async (api) => {
      const { status, body } = await api.get(api.core('configmaps'), { accept: 'text/html' });
      return { status, reason: body.reason };
    },
    { status: 406, reason: 'NotAcceptable' },
  ),
  contractCase(
    'media types: the first acceptable of several is taken',
    async (api) => {
      const { status, contentType } = await api.get(api.core('configmaps'), { accept: 'text/html, application/json' });
      const any = await api.get(api.core('configmaps'), { accept: '*/*' });
      return [status, contentType, any.contentType];
    },
    [200, 'application/json', 'application/json'],
  ),
  contractCase(
    'media types: a body of an unknown type is 415',
    async (api) => {
      const { status, body } = await api.post(api.core('configmaps'), 'name=a', { 'content-type': 'text/plain' });
      return { status, reason: body.reason };
    },
    { status: 415, reason: 'UnsupportedMediaType' },
  ),
  contractCase(
    'media types: a body in YAML is read',
    async (api) => {
      const body = 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\ndata: {k: "1"}\n';
      const { status, body: made } = await api.post(api.core('configmaps'), body, {
        'content-type': 'application/yaml',
      });
      return { status, data: made.data };
    },
    { status: 201, data: { k: '1' } },
  ),
  contractCase(
    'media types: a Table lists rows with PartialObjectMetadata',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a', { k: 'v', l: 'w' }));
      const { status, body } = await api.get(api.core('configmaps'), {
        accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
      });
      const rows = body.rows as unknown as {
        cells: unknown[];
        object: { kind: string; apiVersion: string; data?: object };
      }[];
      return {
        status,
        kind: `${text(body.apiVersion)} ${text(body.kind)}`,
        columns: (
          body.columnDefinitions as unknown as { name: string; type: string; format: string; priority: number }[]
        ).map(({ name, type, format, priority }) => [name, type, format, priority]),
        cells: rows.map(({ cells }) => [cells[0], cells[1], typeof cells[2]]),
        object: rows.map(({ object }) => [object.kind, object.apiVersion, object.data ?? 'none']),
      };
    },
    {
      status: 200,
      kind: 'meta.k8s.io/v1 Table',
      columns: [
        ['Name', 'string', 'name', 0],
        ['Data', 'string', '', 0],
        ['Age', 'string', '', 0],
      ],
      cells: [['a', 2, 'string']],
      object: [['PartialObjectMetadata', 'meta.k8s.io/v1', 'none']],
    },
  ),
  contractCase(
    'media types: a Table of one object, with includeObject=None no object in the row',
    async (api) => {
      await api.create(api.core('services'), service('a', { clusterIP: 'None' }));
      const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
      const { body } = await api.get(`${api.core('services/a')}?includeObject=None`, { accept });
      const rows = body.rows as unknown as { cells: unknown[]; object: unknown }[];
      const columns = body.columnDefinitions as unknown as { name: string; priority: number }[];
      return {
        columns: columns.map(({ name, priority }) => `${name} ${priority}`),
        cells: rows.map(({ cells }) => cells.map((cell, index) => (index === 5 ? typeof cell : cell))),
        object: rows[0]?.object ?? null,
      };
    },
    {
      columns: ['Name 0', 'Type 0', 'Cluster-IP 0', 'External-IP 0', 'Port(s) 0', 'Age 0', 'Selector 1'],
      cells: [['a', 'ClusterIP', 'None', '<none>', '80/TCP', 'string', 'app=a']],
      object: null,
    },
  ),
  contractCase(
    'media types: the Table of a StatefulSet shows ready replicas, containers and images',
    async (api) => {
      await api.create(api.apps('statefulsets'), statefulSet('a', { replicas: 3 }));
      await api.patch(api.apps('statefulsets/a/status'), 'merge', { status: { replicas: 3, readyReplicas: 2 } });
      const { body } = await api.get(api.apps('statefulsets'), {
        accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
      });
      const columns = body.columnDefinitions as unknown as { name: string }[];
      const rows = body.rows as unknown as { cells: unknown[] }[];
      return { columns: columns.map(({ name }) => name), cells: rows[0]?.cells.filter((_, index) => index !== 2) };
    },
    { columns: ['Name', 'Ready', 'Age', 'Containers', 'Images'], cells: ['a', '2/3', 'main', 'example.test/app:1'] },
  ),
  contractCase(
    'media types: a list of PartialObjectMetadata has metadata only and the version of the list',
    async (api) => {
      await api.create(api.core('secrets'), { metadata: { name: 'a', labels: { x: 'y' } }, data: { k: 'dg==' } });
      const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
      const { status, body } = await api.get(api.core('secrets'), { accept });
      return { status, body };
    },
    {
      status: 200,
      body: {
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        metadata: { resourceVersion: 'RV' },
        items: [
          {
            kind: 'PartialObjectMetadata',
            apiVersion: 'meta.k8s.io/v1',
            metadata: {
              name: 'a',
              namespace: 'NS',
              uid: 'UID',
              resourceVersion: 'RV',
              creationTimestamp: 'TIME',
              labels: { x: 'y' },
            },
          },
        ],
      },
    },
  ),
  contractCase(
    'media types: one object as PartialObjectMetadata, also as the answer of a write',
    async (api) => {
      const accept = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
      const made = await api.post(api.core('configmaps'), configMap('a', { k: 'v' }), { accept });
      const got = await api.get(api.core('configmaps/a'), { accept });
      return [made, got].map(({ status, body }) => [status, body.kind, Object.keys(body).sort()]);
    },
    [
      [201, 'PartialObjectMetadata', ['apiVersion', 'kind', 'metadata']],
      [200, 'PartialObjectMetadata', ['apiVersion', 'kind', 'metadata']],
    ],
  ),
];
