import { apiVersionOf } from '../api/meta.ts';
import { customKinds } from '../api/kinds.ts';
import type { LocatedManifest } from './check/read.ts';

const ourVersions = new Set(
  customKinds.flatMap(({ type, versions }) => versions.map(({ version }) => apiVersionOf({ ...type, version }))),
);

/** The name of an object; `namespace` is "" for those in none. */
interface WantedObject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** The manifest of an object, whatever version of its kind it is of. */
export function findManifest(manifests: readonly LocatedManifest[], wanted: WantedObject): LocatedManifest | undefined {
  return manifests.find(({ object: { kind, apiVersion = '', metadata } }) => {
    const isSameKind =
      kind === wanted.kind && (ourVersions.has(apiVersion) || !apiVersion.startsWith('monitoring.coreos.com'));
    const namespace = wanted.namespace === '' ? '' : (metadata.namespace ?? 'default');
    return isSameKind && metadata.name === wanted.name && namespace === wanted.namespace;
  });
}
