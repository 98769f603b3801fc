import { TerminalError } from './errors.ts';
import { xxhash64 } from './hash.ts';
import { trimEndOf } from './trim-end.ts';

/** The longest DNS-1123 label: names of volumes, containers and ports. */
const labelLength = 63;
/** "-" and eight hexadecimal digits. */
const suffixLength = 9;

/** Lower case, every run of other characters one "-", none at the ends. Not cut. */
function sanitize(name: string): string {
  const words = name.toLowerCase().replaceAll(/[^-a-z0-9]+/g, '-');
  return trimEndOf(words.replace(/^-+/, ''), '-');
}

function requireLabel(label: string, name: string): string {
  if (/^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(label)) return label;
  throw new TerminalError(
    `Cannot make a volume name from "${name}": "${label}" is no DNS-1123 label; rename the object`,
  );
}

/**
 * The name of a volume for the object `name` (docs/reference/rendering.md 8.4, plain).
 * @throws {TerminalError} when nothing valid is left.
 */
export function toLabelName(prefix: string, name: string): string {
  const cut = sanitize(`${prefix}-${name}`).slice(0, labelLength);
  return requireLabel(trimEndOf(cut, '-'), name);
}

/**
 * As `toLabelName`, with digits of the name's hash, so that long or alike names stay apart (docs/reference/rendering.md 8.4, unique).
 * @throws {TerminalError} when nothing valid is left.
 */
export function toUniqueLabelName(prefix: string, name: string): string {
  const digits = xxhash64(name)
    .toString(16)
    .slice(0, suffixLength - 1);
  return requireLabel(`${sanitize(`${prefix}-${name}`).slice(0, labelLength - suffixLength)}-${digits}`, name);
}
