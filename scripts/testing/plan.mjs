// Which files a suite has, and how many of them run at a time.
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

/** Suites of `npm test`, in order; those after them need the real control plane built and are run by `npm run e2e`. */
const alone = [
  'architecture',
  'unit',
  'golden',
  'conformance',
  'scenario',
  'simulation',
  'hostile',
  'contract',
  'cli',
  'web',
];
const real = ['control-plane', 'e2e'];

/** @param words suites, which are folders of test/; none are all that need Node alone; `--all` those and the real ones */
export function listSuites(folder, words) {
  const wanted = words.filter((word) => !word.startsWith('--'));
  if (wanted.length > 0) return wanted;
  return (words.includes('--all') ? [...alone, ...real] : alone).filter((suite) => existsSync(join(folder, suite)));
}

function listFiles(folder, suite) {
  if (!existsSync(join(folder, suite))) return [];
  const entries = readdirSync(join(folder, suite), { recursive: true, encoding: 'utf8' });
  return entries
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, suite, name))
    .sort();
}

/** Suites that need Node alone use all cores; a test with a control plane of its own needs them for itself. */
const countAtOnce = (suite) => (real.includes(suite.split('/')[0]) ? 1 : availableParallelism());

/** @returns {{ suite: string, files: string[], atOnce: number }} */
export function plan(folder, suite) {
  return { suite, files: listFiles(folder, suite), atOnce: countAtOnce(suite) };
}
