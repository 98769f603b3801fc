// `npm test [suite…]`: lists the test files itself, because `node --test DIR` runs nothing (and exits 0) on .ts files.
//   --all          the suites of `npm run e2e`, too
//   --no-skip      a skipped test counts as a failure, save those that read ../shared where there is none
//   --folder=DIR   suites are folders of DIR, not of test/
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureInstalled, root } from './install.mjs';
import { listSuites, plan } from './testing/plan.mjs';
import { count, printFailures, printSlowest, printTable } from './testing/summary.mjs';

const print = (...lines) => lines.forEach((line) => process.stdout.write(`${line}\n`));

/** Runs files of one suite; their report goes to stdout as they end. Returns the records of `testing/recorder.mjs`. */
function run(files, atOnce) {
  const scratch = mkdtempSync(join(tmpdir(), 'stoker-test-'));
  const file = join(scratch, 'records');
  try {
    const reporters = [
      ...['--test-reporter=./scripts/reporter.mjs', '--test-reporter-destination=stdout'],
      ...['--test-reporter=./scripts/testing/recorder.mjs', `--test-reporter-destination=${file}`],
    ];
    // Without the source maps node would say where a test stands in what tsx made of it.
    const how = ['--enable-source-maps', '--import', 'tsx', '--test', `--test-concurrency=${atOnce}`];
    const args = [...how, ...reporters, ...files];
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    return { status, records: lines.filter((line) => line !== '').map((line) => JSON.parse(line)) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Runs one suite: its row of the table with `why` it is a failure ('' when it is none), and its records. */
function runSuite(suite) {
  const planned = plan(folder, suite);
  const { files, atOnce } = planned;
  if (files.length === 0) return { ...count(planned, []), records: [], why: 'no test file matches' };
  print('', `== ${suite} (${files.length} files, ${atOnce} at a time)`);
  const { status, records } = run(files, atOnce);
  const counts = count(planned, records);
  const why = counts.tests === 0 ? 'no test was executed' : status === 0 ? '' : 'failed';
  return { ...counts, records, why };
}

ensureInstalled();
const args = process.argv.slice(2);
const given = args.find((arg) => arg.startsWith('--folder='))?.slice('--folder='.length);
const folder = resolve(root, given ?? 'test');
const results = listSuites(folder, args).map(runSuite);
const records = results.flatMap((result) => result.records);
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
const absent = sum('absent');
const skipped = args.includes('--no-skip') && sum('skipped') > absent;

print('', ...printTable(results), '', 'the slowest files:', ...printSlowest(records, root), '');
print(...printFailures(records, root));
print(`${sum('pass')} passed, ${sum('fail')} failed, ${sum('skipped')} skipped`);
if (absent > 0) print(`${absent} tests read ../shared, which is absent: the cases recorded there were not compared`);
if (skipped) print('--no-skip: a skipped test counts as a failure here, see the reasons above');
process.exit(skipped || results.some(({ why }) => why !== '') ? 1 : 0);
