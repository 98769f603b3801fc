// Runs one part of the plan: files that may run side by side.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../install.mjs';
import { builtFile } from './compile.mjs';

/** A file that hangs is ended then and fails; the longest takes four minutes on a machine with much else to do. */
const fileTimeoutMs = 1_200_000;

/**
 * The report of the files goes to stdout as they end.
 * @param options.scratch a folder for what `recorder.mjs` writes
 * @param options.env beside that of this process
 * @returns {Promise<{ status: number | null, records: object[] }>} the exit code and what was recorded
 */
export async function runPart({ title, files, atOnce }, { scratch, env }) {
  process.stdout.write(`\n== ${title}: ${files.length} files, ${atOnce} at a time\n`);
  const file = join(scratch, `${title}.records`);
  const reporters = [
    ...['--test-reporter=./scripts/reporter.mjs', '--test-reporter-destination=stdout'],
    ...['--test-reporter=./scripts/testing/recorder.mjs', `--test-reporter-destination=${file}`],
  ];
  // Without the source maps node would say where a test stands in what it was compiled to.
  const how = ['--enable-source-maps', '--test', `--test-concurrency=${atOnce}`, `--test-timeout=${fileTimeoutMs}`];
  const args = [...how, ...reporters, ...files.map(builtFile)];
  const stdio = ['ignore', 'inherit', 'inherit'];
  const child = spawn(process.execPath, args, { cwd: root, stdio, env: { ...process.env, ...env } });
  const [status] = await once(child, 'close');
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return { status, records: lines.filter((line) => line !== '').map((line) => JSON.parse(line)) };
}
