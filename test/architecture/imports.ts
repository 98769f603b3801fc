import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../../src/', import.meta.url));

/** An import or re-export of a file below src. */
export interface Import {
  /** Path below src. */
  readonly file: string;
  /** As it is written. */
  readonly target: string;
  readonly typeOnly: boolean;
}

/** Paths below src of all its files, with slashes. */
export function listSources(): string[] {
  const entries = readdirSync(src, { recursive: true, encoding: 'utf8' });
  return entries.filter((name) => name.endsWith('.ts')).map((name) => name.split(sep).join('/'));
}

export const readSource = (file: string): string => readFileSync(join(src, file), 'utf8');

export function readImports(file: string): Import[] {
  const found = readSource(file).matchAll(/^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)';/gm);
  return [...found].map(([, type, target = '']) => ({ file, target, typeOnly: type !== undefined }));
}

/** The path below src of what is imported; undefined for a package. */
export function resolveImport({ file, target }: Import): string | undefined {
  if (!target.startsWith('.')) return undefined;
  return normalize(join(dirname(file), target))
    .split(sep)
    .join('/');
}
