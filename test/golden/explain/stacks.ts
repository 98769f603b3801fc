/**
 * The stacks that golden cases of explain ask about. base.yaml is one in which all is well, base-alerts.yaml that of cases whose
 * names begin with "alert"; a case says in broken.diff what it changes there (`diff -U1 -F '^kind:' base.yaml input.yaml`), or has
 * an input.yaml of its own where little is alike.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { applyDiff } from './apply-diff.ts';

export const caseFolder = import.meta.dirname;

export function listCases(): string[] {
  const entries = readdirSync(caseFolder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** The manifests of a case, as one text. */
export function readStack(name: string): string {
  const read = (...path: string[]): string => readFileSync(join(caseFolder, ...path), 'utf8');
  const has = (file: string): boolean => existsSync(join(caseFolder, name, file));
  if (has('input.yaml')) return read(name, 'input.yaml');
  const base = read(isAboutAlerts(name) ? 'base-alerts.yaml' : 'base.yaml');
  return has('broken.diff') ? applyDiff(base, read(name, 'broken.diff')) : base;
}

/** Whether a case is about the way of an alert. */
export const isAboutAlerts = (name: string): boolean => name.startsWith('alert');

/** Puts stacks into files named input.yaml, each in a folder of its own, until the tests of a file are over. */
export class StackFiles {
  readonly #folder = mkdtempSync(join(tmpdir(), 'stoker-golden-'));

  constructor() {
    after(() => rmSync(this.#folder, { recursive: true }));
  }

  /** The folder that holds the stack of a case. */
  folderOf(name: string): string {
    const folder = join(this.#folder, name);
    if (!existsSync(folder)) this.write(name, readStack(name));
    return folder;
  }

  /** The file of a case. */
  fileOf(name: string): string {
    return join(this.folderOf(name), 'input.yaml');
  }

  /** Writes a stack that is no case's. @returns the file */
  write(name: string, text: string): string {
    const folder = join(this.#folder, name);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'input.yaml');
    writeFileSync(file, text);
    return file;
  }
}
