/** Names and uids that the server makes. */
import type { Random } from '../strategies/strategy.ts';

const letters = 'bcdfghjklmnpqrstvwxz2456789';

/** generateName with five letters behind; the whole has at most 63. */
export function generateName(prefix: string, random: Random): string {
  const suffix = Array.from({ length: 5 }, () => letters.charAt(Math.floor(random() * letters.length))).join('');
  return prefix.slice(0, 63 - suffix.length) + suffix;
}

/** A random UUID (version 4) from the given randomness. */
export function makeUid(random: Random): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16));
  digits[12] = '4';
  digits[16] = (8 + Math.floor(random() * 4)).toString(16);
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)]
    .map((part) => part.join(''))
    .join('-');
}
