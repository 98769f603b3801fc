import { convertAlertmanagerConfig } from '../../api/alertmanager-config/conversion.ts';
import { alertmanagerConfigType } from '../../api/alertmanager-config.ts';
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import { apiVersionOf } from '../../api/meta.ts';
import { customKinds } from '../../api/kinds.ts';
import { applyDefaults } from '../../api/validate.ts';
import type { AssetObject, AssetObjects } from '../assets/store.ts';
import { mapSources } from '../kinds/kind.ts';
import type { InstancesOf, WorkloadKind, WorkloadObject, WorkloadSources } from '../kinds/kind.ts';
import type { Lister } from '../listers.ts';
import { selectedKinds } from '../select/selected-kinds.ts';

/** What a set of manifests holds, in the place of a cluster. */
export interface ManifestSources {
  /** The workloads of one kind. */
  readonly instancesOf: InstancesOf;
  readonly sources: WorkloadSources;
  readonly assets: AssetObjects;
}

/** Objects that are known beforehand, as a Lister. The last of those with one name counts, as with `kubectl apply`. */
export function createLister<T extends KubernetesObject>(objects: readonly T[]): Lister<T> {
  const byName = new Map<string, T>();
  for (const object of objects) byName.set(nameOf(object.metadata.namespace, object.metadata.name), object);
  const all = [...byName.values()];
  const byNamespace = new Map<string, T[]>();
  for (const object of all) {
    const { namespace = '' } = object.metadata;
    const list = byNamespace.get(namespace);
    if (list === undefined) byNamespace.set(namespace, [object]);
    else list.push(object);
  }
  return {
    list: (namespace) => (namespace === undefined ? all : (byNamespace.get(namespace) ?? [])),
    get: (namespace, name) => byName.get(nameOf(namespace, name)),
  };
}

const nameOf = (namespace = '', name = ''): string => `${namespace}/${name}`;

/** The object as the API server would store it: converted, defaults filled in, in the namespace that kubectl would use. */
export function completeManifest(object: KubernetesObject): KubernetesObject {
  const kind = customKinds.find(
    ({ type, versions }) =>
      object.kind === type.kind && versions.some(({ version }) => object.apiVersion === apiVersionOf({ ...type, version })),
  );
  if (kind === undefined) return object;
  const named = { ...object, metadata: { ...object.metadata, namespace: object.metadata.namespace ?? 'default' } };
  const [stored] = kind.versions.filter((version) => version.stored);
  return stored === undefined ? named : (applyDefaults(stored.schema, toStored(kind.type, named)) as KubernetesObject);
}

/** AlertmanagerConfigs alone have several versions. */
function toStored(type: ResourceType, object: KubernetesObject): KubernetesObject {
  const stored = apiVersionOf(type);
  const isOther = type.kind === alertmanagerConfigType.kind && object.apiVersion !== stored;
  return isOther ? convertAlertmanagerConfig(object, stored) : object;
}

interface SecretManifest extends AssetObject {
  readonly stringData?: Readonly<Record<string, string>> | null;
}

/** Secrets as the server keeps them: `stringData` goes into `data`, encoded, and wins. */
function encodeSecret({ stringData, ...secret }: SecretManifest): AssetObject {
  const data: Record<string, string> = { ...secret.data };
  for (const [key, value] of Object.entries(stringData ?? {})) data[key] = Buffer.from(value).toString('base64');
  return { ...secret, data };
}

const nameLabel = 'kubernetes.io/metadata.name';

/** Namespaces of the manifests, and those that their objects are in; each carries the label that Kubernetes gives it. */
export function listNamespaces(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const given = objects.filter(({ kind, apiVersion }) => kind === 'Namespace' && apiVersion === 'v1');
  const names = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  const bare = [...names].map((name): KubernetesObject => ({ metadata: { name } }));
  return [...bare, ...given].map((namespace) => {
    const { name = '', labels } = namespace.metadata;
    return { ...namespace, metadata: { name, labels: { ...labels, [nameLabel]: name } } };
  });
}

/** Sorts manifests into what a sync reads. Kinds that it does not read are left out. */
export function readSources(manifests: readonly KubernetesObject[]): ManifestSources {
  const objects = manifests.map(completeManifest);
  const ofType = <T extends KubernetesObject>(type: ResourceType): T[] =>
    objects.filter(({ kind, apiVersion }) => kind === type.kind && apiVersion === apiVersionOf(type)) as T[];
  const plain = (kind: string): AssetObject[] => objects.filter((object) => object.kind === kind && object.apiVersion === 'v1');
  return {
    instancesOf: <T extends WorkloadObject>({ type }: Pick<WorkloadKind<T>, 'type'>) => createLister(ofType<T>(type)).list(),
    sources: {
      ...mapSources((kind) => createLister(ofType(selectedKinds[kind].type))),
      namespaces: createLister(listNamespaces(objects)),
    },
    assets: { secrets: plain('Secret').map(encodeSecret), configMaps: plain('ConfigMap') },
  };
}
