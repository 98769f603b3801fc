/** Durations as Prometheus writes them in configuration: "30s", "1h30m", "0" (github.com/prometheus/common/model). */

const pattern = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** Milliseconds of each group of the pattern. */
const units = [365 * day, 7 * day, day, hour, minute, second, 1] as const;

/** Go counts nanoseconds in 63 bits: about 292 years. */
const longest = 2 ** 63 / 1e6;

/**
 * Milliseconds.
 * @throws {SyntaxError} when `text` is no duration, or one that Prometheus cannot hold.
 */
export function parseDuration(text: string): number {
  if (text === '0') return 0;
  const match = text === '' ? null : pattern.exec(text);
  if (match === null) throw new SyntaxError(`Cannot parse duration "${text}": want something like 30s, 1h30m or 1d`);
  const total = units.reduce((sum, unit, at) => sum + Number(match[at + 1] ?? 0) * unit, 0);
  if (total >= longest) throw new SyntaxError(`Cannot parse duration "${text}": the duration is out of range`);
  return total;
}
