import { compareBytes } from '../../base/order.ts';
import type { KeyReference } from './references.ts';
import type { AssetStore } from './store.ts';

/** Name of the file, and of the key of the tls-assets Secret, that holds a referenced key (docs/reference/rendering.md 8.1). */
export function nameTlsAsset({ kind, namespace, name, key }: KeyReference): string {
  return `${kind === 'Secret' ? 0 : 1}_${namespace}_${name}_${key}`;
}

/** What one tls-assets Secret holds, by key. */
export type TlsAssetGroup = Readonly<Record<string, Uint8Array>>;

/** Objects may have 1 MiB; some of it is kept for metadata. */
const largestGroup = 1024 * 1024 - 50_000;

/**
 * The contents of the tls-assets Secrets, in the order of their numbers: the files that the configuration names and no
 * others, cut where a Secret would become too large. At least one group; missing and empty keys give no file.
 */
export function groupTlsAssets(references: Iterable<KeyReference>, assets: AssetStore): TlsAssetGroup[] {
  const files = new Map<string, Uint8Array>();
  for (const reference of references) {
    const bytes = assets.readBytes(reference);
    if (bytes !== undefined && bytes.length > 0) files.set(nameTlsAsset(reference), bytes);
  }
  const groups: Record<string, Uint8Array>[] = [{}];
  let size = 0;
  for (const [name, bytes] of [...files].sort(([a], [b]) => compareBytes(a, b))) {
    const needed = name.length + bytes.length;
    if (size > 0 && size + needed > largestGroup) {
      groups.push({});
      size = 0;
    }
    const group = groups[groups.length - 1];
    if (group !== undefined) group[name] = bytes;
    size += needed;
  }
  return groups;
}
