import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { after, before, describe, it } from 'node:test';

const root = join(import.meta.dirname, '..', '..', '..');
const head = "import { after, describe, it } from 'node:test';\n";
const longError = `throw new Error(Array.from({ length: 5000 }, (_, at) => 'line ' + at).join('\\n'))`;

/** Suites of a run that goes wrong in every way. */
const files: Readonly<Record<string, string>> = {
  'good/passes.test.ts': `${head}describe('a', () => { it('passes', () => {}); it('is left out', { skip: 'no kubectl' }, () => {}); });\n`,
  'bad/fails.test.ts': `${head}describe('the sky', () => {\n  it('is blue', () => { ${longError} });\n  it('is there', (t) => t.diagnostic('x'.repeat(20_000)));\n});\n`,
  'bad/hook.test.ts': `${head}describe('a room', () => {\n  after(() => { throw new Error('cannot be left'); });\n  it('is entered', () => {});\n});\n`,
  'bad/load.test.ts': `throw new Error('cannot be loaded');\n`,
  'wrong/parse.test.ts': `const = 1;\n`,
  'bad/ends.test.ts': `${head}it('comes to its end', () => {});\nit('ends the process', async () => { process.exit(3); });\n`,
  'bad/many.test.ts': `${head}for (let at = 0; at < 200; at += 1) it('many ' + at, () => { throw new Error('e'.repeat(2_000)); });\n`,
};

interface Run {
  readonly status: number | null;
  readonly lines: readonly string[];
}

describe('npm test', () => {
  let folder: string;
  before(() => {
    mkdirSync(join(root, '.stoker'), { recursive: true });
    folder = mkdtempSync(join(root, '.stoker', 'test-run-'));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  });
  after(() => {
    for (const one of [folder, join(root, '.stoker', 'tests', relative(root, folder))])
      rmSync(one, { recursive: true });
  });

  function run(...args: readonly string[]): Run {
    const env = { ...process.env };
    // Set, node takes the run for a part of this one and runs nothing.
    delete env.NODE_TEST_CONTEXT;
    const script = join(root, 'scripts', 'test.mjs');
    const child = spawnSync(process.execPath, [script, `--folder=${folder}`, ...args], { encoding: 'utf8', env });
    return { status: child.status, lines: child.stdout.trimEnd().split('\n') };
  }

  it('says last what failed, with the beginning of each error, in the 8 kB that are kept of a run', () => {
    const { status, lines } = run('good', 'bad');
    assert.equal(status, 1);
    assert.equal(lines.at(-1), '3 passed, 204 failed, 1 skipped');
    const kept = lines.join('\n').slice(-8_000).split('\n');
    const rows = kept.filter((line) => /^(suite|good|bad) /.test(line));
    assert.deepEqual(
      rows.map((line) => line.trimEnd().split(/ +/).toSpliced(6, 1)),
      [
        ['suite', 'files', 'tests', 'pass', 'fail', 'skip'],
        ['good', '1', '2', '1', '0', '1'],
        ['bad', '5', '206', '2', '204', '0', 'failed'],
      ],
    );
    const at = kept.indexOf(kept.find((line) => line.startsWith('✖ the sky › is blue (')) ?? '');
    assert.match(kept[at] ?? '', /fails\.test\.ts:3\)$/);
    assert.deepEqual(kept.slice(at + 1, at + 4), ['    Error: line 0', '    line 1', '    line 2']);
    assert.match(kept.slice(at + 10, at + 12).join('\n'), /^ {4}line 9\n✖ a room/);
    const named = kept.filter((line) => line.startsWith('✖ ')).map((line) => line.slice(2, line.lastIndexOf(' (')));
    assert.deepEqual(named.slice(0, 5), [
      relative(root, join(folder, 'bad/ends.test.ts')),
      'the sky › is blue',
      'a room',
      relative(root, join(folder, 'bad/load.test.ts')),
      'many 0',
    ]);
    assert.match(kept.at(-2) ?? '', /^✖ and 1\d\d more$/);
    assert.ok(kept.includes('    Error: cannot be left') && kept.includes('    Error: cannot be loaded'));
  });

  it('says of a file that cannot be compiled where it is wrong, when it is loaded', () => {
    const { status, lines } = run('wrong');
    assert.equal(status, 1);
    assert.equal(lines.at(-1), '0 passed, 1 failed, 0 skipped');
    const place = `${relative(root, join(folder, 'wrong/parse.test.ts'))}:1:7`;
    assert.ok(
      lines.slice(-12).some((line) => line.includes(`SyntaxError: ${place}: `)),
      lines.slice(-12).join('\n'),
    );
  });

  it('lists the slowest files', () => {
    const { status, lines } = run('good');
    assert.equal(status, 0);
    const at = lines.indexOf('the slowest files:');
    assert.match(lines[at + 1] ?? '', /^ +\d+\.\d s {2}.*good\/passes\.test\.ts$/);
    assert.equal(lines.at(-1), '1 passed, 0 failed, 1 skipped');
  });

  it('fails where nothing ran, or something was skipped that must not be', () => {
    assert.equal(run('no-such').status, 1);
    const { status, lines } = run('--no-skip', 'good');
    assert.equal(status, 1);
    assert.match(lines.at(-1) ?? '', /^--no-skip: a skipped test counts as a failure/);
  });
});
