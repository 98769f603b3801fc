/** Hashes that name revisions, as the controllers of Kubernetes compute them. */

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * Hash of JSON data: FNV-1 (32 bit) over Go's encoding of it followed by the collision count, in letters that spell no
 * words. Gives the same names as kube-controller-manager gives to ControllerRevisions.
 */
export function hashRevision(data: unknown, collisionCount: number): string {
  const digits = String(fnv32(encodeAsGo(data) + String(collisionCount)));
  return digits.replaceAll(/./g, (digit) => alphabet.charAt(digit.charCodeAt(0) % alphabet.length));
}

/** JSON with sorted keys and the escapes of Go's encoder. */
export function encodeAsGo(value: unknown): string {
  return JSON.stringify(sortKeys(value)).replaceAll(/[<>&\u2028\u2029]/g, (letter) => {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item)]));
}

function fnv32(text: string): number {
  let hash = 2166136261;
  for (const byte of Buffer.from(text, 'utf8')) hash = (Math.imul(hash, 16777619) ^ byte) >>> 0;
  return hash;
}
