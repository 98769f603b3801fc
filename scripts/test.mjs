// `npm test [suite…]`: lists the test files itself, because `node --test DIR` runs nothing (and exits 0) on .ts files.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { ensureInstalled, root } from './install.mjs';

/** Suites of `npm test`, in order; e2e needs the real control plane built and is run by `npm run e2e`. */
const defaultSuites = [
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

function listTestFiles(suite) {
  const folder = `${root}test/${suite}`;
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return entries
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `test/${suite}/${name}`)
    .sort();
}

/** Suites that need Node alone use all cores; a test with a control plane of its own needs them for itself. */
const countAtOnce = (suite) => (suite === 'e2e' || suite === 'control-plane' ? 1 : availableParallelism());

/** Runs one suite and returns its counts, as node's own summary lines say them. */
function runSuite(suite) {
  const files = listTestFiles(suite);
  if (files.length === 0)
    return { suite, files: 0, tests: 0, pass: 0, fail: 1, skipped: 0, absent: 0, why: 'no test file matches' };
  process.stdout.write(`\n== ${suite} (${files.length} files)\n`);
  const reporters = ['--test-reporter=./scripts/reporter.mjs', '--test-reporter-destination=stdout'];
  const atOnce = `--test-concurrency=${countAtOnce(suite)}`;
  const child = spawnSync(process.execPath, ['--import', 'tsx', '--test', atOnce, ...reporters, ...files], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.stdout.write(child.stdout);
  const count = (word) => Number(new RegExp(`^ℹ ${word} (\\d+)$`, 'm').exec(child.stdout)?.[1] ?? 0);
  const counts = {
    tests: count('tests'),
    pass: count('pass'),
    fail: count('fail'),
    skipped: count('skipped'),
    absent: count('absent'),
  };
  const why = counts.tests === 0 ? 'no test was executed' : child.status === 0 ? '' : 'failed';
  return { suite, files: files.length, ...counts, why };
}

ensureInstalled();
const args = process.argv.slice(2);
/** In CI a skipped test is a part that did not run; what is not beside a clone is said to be absent, and no fault. */
const noSkip = args.includes('--no-skip');
const wanted = args.filter((arg) => arg !== '--no-skip');
const suites = wanted.length > 0 ? wanted : defaultSuites.filter((suite) => existsSync(`${root}test/${suite}`));
const results = suites.map(runSuite);
process.stdout.write('\nsuite          files  tests   pass   fail   skip\n');
for (const r of results) {
  const cells = [r.files, r.tests, r.pass, r.fail, r.skipped].map((n) => String(n).padStart(6));
  process.stdout.write(`${r.suite.padEnd(13)} ${cells.join(' ')}  ${r.why}\n`);
}
const sum = (key) => results.reduce((total, r) => total + r[key], 0);
process.stdout.write(`${sum('pass')} passed, ${sum('fail')} failed, ${sum('skipped')} skipped\n`);
const absent = sum('absent');
if (absent > 0)
  process.stdout.write(`${absent} tests read ../shared, which is absent: the cases recorded there were not compared\n`);
const skipped = noSkip && sum('skipped') > absent;
if (skipped) process.stdout.write('--no-skip: a skipped test counts as a failure here, see the reasons above\n');
process.exit(skipped || results.some((r) => r.why !== '') ? 1 : 0);
