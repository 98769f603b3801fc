import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Output } from './output.ts';

const source = new URL('../../src/', import.meta.url);

/** One named bound. */
export interface Limit {
  /** The folder of src that it holds in. */
  readonly layer: string;
  readonly name: string;
  /** In the unit that the name ends with: Ms, Seconds, PerSecond, Bytes, Characters; else a number of things. */
  readonly value: number;
  /** What it bounds, and why it is so large. */
  readonly reason: string;
}

/** The folders of src that have limits. */
export function listLayers(): string[] {
  return readdirSync(source)
    .filter((layer) => existsSync(new URL(`${layer}/limits.ts`, source)))
    .sort();
}

/** @throws {Error} when the file holds anything but numbers with a docstring each. */
export async function readLimits(layer: string): Promise<Limit[]> {
  const file = new URL(`${layer}/limits.ts`, source);
  const reasons = readReasons(readFileSync(file, 'utf8'));
  const values = (await import(`../../src/${layer}/limits.ts`)) as Readonly<Record<string, unknown>>;
  return Object.entries(values).map(([name, value]) => {
    const reason = reasons.get(name);
    const where = `${fileURLToPath(file)}: ${name}`;
    if (typeof value !== 'number') throw new Error(`${where} is no number: limits are nothing else`);
    if (reason === undefined) throw new Error(`${where} has no docstring: say what it bounds, and why it is so large`);
    return { layer, name, value, reason };
  });
}

function readReasons(text: string): Map<string, string> {
  const documented = text.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport const (\w+) =/g);
  const clean = (comment: string): string =>
    comment
      .replaceAll(/\n \* ?/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim();
  return new Map([...documented].map(([, comment = '', name = '']) => [name, clean(comment)]));
}

/** In the order of the source: what belongs together stays together. */
function sortAsWritten(limits: readonly Limit[], layer: string): Limit[] {
  const text = readFileSync(new URL(`${layer}/limits.ts`, source), 'utf8');
  const at = (name: string): number => text.indexOf(`export const ${name} =`);
  return [...limits].sort((a, b) => at(a.name) - at(b.name));
}

const group = (value: number): string => String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');

function formatMs(ms: number): string {
  if (ms >= 120_000 && ms % 60_000 === 0) return `${ms / 60_000} min`;
  return ms >= 1000 && ms % 100 === 0 ? `${group(ms / 1000)} s` : `${ms} ms`;
}

function formatBytes(bytes: number): string {
  if (bytes % 1024 ** 2 === 0) return `${bytes / 1024 ** 2} MiB`;
  return bytes % 1024 === 0 ? `${bytes / 1024} KiB` : `${group(bytes)} bytes`;
}

function formatLimit({ name, value }: Limit): string {
  if (name.endsWith('Ms')) return formatMs(value);
  if (name.endsWith('PerSecond')) return `${value}/s`;
  if (name.endsWith('Seconds')) return `${group(value)} s`;
  if (name.endsWith('Bytes')) return formatBytes(value);
  return name.endsWith('Characters') ? `${group(value)} characters` : group(value);
}

/** docs/limits.md: every bound, from the files that hold them. */
export const limitsDocsOutput: Output = {
  path: 'docs/limits.md',
  render: async () => {
    const head = readFileSync(new URL('./limits-head.md', import.meta.url), 'utf8');
    const sections = listLayers().map(async (layer) => {
      const limits = sortAsWritten(await readLimits(layer), layer);
      const rows = limits.map((limit) => `| \`${limit.name}\` | ${formatLimit(limit)} | ${limit.reason} |`);
      return `## src/${layer}\n\n| limit | value | what it bounds, and why |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
    });
    return `${head}\n${(await Promise.all(sections)).join('\n')}`;
  },
};
