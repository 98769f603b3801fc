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

const names = ['y', 'w', 'd', 'h', 'm', 's', 'ms'] as const;

/**
 * Milliseconds as Prometheus prints them: "1m", "1h30m". Years and weeks only when nothing is left over.
 * @param largest unit that is used; Go's own durations know hours and what is below.
 */
export function formatDuration(ms: number, largest: (typeof names)[number] = 'y'): string {
  if (ms === 0) return '0s';
  let rest = ms;
  let text = '';
  for (const [at, name] of names.entries()) {
    const unit = units[at] ?? 1;
    const isRound = rest % unit === 0;
    if (at < names.indexOf(largest) || rest < unit || (at < 2 && !isRound)) continue;
    text += `${Math.floor(rest / unit)}${name}`;
    rest %= unit;
  }
  return text;
}
