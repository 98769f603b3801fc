// `npm run coverage`: line coverage of kubernetes/, runtime/ and core/ under the suites that need Node alone; fails below 90 %.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();
const layers = ['kubernetes', 'runtime', 'core'];
const wanted = 90;
const suites = ['unit', 'conformance', 'scenario', 'cli'];
const include = layers.flatMap((layer) => ['--include', `src/${layer}/**`]);
const args = [
  'c8',
  '--all',
  // What runs was compiled (testing/compile.mjs): only the source maps lead to src.
  '--exclude-after-remap',
  ...include,
  '--reporter',
  'json-summary',
  '--reports-dir',
  'coverage',
  'node',
  'scripts/test.mjs',
  ...suites,
];
const run = spawnSync('npx', args, { cwd: root, stdio: 'inherit' });
const summary = JSON.parse(readFileSync(`${root}coverage/coverage-summary.json`, 'utf8'));

let enough = run.status === 0;
for (const layer of layers) {
  const files = Object.entries(summary).filter(([file]) => file.includes(`/src/${layer}/`));
  const sum = (key) => files.reduce((total, [, { lines }]) => total + lines[key], 0);
  const share = (100 * sum('covered')) / sum('total');
  process.stdout.write(`src/${layer}: ${share.toFixed(1)} % of ${sum('total')} lines in ${files.length} files\n`);
  if (!(share >= wanted)) enough = false;
}
process.exit(enough ? 0 : 1);
