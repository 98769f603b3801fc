import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { findBinary, skipWithout } from '../control-plane/locate.ts';
import { readCapabilities } from '../../src/operator/cluster/facts.ts';
import { parseOptions } from '../../src/operator/options/options.ts';
import { toSettings } from '../../src/operator/settings.ts';
import { createRandom, makeOddCase } from './support/odd-configs.ts';
import type { OddCase } from './support/odd-configs.ts';

const seed = Number(process.env['ODD_SEED'] ?? 20_260);
const count = Number(process.env['ODD_CASES'] ?? 1500);

/** What promtool says of each text, by its index: undefined when it takes it. */
function askPromtool(texts: readonly string[]): (string | undefined)[] {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-odd-'));
  try {
    const files = texts.map((text, index) => {
      const file = join(folder, `${index}.yml`);
      writeFileSync(file, text);
      return file;
    });
    const args = ['check', 'config', '--syntax-only', ...files];
    const { stdout, stderr } = spawnSync(findBinary('promtool') ?? '', args, { encoding: 'utf8', maxBuffer: 1 << 28 });
    const failures = new Map<string, string>();
    for (const failure of stderr.split(/^ *FAILED: /m)) {
      const [, file = '', message = ''] = /^parsing YAML file (\S+?): ([^]*)$/.exec(failure) ?? [];
      if (file !== '') failures.set(file, message.trim());
    }
    // A target that cannot be scraped is told of too; Prometheus takes the config and drops the target.
    const dropping = [...stderr.matchAll(/FAILED: instance \d+ in group/g)].length;
    const passed = stdout.split('SUCCESS').length - 1 + dropping;
    assert.equal(
      passed + failures.size,
      texts.length,
      `promtool did not answer for each file: ${stderr.slice(0, 2000)}`,
    );
    return files.map((file) => failures.get(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('odd monitors and workloads', { skip: skipWithout('promtool') }, () => {
  it(
    'get a config that promtool takes, and what is refused for its sake it would refuse',
    { timeout: 240_000 },
    (test) => {
      const settings = toSettings(parseOptions({}), readCapabilities({ major: 1, minor: 36, gitVersion: 'v1.36.0' }));
      const random = createRandom(seed);
      const cases: OddCase[] = Array.from({ length: count }, () => makeOddCase(random, settings));
      const published = cases.filter((one) => one.published !== undefined);
      const refused = cases.filter((one) => one.refused !== undefined);
      const onPublished = askPromtool(published.map((one) => one.published ?? ''));
      const onRefused = askPromtool(refused.map((one) => one.refused?.text ?? ''));
      const holes = published.flatMap(({ name }, index) =>
        onPublished[index] === undefined ? [] : [`${name}\n    promtool: ${onPublished[index]}`],
      );
      const excess = refused.flatMap(({ name, refused: ours }, index) =>
        onRefused[index] === undefined
          ? [`${name}\n    ours: ${ours?.rejection.field}: ${ours?.rejection.message}`]
          : [],
      );
      const byField = count - published.length - refused.length;
      test.diagnostic(
        `seed ${seed}: ${count} cases, ${published.length} published, ${refused.length} refused as Prometheus would, ${byField} workloads refused by a field alone`,
      );
      test.diagnostic(`${holes.length} published that promtool refuses, ${excess.length} refused that promtool takes`);
      assert.deepEqual(holes, []);
      assert.deepEqual(excess, []);
    },
  );
});
