// `npm test [suite…]`: lists the test files itself, because `node --test DIR` runs nothing (and exits 0) on .ts files.
//   --all          the suites of `npm run e2e`, too
//   --no-skip      a skipped test counts as a failure, save those that read ../shared where there is none
//   --build        builds the control plane, beside the suites that need Node alone
//   --check        runs `npm run check`, beside the files that no other may run beside
//   --folder=DIR   suites are folders of DIR, a folder of this repository, not of test/
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureInstalled, root } from './install.mjs';
import { printBeside, runBeside } from './testing/beside.mjs';
import { compile } from './testing/compile.mjs';
import { listSuites, plan } from './testing/plan.mjs';
import { runPart } from './testing/run-part.mjs';
import { count, printFailures, printSlowest, printTable } from './testing/summary.mjs';

const print = (...lines) => lines.forEach((line) => process.stdout.write(`${line}\n`));

/** The row of a suite in the table, with `why` it is a failure; '' when it is none. */
function judge(suite, records) {
  const row = count(suite, records);
  if (row.files === 0) return { ...row, why: 'no test file matches' };
  if (row.tests === 0) return { ...row, why: 'no test was executed' };
  return { ...row, why: row.fail > 0 ? 'failed' : '' };
}

/** What files with a real control plane are given: one bundle for all of them, and the programs that were built. */
async function equip({ bundle, bundleFile, controlPlane }) {
  const env = (await bundle)?.failed === false ? { STOKER_TEST_BUNDLE: bundleFile } : {};
  const folders = (await controlPlane)?.stdout.trim().split('\n').at(-1) ?? '';
  return folders === '' ? env : { ...env, PATH: `${folders}:${process.env.PATH}` };
}

/** Runs the parts one after the other. Returns how each ended, and how those that ran beside them did. */
async function runAll(parts, scratch, { build, check }) {
  const needsBundle = parts.some(({ files }) => files.some((file) => file.startsWith(join(folder, 'e2e'))));
  const bundleFile = join(scratch, 'stoker.mjs');
  const bundle = needsBundle
    ? runBeside('the bundle', [process.execPath, 'scripts/build.mjs', bundleFile], { nice: 0 })
    : undefined;
  const controlPlane = build
    ? runBeside('the control plane', ['sh', 'test/control-plane/build.sh'], { nice: 0 })
    : undefined;
  const beside = [bundle, controlPlane];
  const runs = [];
  for (const [at, part] of parts.entries()) {
    const env = part.real ? await equip({ bundle, bundleFile, controlPlane }) : {};
    if (check && at === parts.length - 1)
      beside.push(runBeside('the checks', ['npm', 'run', '--silent', 'check'], { nice: 19 }));
    runs.push(await runPart(part, { scratch, env }));
  }
  return { runs, beside: (await Promise.all(beside)).filter((ended) => ended !== undefined) };
}

ensureInstalled();
const args = process.argv.slice(2);
const given = args.find((arg) => arg.startsWith('--folder='))?.slice('--folder='.length);
const folder = resolve(root, given ?? 'test');
const { suites, parts } = plan(folder, listSuites(folder, args));
await compile([...['src', 'test', 'scripts'].map((name) => join(root, name)), folder]);
const scratch = mkdtempSync(join(tmpdir(), 'stoker-test-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
const { runs, beside } = await runAll(parts, scratch, {
  build: args.includes('--build'),
  check: args.includes('--check'),
});
const records = runs.flatMap((one) => one.records);
const rows = suites.map((suite) => judge(suite, records));
const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
const absent = sum('absent');
const skipped = args.includes('--no-skip') && sum('skipped') > absent;
const failed = rows.some(({ why }) => why !== '');
const crashed = !failed && runs.some(({ status }) => status !== 0);
const complaints = printBeside(beside);

print('', ...printTable(rows), '', 'the slowest files:', ...printSlowest(records, root), '');
print(...printFailures(records, root), ...complaints);
if (crashed) print('A run ended with an error, and no test that failed: see its lines above');
print(`${sum('pass')} passed, ${sum('fail')} failed, ${sum('skipped')} skipped`);
if (absent > 0) print(`${absent} tests read ../shared, which is absent: the cases recorded there were not compared`);
if (skipped) print('--no-skip: a skipped test counts as a failure here, see the reasons above');
process.exit(skipped || failed || crashed || complaints.length > 0 ? 1 : 0);
