/** What a server tells of itself: groups, versions, resources, documents, health. */
import type { ContractCase, Loose } from '../case.ts';
import { contractCase, list, text } from '../case.ts';
import { definition, eventually, groupOf, withDefinition } from '../crds.ts';

const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

function find(items: unknown, name: string): Loose | undefined {
  return list(items).find((item) => item.name !== undefined && text(item.name) === name);
}

export const apiDiscoveryCases: readonly ContractCase[] = [
  contractCase(
    'discovery: /api names the versions of the core group',
    async (api) => {
      const { kind, versions } = (await api.get('/api')).body;
      return { kind, versions };
    },
    { kind: 'APIVersions', versions: ['v1'] },
  ),
  contractCase(
    'discovery: /api/v1 describes ConfigMaps, and Pods with their subresources',
    async (api) => {
      const { kind, groupVersion, resources } = (await api.get('/api/v1')).body;
      const { storageVersionHash: _hash, ...found } = find(resources, 'configmaps') ?? {};
      const pods = list(resources).map(({ name }) => text(name));
      return { kind, groupVersion, found, sub: ['pods/status', 'services/status'].map((name) => pods.includes(name)) };
    },
    {
      kind: 'APIResourceList',
      groupVersion: 'v1',
      found: {
        name: 'configmaps',
        singularName: 'configmap',
        namespaced: true,
        kind: 'ConfigMap',
        verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
        shortNames: ['cm'],
      },
      sub: [true, true],
    },
  ),
  contractCase(
    'discovery: /apis lists groups with their preferred version',
    async (api) => {
      const { kind, apiVersion, groups } = (await api.get('/apis')).body;
      return { kind, apiVersion, apps: find(groups, 'apps') };
    },
    {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      apps: {
        name: 'apps',
        versions: [{ groupVersion: 'apps/v1', version: 'v1' }],
        preferredVersion: { groupVersion: 'apps/v1', version: 'v1' },
      },
    },
  ),
  contractCase(
    'discovery: one group and one version of it',
    async (api) => {
      const group = (await api.get('/apis/apps')).body;
      const { resources } = (await api.get('/apis/apps/v1')).body;
      const { storageVersionHash: _hash, ...sets } = find(resources, 'statefulsets') ?? {};
      const { ...scale } = find(resources, 'statefulsets/scale') ?? {};
      return { group: [group.kind, group.name], sets, scale };
    },
    {
      group: ['APIGroup', 'apps'],
      sets: {
        name: 'statefulsets',
        singularName: 'statefulset',
        namespaced: true,
        kind: 'StatefulSet',
        verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
        shortNames: ['sts'],
        categories: ['all'],
      },
      scale: {
        name: 'statefulsets/scale',
        singularName: '',
        namespaced: true,
        group: 'autoscaling',
        version: 'v1',
        kind: 'Scale',
        verbs: ['get', 'patch', 'update'],
      },
    },
  ),
  contractCase(
    'discovery: aggregated discovery gives all groups at once',
    async (api) => {
      const { contentType, body } = await api.get('/apis', { accept: `${aggregated},application/json` });
      const apps = list(body.items).find(({ metadata }) => text(metadata?.name) === 'apps');
      const [version] = list(apps?.versions);
      const sets = list(version?.resources).find(({ resource }) => text(resource) === 'statefulsets');
      return {
        contentType,
        kind: `${text(body.apiVersion)} ${text(body.kind)}`,
        version: version?.version,
        freshness: version?.freshness,
        sets,
      };
    },
    {
      contentType: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
      kind: 'apidiscovery.k8s.io/v2 APIGroupDiscoveryList',
      version: 'v1',
      freshness: 'Current',
      sets: {
        resource: 'statefulsets',
        responseKind: { group: '', version: '', kind: 'StatefulSet' },
        scope: 'Namespaced',
        singularResource: 'statefulset',
        verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
        shortNames: ['sts'],
        categories: ['all'],
        subresources: [
          {
            subresource: 'scale',
            responseKind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
            verbs: ['get', 'patch', 'update'],
          },
          {
            subresource: 'status',
            responseKind: { group: '', version: '', kind: 'StatefulSet' },
            verbs: ['get', 'patch', 'update'],
          },
        ],
      },
    },
  ),
  contractCase(
    'discovery: a CRD appears in its group with short names and subresources',
    (api) =>
      withDefinition(api, definition(api, {}, { subresources: { status: {} } }), async () => {
        const path = `/apis/${groupOf(api)}/v1`;
        const { body } = await eventually(
          () => api.get(path),
          ({ body: one }) => list(one.resources).length === 2,
        );
        return list(body.resources).map(({ storageVersionHash: _hash, ...rest }) => rest);
      }),
    [
      {
        name: 'widgets',
        singularName: 'widget',
        namespaced: true,
        kind: 'Widget',
        verbs: ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'],
        shortNames: ['wd'],
      },
      { name: 'widgets/status', singularName: '', namespaced: true, kind: 'Widget', verbs: ['get', 'patch', 'update'] },
    ],
  ),
  contractCase(
    'discovery: /version has major, minor and gitVersion',
    async (api) => {
      const { body } = await api.get('/version');
      const shaped = /^v1\.\d+\.\d+/.test(text(body.gitVersion));
      return { shaped, keys: ['major', 'minor', 'gitVersion', 'gitCommit', 'platform'].map((key) => typeof body[key]) };
    },
    { shaped: true, keys: ['string', 'string', 'string', 'string', 'string'] },
  ),
  contractCase(
    'discovery: health endpoints say ok',
    async (api) => {
      const answers = await Promise.all(['/healthz', '/livez', '/readyz'].map((path) => api.get(path)));
      return answers.map(({ status, text: body }) => [status, body]);
    },
    [
      [200, 'ok'],
      [200, 'ok'],
      [200, 'ok'],
    ],
  ),
  contractCase(
    'openapi: the v3 index names a document for each group and version, and the document names its kinds',
    async (api) => {
      const { body } = await api.get('/openapi/v3');
      const entry = body.paths?.['apis/apps/v1'];
      const { body: document } = await api.get(text(entry?.serverRelativeURL));
      const schema = document.components?.schemas?.['io.k8s.api.apps.v1.StatefulSet'];
      return {
        core: body.paths?.['api/v1'] !== undefined,
        openapi: text(document.openapi).startsWith('3.'),
        kinds: schema?.['x-kubernetes-group-version-kind'],
      };
    },
    { core: true, openapi: true, kinds: [{ group: 'apps', kind: 'StatefulSet', version: 'v1' }] },
  ),
];
