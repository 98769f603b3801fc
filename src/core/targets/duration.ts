import { parseDuration } from '../../base/durations.ts';

const day = 86_400_000;
/** Milliseconds of each unit; years and weeks only when they divide the duration. */
const wholeUnits = [
  [365 * day, 'y'],
  [7 * day, 'w'],
] as const;
const units = [
  [day, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1000, 's'],
  [1, 'ms'],
] as const;

/** A duration as Prometheus prints it: 90 s are "1m30s", 8 days "8d", nothing "0s" (docs/reference/discovery.md 5.0). */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0s';
  let rest = ms;
  let text = '';
  for (const [size, unit] of wholeUnits) {
    if (rest === 0 || rest % size !== 0) continue;
    text += `${rest / size}${unit}`;
    rest = 0;
  }
  for (const [size, unit] of units) {
    if (rest < size) continue;
    text += `${Math.floor(rest / size)}${unit}`;
    rest %= size;
  }
  return text;
}

/** Milliseconds, or what Prometheus says about a text that is no duration. */
export function readDuration(text: string): { readonly ms: number } | { readonly problem: string } {
  try {
    return { ms: parseDuration(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: explainDuration(text) };
  }
}

function explainDuration(text: string): string {
  if (text === '') return 'empty duration string';
  let lastUnit = 0;
  for (let rest = text; rest !== '';) {
    const [whole = '', digits, unit] = /^(\d+)([^\d.]+)/.exec(rest) ?? [];
    if (digits === undefined || unit === undefined) return `not a valid duration string: "${text}"`;
    const position = ['y', 'w', 'd', 'h', 'm', 's', 'ms'].indexOf(unit) + 1;
    if (position === 0) return `unknown unit "${unit}" in duration "${text}"`;
    if (position <= lastUnit) return `not a valid duration string: "${text}"`;
    lastUnit = position;
    rest = rest.slice(whole.length);
  }
  return 'duration out of range';
}
