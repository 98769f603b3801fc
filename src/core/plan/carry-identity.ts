import type { KubernetesObject } from '../../api/meta.ts';
import { workloadKinds } from '../kinds/registry.ts';

const keyOf = ({ apiVersion = '', kind = '', metadata }: KubernetesObject): string =>
  [apiVersion.split('/')[0], kind, metadata.namespace ?? 'default', metadata.name ?? ''].join('/');

/**
 * The later manifests as they are once applied over the earlier ones: an object that is on both sides stays the same one and
 * keeps its uid, whether it was read from a cluster or a repository. Workloads without a uid get one, since what a workload owns is
 * told apart by it.
 */
export function carryIdentity(
  from: readonly KubernetesObject[],
  to: readonly KubernetesObject[],
): { readonly from: KubernetesObject[]; readonly to: KubernetesObject[] } {
  const before = from.map(identify);
  const known = new Map(before.map((object) => [keyOf(object), object]));
  const after = to.map((object) => {
    const same = known.get(keyOf(object));
    return same === undefined ? identify(object) : withUid(object, same.metadata.uid);
  });
  return { from: before, to: after };
}

const kinds: ReadonlySet<string | undefined> = new Set(workloadKinds.map(({ type }) => type.kind));

function identify(object: KubernetesObject): KubernetesObject {
  const isKnown = object.metadata.uid !== undefined || !kinds.has(object.kind);
  return isKnown ? object : withUid(object, keyOf(object));
}

function withUid(object: KubernetesObject, uid: string | undefined): KubernetesObject {
  const { uid: _uid, ...metadata } = object.metadata;
  return { ...object, metadata: uid === undefined ? metadata : { ...metadata, uid } };
}
