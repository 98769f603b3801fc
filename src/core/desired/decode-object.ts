import { gunzipSync } from 'node:zlib';
import type { KubernetesObject } from '../../api/meta.ts';
import type { ConfigMap, Secret } from '../render/shared/rendered-objects.ts';

type Texts = Record<string, string>;

/** gzip undone, and the keys named accordingly. */
function decodeAll(data: Readonly<Texts> = {}): Texts {
  const texts = Object.entries(data).map(([key, value]) => {
    const bytes = Buffer.from(value, 'base64');
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return [key.replace(/\.gz$/, ''), (isPacked ? gunzipSync(bytes) : bytes).toString('utf8')];
  });
  return Object.fromEntries(texts) as Texts;
}

function decodeSecret({ data, ...secret }: Secret): KubernetesObject & { stringData: Texts } {
  return { ...secret, stringData: decodeAll(data) };
}

function decodeConfigMap({ data, binaryData, ...map }: ConfigMap): ConfigMap {
  return { ...map, data: { ...data, ...decodeAll(binaryData) } };
}

/** An object with its contents in plain text: for people, never for a cluster. */
export function decodeObject(object: KubernetesObject): KubernetesObject {
  if (object.kind === 'Secret') return decodeSecret(object);
  const { binaryData } = object as ConfigMap;
  return object.kind === 'ConfigMap' && binaryData !== undefined ? decodeConfigMap(object) : object;
}
