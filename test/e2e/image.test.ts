import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { userId } from '../../src/operator/install/defaults.ts';
import { version } from '../../src/operator/version.ts';

const root = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);
/** Only root may look at the folder as at a file system of its own. */
const isRoot = process.getuid?.() === 0;

describe('the image, made in a folder', { timeout: 240_000 }, () => {
  let folder = '';
  let said = '';
  before(async () => {
    folder = join(mkdtempSync(join(tmpdir(), 'stoker-image-')), 'root');
    said = (await run(process.execPath, [join(root, 'scripts', 'image.mjs'), folder, '--start'])).stdout;
  });
  after(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

  it('starts from the folder and listens', (test) => {
    for (const line of said.trim().split('\n')) test.diagnostic(line);
    assert.match(said, /^[\d.]+ MB: node [\d.]+ [\d.]+ MB, bundle [\d.]+ MB, bill of materials [\d.]+ MB$/m);
    assert.match(said, /^listens after \d+ ms$/m);
  });

  it('needs nothing from outside: no shell, no package manager, no library of the machine', async () => {
    for (const path of ['bin', 'usr/bin', 'sbin', 'usr/local/lib/node_modules']) {
      assert.equal(existsSync(join(folder, path)), false, path);
    }
    const inside = isRoot
      ? ['chroot', `--userspec=${userId}:${userId}`, folder, '/usr/local/bin/node']
      : [join(folder, 'usr/local/bin/node')];
    const ask = async (...args: readonly string[]): Promise<string> =>
      (await run(inside[0]!, [...inside.slice(1), ...args])).stdout.trim();
    assert.equal(await ask(isRoot ? '/stoker/stoker.mjs' : join(folder, 'stoker/stoker.mjs'), '--version'), version);
    if (isRoot) assert.equal(await ask('-p', 'os.userInfo().username + process.getuid()'), `stoker${userId}`);
  });

  it('has a bundle without the generated clients that nobody calls', () => {
    const bundle = readFileSync(join(folder, 'stoker', 'stoker.mjs'), 'utf8');
    assert.ok(bundle.length < 8e6, `${bundle.length} bytes`);
    // An error that nobody catches is printed with its line.
    const longest = Math.max(...bundle.split('\n').map((line) => line.length));
    assert.ok(longest < 10_000, `a line of ${longest} letters`);
    assert.ok(!bundle.includes('ObservableCoreV1Api'));
    assert.ok(!bundle.includes('require("punycode")'));
  });

  it('lists what is in the bundle', () => {
    const bom = JSON.parse(readFileSync(join(folder, 'stoker', 'sbom.cdx.json'), 'utf8')) as {
      bomFormat: string;
      components: { name: string }[];
    };
    assert.equal(bom.bomFormat, 'CycloneDX');
    const names = bom.components.map(({ name }) => name);
    for (const name of ['undici', 'winston', 'js-yaml']) assert.ok(names.includes(name), name);
    for (const name of ['esbuild', 'typescript']) assert.ok(!names.includes(name), name);
  });

  it('is not made over files of somebody else', async () => {
    const script = join(root, 'scripts', 'image.mjs');
    await assert.rejects(run(process.execPath, [script, root]), /is not empty and holds no earlier image/);
    await assert.rejects(run(process.execPath, [script]), /Usage: node scripts\/image.mjs FOLDER/);
  });
});
