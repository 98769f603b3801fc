import type { KubernetesObject } from '../../api/meta.ts';
import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { dumpYaml, parseYaml } from '../../base/yaml.ts';
import { isSecretKey, mask, maskUrls } from './secret-keys.ts';

/** What a key of a Secret holds that is no configuration. */
const describeMasked = (text: string): string => `${mask} (${Buffer.byteLength(text)} bytes)`;

/**
 * A value of a configuration with its secrets masked. `path` are the keys above it.
 * @param isSecret whether a key holds a secret, from the key and those above it
 */
export function maskValue(value: unknown, path: readonly string[], isSecret = isSecretKey): unknown {
  if (typeof value === 'string') return maskUrls(value);
  if (Array.isArray(value)) return value.map((item: unknown) => maskValue(item, path, isSecret));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const isMasked = isSecret(key, path) && inner !== null && inner !== '';
      return [key, isMasked ? maskAll(inner) : maskValue(inner, [...path, key], isSecret)];
    }),
  );
}

/** The shape stays: which header there is may be known, its value not. */
function maskAll(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskAll);
  if (!isJsonObject(value)) return mask;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskAll(inner)]));
}

/** A configuration (YAML of Prometheus, Alertmanager or web.config) with its secrets masked; other texts are masked as a whole. */
export function maskConfig(text: string): string {
  const value = readMapping(text);
  return value === undefined ? describeMasked(text) : dumpYaml(maskValue(value, []));
}

/** Undefined when the text is no YAML mapping or list. */
export function readMapping(text: string): unknown {
  try {
    const value = parseYaml(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const maskTexts = (texts: unknown): JsonObject =>
  Object.fromEntries(
    Object.entries(isJsonObject(texts) ? texts : {}).map(([key, value]) => {
      const text = String(value);
      return [key, /\.ya?ml$/.test(key) ? maskConfig(text) : describeMasked(text)];
    }),
  );

/**
 * An object as it may be shown to those who may not read Secrets: a Secret keeps its keys, and configurations (as
 * `decodeObject` shows them, in `stringData`) all that is no secret.
 */
export function maskObject(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'Secret') return object;
  const { data, stringData, ...rest } = object as KubernetesObject & { data?: unknown; stringData?: unknown };
  const raw = isJsonObject(data) ? Object.keys(data) : [];
  return {
    ...rest,
    stringData: { ...Object.fromEntries(raw.map((key) => [key, mask])), ...maskTexts(stringData) },
  } as KubernetesObject;
}
