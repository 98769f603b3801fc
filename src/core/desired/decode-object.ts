import { gunzipSync } from 'node:zlib';
import type { KubernetesObject } from '../../api/meta.ts';
import type { Secret } from '../render/shared/rendered-objects.ts';

/** A Secret with its contents in plain text, gzip undone: for people, never for a cluster. */
export function decodeSecret({
  data = {},
  ...secret
}: Secret): KubernetesObject & { stringData: Record<string, string> } {
  const decode = (value: string): string => {
    const bytes = Buffer.from(value, 'base64');
    return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  };
  const texts = Object.entries(data).map(([key, value]) => [key.replace(/\.gz$/, ''), decode(value)]);
  return { ...secret, stringData: Object.fromEntries(texts) as Record<string, string> };
}
