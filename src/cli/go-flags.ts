import type { Flag } from '../operator/options/flags.ts';

/**
 * Go's way with flags, which users of the reference have in their manifests: `-x` and `--x` are the same,
 * a boolean takes its value only behind "=" (`--x`, `--x=false`, never `--x false`).
 */
export function normaliseGoFlags(args: readonly string[], flags: readonly Flag[]): string[] {
  const booleans = new Set(flags.filter(({ kind }) => kind === 'bool').map(({ name }) => name));
  return args.map((arg) => {
    const match = /^--?([a-zA-Z][\w.-]+)(=[\s\S]*)?$/.exec(arg);
    if (match === null) return arg;
    const [, name = '', value] = match;
    if (value === undefined && booleans.has(name)) return `--${name}=true`;
    return `--${name}${value ?? ''}`;
  });
}
