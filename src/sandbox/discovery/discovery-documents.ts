/** The discovery documents of /api and /apis, plain and aggregated. */
import type { JsonObject } from '../../base/json.ts';
import type { Registry } from '../registry/registry.ts';
import type { Resource } from '../registry/resource.ts';
import { subresourcesOf } from './subresources.ts';
import { listGroups, resourcesIn } from './versions.ts';
import type { Group } from './versions.ts';

const groupVersion = (group: string, version: string): string => (group === '' ? version : `${group}/${version}`);

export function renderCoreVersions(address: string): JsonObject {
  const addresses = [{ clientCIDR: '0.0.0.0/0', serverAddress: address }];
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: addresses };
}

export function renderGroupList(registry: Registry): JsonObject {
  const groups = listGroups(registry).filter(({ name }) => name !== '');
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(describeGroup) };
}

/** Undefined when the group is not served. */
export function renderGroup(registry: Registry, name: string): JsonObject | undefined {
  const group = listGroups(registry).find((one) => one.name === name && name !== '');
  return group === undefined ? undefined : { kind: 'APIGroup', apiVersion: 'v1', ...describeGroup(group) };
}

function describeGroup({ name, versions }: Group): JsonObject {
  const all = versions.map((version) => ({ groupVersion: groupVersion(name, version), version }));
  return { name, versions: all, preferredVersion: all[0] };
}

/** Undefined when the version is not served. */
export function renderResourceList(registry: Registry, group: string, version: string): JsonObject | undefined {
  const found = resourcesIn(registry, group, version);
  if (found.length === 0) return undefined;
  const resources = found.flatMap((resource) => [describeResource(resource), ...describeSubresources(resource)]);
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: groupVersion(group, version), resources };
}

function describeResource({ plural, singular, namespaced, kind, verbs, shortNames, categories }: Resource): JsonObject {
  return {
    name: plural,
    singularName: singular,
    namespaced,
    kind,
    verbs,
    ...(shortNames.length === 0 ? {} : { shortNames }),
    ...(categories.length === 0 ? {} : { categories }),
  };
}

function describeSubresources(resource: Resource): JsonObject[] {
  return subresourcesOf(resource).map(({ name, kind, group, version, verbs }) => ({
    name: `${resource.plural}/${name}`,
    singularName: '',
    namespaced: resource.namespaced,
    ...(group === undefined ? {} : { group, version }),
    kind,
    verbs,
  }));
}

/** apidiscovery.k8s.io/v2: everything below /api (`core`) or /apis at once. */
export function renderAggregated(registry: Registry, core: boolean, apiVersion: string): JsonObject {
  const groups = listGroups(registry).filter(({ name }) => (name === '') === core);
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${apiVersion}`,
    metadata: {},
    items: groups.map(({ name, versions }) => ({
      metadata: name === '' ? { creationTimestamp: null } : { name, creationTimestamp: null },
      versions: versions.map((version) => ({
        version,
        resources: resourcesIn(registry, name, version).map(aggregateResource),
        freshness: 'Current',
      })),
    })),
  };
}

function aggregateResource(resource: Resource): JsonObject {
  const { plural, singular, kind, namespaced, verbs, shortNames, categories, custom } = resource;
  const own = custom ? { group: resource.group, version: resource.version, kind } : { group: '', version: '', kind };
  const subresources = subresourcesOf(resource).map((one) => ({
    subresource: one.name,
    responseKind:
      one.group === undefined ? { ...own, kind: one.kind } : { group: one.group, version: one.version, kind: one.kind },
    verbs: one.verbs,
  }));
  return {
    resource: plural,
    responseKind: own,
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singular,
    verbs,
    ...(shortNames.length === 0 ? {} : { shortNames }),
    ...(categories.length === 0 ? {} : { categories }),
    ...(subresources.length === 0 ? {} : { subresources }),
  };
}
