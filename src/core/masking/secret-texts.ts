import { gunzipSync } from 'node:zlib';
import type { KubernetesObject } from '../../api/meta.ts';
import { isJsonObject } from '../../base/json.ts';
import { shortestSecretLine, shortestSecretText } from '../limits.ts';
import { readMapping } from './mask-object.ts';
import { isLookedFor, mask, maskUrls } from './secret-keys.ts';

/**
 * What Secrets hold, to take it out of texts. Masking by fields (`maskObject`) knows where secrets stand; this knows what
 * they are, and finds them where nobody thought of: in messages, labels, addresses. What is also the name of an object, a
 * kind or a label's value is no secret, and neither are texts of less than `shortestSecretText` characters.
 */
export class SecretTexts {
  readonly #secret = new Set<string>();
  readonly #public = new Set<string>();

  /** Takes in an object of a folder or a cluster. */
  observe(object: KubernetesObject): void {
    const { kind = '' } = object;
    const metadata: unknown = object.metadata;
    const { name, namespace, labels } = isJsonObject(metadata) ? metadata : {};
    for (const word of [kind, kind.toLowerCase(), name, namespace, ...listLeaves(labels)])
      if (typeof word === 'string') this.#public.add(word);
    if (kind === 'Secret') for (const text of listSecretTexts(object)) this.#addForms(text);
  }

  /** The text without passwords of URLs, and without whatever came from a Secret. */
  hide(text: string): string {
    let left = maskUrls(text);
    for (const secret of this.#list()) left = replaceWord(left, secret);
    return left;
  }

  /** Longest first: one may hold another. */
  #list(): string[] {
    const found = [...this.#secret].filter((text) => !this.#public.has(text));
    return found.sort((a, b) => b.length - a.length);
  }

  /** As it is, in base64, in a URL and in JSON. */
  #addForms(text: string): void {
    const trimmed = text.trim();
    if (trimmed.length < shortestSecretText) return;
    const forms = [Buffer.from(text).toString('base64'), Buffer.from(trimmed).toString('base64')];
    for (const form of [trimmed, ...forms, encodeURIComponent(trimmed), JSON.stringify(trimmed).slice(1, -1)])
      this.#secret.add(form);
  }
}

function listSecretTexts(object: KubernetesObject): string[] {
  const { data, stringData, type } = object as KubernetesObject & {
    data?: unknown;
    stringData?: unknown;
    type?: unknown;
  };
  // Beside its token a service account's Secret has the name of its namespace.
  const isHidden = ([key]: readonly [string, unknown]): boolean =>
    type !== 'kubernetes.io/service-account-token' || key !== 'namespace';
  const encoded = Object.entries(isJsonObject(data) ? data : {}).filter(isHidden);
  const plain = Object.entries(isJsonObject(stringData) ? stringData : {}).filter(isHidden);
  const texts = [...encoded.map(([, value]) => decode(value)), ...plain.map(([, value]) => String(value))];
  return texts.flatMap(listParts);
}

function decode(value: unknown): string {
  const bytes = Buffer.from(String(value), 'base64');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes).toString('utf8');
  } catch {
    return '';
  }
}

/** Of a configuration what its secret keys hold, else the text and each of its longer lines. */
function listParts(text: string): string[] {
  const value = readMapping(text);
  if (value !== undefined) return listSecretLeaves(value, []);
  const lines = text.split('\n').flatMap((line) => [line.trim(), ...line.split(/:\s+/).slice(1)]);
  return [text, ...lines.filter((line) => line.length >= shortestSecretLine)];
}

function listSecretLeaves(value: unknown, path: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => listSecretLeaves(item, path));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    isLookedFor(key, path) ? listLeaves(inner) : listSecretLeaves(inner, [...path, key]),
  );
}

function listLeaves(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(listLeaves);
  if (isJsonObject(value)) return Object.values(value).flatMap(listLeaves);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? [String(value)] : [];
}

const isWordLike = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Puts the mask in the place of a text; of a short one only where it is a word by itself. */
function replaceWord(text: string, secret: string): string {
  if (!text.includes(secret)) return text;
  if (secret.length >= shortestSecretLine) return text.replaceAll(secret, mask);
  const parts = text.split(secret);
  return parts.slice(1).reduce((left, part, at) => {
    const before = parts[at] === '' ? undefined : left.at(-1);
    const isPart = isWordLike(before) || isWordLike(part[0]);
    return left + (isPart ? secret : mask) + part;
  }, parts[0] ?? '');
}
