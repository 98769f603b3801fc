/** Files for `stoker targets`, and its answer. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { invoke } from './invoke.ts';

/** What of the JSON output is looked at. */
interface Answer {
  activeTargets: { scrapeUrl: string; scrapePool: string; labels: Record<string, string> }[];
  droppedTargets: { scrapePool: string; droppedBy: { rule: number; action: string; message: string; from?: string } }[];
  droppedTargetCounts: Record<string, number>;
  failedTargets: { error: string }[];
  duplicateTargets: { scrapeUrl: string }[];
  overlaps: { scrapeUrl: string; scrapePools: string[] }[];
  summary: { counts: Record<string, number>; waste: number };
  notes: string[];
}

const folder = mkdtempSync(join(tmpdir(), 'stoker-targets-'));
after(() => rmSync(folder, { recursive: true }));

export const write = (name: string, text: string): string => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};

export async function answer(...args: readonly string[]): Promise<Answer> {
  const { code, stdout, stderr } = await invoke('targets', ...args, '-o', 'json');
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as Answer;
}
