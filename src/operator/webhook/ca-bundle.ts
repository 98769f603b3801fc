import { alertmanagerConfigType } from '../../api/alertmanager-config.ts';
import type { KubernetesObject, NamespacedName, ResourceType } from '../../api/meta.ts';
import { isJsonObject } from '../../base/json.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isConflict, isInvalid, isNotFound } from '../../kubernetes/client/errors.ts';
import { bundleTries } from '../limits.ts';

const registration = { group: 'admissionregistration.k8s.io', version: 'v1', namespaced: false } as const;

const validatingType: ResourceType = {
  ...registration,
  plural: 'validatingwebhookconfigurations',
  kind: 'ValidatingWebhookConfiguration',
};

const mutatingType: ResourceType = {
  ...registration,
  plural: 'mutatingwebhookconfigurations',
  kind: 'MutatingWebhookConfiguration',
};

const crdType: ResourceType = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  namespaced: false,
};

/** Where callers are told what to trust. */
export interface BundleTargets {
  /** Name of both webhook configurations. */
  readonly configuration: string;
  readonly service: NamespacedName;
  /** Names and addresses of the certificate: webhooks with a URL are ours when it has one of them. */
  readonly hosts: readonly string[];
}

interface Place {
  readonly type: ResourceType;
  readonly name: string;
  /** Paths of client configurations, as JSON pointers. */
  readonly listPointers: (object: KubernetesObject) => readonly string[];
}

/** What came of a publication. */
export interface Publication {
  /** What every place holds now; undefined when the bundle changed on the way. */
  readonly bundle: string | undefined;
  /** How many objects were changed. */
  readonly changed: number;
}

/**
 * Puts the bundle into each webhook of ours: the two configurations, and the conversion of AlertmanagerConfigs where the CRD
 * has it. Other webhooks, and all else that others put there, stay as they are. What is not there is left out.
 * @param readBundle the newest bundle, PEM. It is asked after a place was read, and what is written counts only if the place
 *   is still as it was: a slow replica never puts an older bundle over a newer one.
 * @throws {ApiError} when a place cannot be read or changed.
 */
export async function publishBundle(
  client: KubernetesClient,
  targets: BundleTargets,
  readBundle: () => Promise<string>,
): Promise<Publication> {
  const places = listPlaces(targets.configuration);
  const outcomes = await Promise.all(places.map((place) => publishTo(place, targets, { client, readBundle })));
  const bundles = new Set(outcomes.flatMap((outcome) => outcome?.bundle ?? []));
  const bundle = bundles.size === 0 ? await readBundle() : [...bundles][0];
  return {
    bundle: bundles.size > 1 ? undefined : bundle,
    changed: outcomes.filter((outcome) => outcome?.changed).length,
  };
}

async function publishTo(
  { type, name, listPointers }: Place,
  targets: BundleTargets,
  { client, readBundle }: { readonly client: KubernetesClient; readonly readBundle: () => Promise<string> },
): Promise<{ readonly bundle: string; readonly changed: boolean } | undefined> {
  for (let left = bundleTries; ; left -= 1) {
    const object = await find(client, type, name);
    if (object === undefined) return undefined;
    const bundle = await readBundle();
    const value = Buffer.from(bundle).toString('base64');
    const stale = listPointers(object).filter((pointer) => {
      const found = readPointer(object, pointer);
      return isJsonObject(found) && isOurs(found, targets) && found.caBundle !== value;
    });
    if (stale.length === 0) return { bundle, changed: false };
    const body = [
      { op: 'test', path: '/metadata/resourceVersion', value: object.metadata.resourceVersion },
      ...stale.map((pointer) => ({ op: 'add', path: `${pointer}/caBundle`, value })),
    ];
    try {
      await client.patch(type, { namespace: '', name }, { kind: 'json', body });
      return { bundle, changed: true };
    } catch (error) {
      // A test that does not hold is answered as invalid: somebody else wrote in between.
      if (left <= 1 || !(isConflict(error) || isInvalid(error))) throw error;
    }
  }
}

function listPlaces(configuration: string): Place[] {
  const crd: Place = {
    type: crdType,
    name: `${alertmanagerConfigType.plural}.${alertmanagerConfigType.group}`,
    listPointers: () => ['/spec/conversion/webhook/clientConfig'],
  };
  if (configuration === '') return [crd];
  const listPointers: Place['listPointers'] = (object) => {
    const { webhooks } = object as { readonly webhooks?: readonly unknown[] };
    return (webhooks ?? []).map((_, at) => `/webhooks/${at}/clientConfig`);
  };
  return [...[validatingType, mutatingType].map((type) => ({ type, name: configuration, listPointers })), crd];
}

async function find(client: KubernetesClient, type: ResourceType, name: string): Promise<KubernetesObject | undefined> {
  try {
    return await client.get(type, { namespace: '', name });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function readPointer(object: unknown, pointer: string): unknown {
  let value = object;
  for (const step of pointer.slice(1).split('/')) {
    if (Array.isArray(value)) value = value[Number(step)];
    else value = isJsonObject(value) ? value[step] : undefined;
  }
  return value;
}

function isOurs(client: Readonly<Record<string, unknown>>, { service, hosts }: BundleTargets): boolean {
  if (isJsonObject(client.service))
    return client.service.namespace === service.namespace && client.service.name === service.name;
  return typeof client.url === 'string' && URL.canParse(client.url) && hosts.includes(new URL(client.url).hostname);
}
