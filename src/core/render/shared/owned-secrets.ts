import type { KubernetesObject } from '../../../api/meta.ts';
import type { Secret } from './rendered-objects.ts';
import { renderSecret } from './secret.ts';
import { webConfigKey, writeWebConfig } from './web-config.ts';
import { nameTlsAssetSecret } from './workload.ts';
import type { Workload } from './workload.ts';

/**
 * The tls-assets Secrets, one a group, numbered from 0 (docs/reference/rendering.md 8.1).
 * @param groups keys and contents as they were cut to fit; number 0 exists even when there are no assets.
 */
export function renderTlsAssetSecrets(
  { names, owner, settings }: Workload,
  groups: readonly Readonly<Record<string, string | Uint8Array>>[],
): Secret[] {
  const filled = groups.length === 0 ? [{}] : groups;
  return filled.map((data, index) => renderSecret({ name: nameTlsAssetSecret(names, index), data }, owner, settings));
}

/**
 * The web configuration Secret; made even when there is nothing to configure, so that TLS needs no new volume.
 * @param folder where the web configuration is mounted in the pod.
 * @throws {TerminalError} when the TLS settings contradict each other or lack the key or the certificate.
 */
export function renderWebConfigSecret({ names, owner, settings, spec }: Workload, folder: string): Secret {
  return renderSecret(
    { name: names.webConfigSecret, data: { [webConfigKey]: writeWebConfig(spec.web, folder) } },
    owner,
    settings,
  );
}

/**
 * The tls-assets Secrets that are left from a time with more assets.
 * @param live Secrets of the namespace; metadata is enough.
 */
export function chooseExcessTlsAssets<T extends KubernetesObject>(
  workload: Workload,
  live: readonly T[],
  tlsAssetSecrets: number,
): T[] {
  const prefix = `${workload.names.tlsAssets}-`;
  const { uid } = workload.owner.metadata;
  return live.filter(({ metadata }) => {
    const { name = '', namespace, ownerReferences = [] } = metadata;
    const index = name.startsWith(prefix) ? name.slice(prefix.length) : '';
    const ours = ownerReferences.some((owner) => owner.controller === true && owner.uid === uid);
    const here = namespace === workload.owner.metadata.namespace;
    return ours && here && /^\d+$/.test(index) && Number(index) >= Math.max(1, tlsAssetSecrets);
  });
}
