import type { VolumeMount } from '../../../api/core/container.ts';
import type { Volume } from '../../../api/core/volume.ts';
import type { ConfigMapKeySelector, SecretOrConfigMap } from '../../../api/parts/references.ts';
import { toUniqueLabelName } from '../../../base/naming.ts';
import { unlessBlank } from './rendered-objects.ts';

/** An object whose key holds a certificate or a private key. */
export interface Credential {
  readonly source: 'secret' | 'configmap';
  readonly name: string;
  readonly key: string;
}

export type CredentialRole = 'key' | 'cert' | 'ca';

/** What one side of TLS takes out of objects; undefined: nothing, or a file of the container. */
export type Credentials = Readonly<Record<CredentialRole, Credential | undefined>>;

/** A selector that names nothing is as good as none: typed clients write empty ones. */
export function isSet(selector: ConfigMapKeySelector | undefined): selector is ConfigMapKeySelector {
  return unlessBlank(selector?.name) !== undefined || unlessBlank(selector?.key) !== undefined;
}

export function readEither(reference: SecretOrConfigMap | undefined): Credential | undefined {
  const { secret, configMap } = reference ?? {};
  if (isSet(secret)) return { source: 'secret', name: secret.name ?? '', key: secret.key };
  if (isSet(configMap)) return { source: 'configmap', name: configMap.name ?? '', key: configMap.key };
  return undefined;
}

export function readSecretKey(selector: ConfigMapKeySelector | undefined): Credential | undefined {
  return isSet(selector) ? { source: 'secret', name: selector.name ?? '', key: selector.key } : undefined;
}

function folderOf(credential: Credential, role: CredentialRole, folder: string): string {
  return `${folder}/${credential.source}/${credential.name}-${role}`;
}

/** The path of a credential in the pod. @param folder below which the objects are mounted. */
export function pathOfCredential(credentials: Credentials, role: CredentialRole, folder: string): string | undefined {
  const credential = credentials[role];
  return credential === undefined ? undefined : `${folderOf(credential, role, folder)}/${credential.key}`;
}

/** How the volumes of credentials are called, and below which folder they are mounted. */
export interface CredentialPlace {
  /** Of the names of the volumes, without a "-" at its end. */
  readonly prefix: string;
  readonly folder: string;
}

function mountCredential(
  credential: Credential,
  role: CredentialRole,
  { prefix, folder }: CredentialPlace,
): { volume: Volume; mount: VolumeMount } {
  const label = role === 'ca' ? 'client-ca' : role;
  const name = toUniqueLabelName(`${prefix}-${credential.source}-${label}`, credential.name);
  const source =
    credential.source === 'secret'
      ? { secret: { secretName: credential.name } }
      : { configMap: { name: credential.name } };
  return {
    volume: { name, ...source },
    mount: { name, mountPath: folderOf(credential, role, folder), readOnly: true },
  };
}

/**
 * Whole objects with key, certificate and CA, so that renewed certificates reach the pod (docs/reference/rendering.md 8.2). An
 * object that is not referenced gets no volume; the reference makes one without a name for `keyFile`, which the API server refuses.
 * @throws {TerminalError} when no volume can be named after an object.
 */
export function mountCredentials(
  credentials: Credentials,
  place: CredentialPlace,
): { volume: Volume; mount: VolumeMount }[] {
  return (['key', 'cert', 'ca'] as const).flatMap((role) => {
    const credential = credentials[role];
    return credential === undefined ? [] : [mountCredential(credential, role, place)];
  });
}
