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

/** Runs files; their report goes to stdout as they end. Returns the exit code and what `testing/recorder.mjs` wrote. */
function run({ title, files, atOnce }) {
  print('', `== ${title}: ${files.length} files, ${atOnce} at a time`);
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

/** The row of a suite in the table, with `why` it is a failure; '' when it is none. */
function judge(suite, records) {
  const row = count(suite, records);
  if (row.files === 0) return { ...row, why: 'no test file matches' };
  if (row.tests === 0) return { ...row, why: 'no test was executed' };
  return { ...row, why: row.fail > 0 ? 'failed' : '' };
}

ensureInstalled();
const args = process.argv.slice(2);
const given = args.find((arg) => arg.startsWith('--folder='))?.slice('--folder='.length);
const folder = resolve(root, given ?? 'test');
const { suites, parts } = plan(folder, listSuites(folder, args));
const runs = parts.map(run);
const records = runs.flatMap((one) => one.records);
const rows = suites.map((suite) => judge(suite, records));
const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
const absent = sum('absent');
const skipped = args.includes('--no-skip') && sum('skipped') > absent;
const failed = rows.some(({ why }) => why !== '');
const crashed = !failed && runs.some(({ status }) => status !== 0);

print('', ...printTable(rows), '', 'the slowest files:', ...printSlowest(records, root), '');
print(...printFailures(records, root));
if (crashed) print('A run ended with an error, and no test that failed: see its lines above');
print(`${sum('pass')} passed, ${sum('fail')} failed, ${sum('skipped')} skipped`);
if (absent > 0) print(`${absent} tests read ../shared, which is absent: the cases recorded there were not compared`);
if (skipped) print('--no-skip: a skipped test counts as a failure here, see the reasons above');
process.exit(skipped || failed || crashed ? 1 : 0);
