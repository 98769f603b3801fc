import { hash } from 'node:crypto';

/** Below this, the sum of both halves stays an exact number. */
const exactModulus = 1n << 21n;

/** The last eight bytes of the text's MD5 as a big-endian number, modulo `modulus` (above 0), in decimal. */
export function hashModulus(text: string, modulus: bigint): string {
  // Not sharded: every number is 0 then.
  if (modulus === 1n) return '0';
  const digest = hash('md5', text, 'buffer');
  if (modulus >= exactModulus) return (digest.readBigUInt64BE(8) % modulus).toString();
  const divisor = Number(modulus);
  const high = digest.readUInt32BE(8) % divisor;
  return String((high * 2 ** 32 + digest.readUInt32BE(12)) % divisor);
}
