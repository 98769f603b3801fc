/** Sizes as Prometheus reads them in limits: "512MB", "1.5GiB", "0". KB and KiB are both 1024 bytes. */

const pattern = /^(?:0|(\d+(?:\.\d+)?|\.\d+)([KMGTPE]?)i?B)$/;

const prefixes = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/**
 * Bytes.
 * @throws {SyntaxError} when `text` is no size.
 */
export function parseByteSize(text: string): number {
  const match = pattern.exec(text);
  if (match === null) throw new SyntaxError(`Cannot parse size "${text}": want something like 512MB, 1.5GiB or 0`);
  const [, digits = '0', prefix = ''] = match;
  return Number(digits) * 1024 ** prefixes.indexOf(prefix);
}
