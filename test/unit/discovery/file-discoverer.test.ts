import assert from 'node:assert/strict';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createSystemClock } from '../../../src/base/clock.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { DiscoveryMetrics } from '../../../src/discovery/metrics.ts';
import { createFileDiscoverer } from '../../../src/discovery/file-discoverer.ts';
import { until } from '../kubernetes/until.ts';

/** Runs a discoverer over `*.json` and `*.yaml` of a folder of its own; gives the addresses by file and index. */
async function withFolder(
  test: (folder: string, found: ReadonlyMap<string, readonly (string | undefined)[]>) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stoker-file-sd-'));
  const found = new Map<string, readonly (string | undefined)[]>();
  const config = {
    mechanism: 'file',
    files: [join(folder, '*.json'), join(folder, '*.yaml')],
    refreshIntervalMs: 200,
  } as const;
  const abort = new AbortController();
  const discoverer = createFileDiscoverer({
    config,
    clock: createSystemClock(),
    logger: silentLogger,
    metrics: new DiscoveryMetrics(),
  });
  const ended = discoverer.run((groups) => {
    for (const { source, targets, labels } of groups) {
      const path = labels.get('__meta_filepath');
      if (targets.length > 0) assert.equal(source.startsWith(`${String(path)}:`), true);
      found.set(
        source.slice(folder.length + 1),
        targets.map((target) => target.get('__address__')),
      );
    }
  }, abort.signal);
  try {
    await test(folder, found);
  } finally {
    abort.abort();
    await ended;
    await rm(folder, { recursive: true });
  }
}

describe('file discovery', () => {
  it('reads files, their changes and their end', async () => {
    await withFolder(async (folder, found) => {
      await writeFile(
        join(folder, 'a.json'),
        '[{"targets": ["x:1", "x:2"]}, {"targets": ["y:1"], "labels": {"l": "v"}}]',
      );
      await until(() => found.get('a.json:1')?.length === 1, 'the file was read');
      assert.deepEqual(found.get('a.json:0'), ['x:1', 'x:2']);
      await writeFile(join(folder, 'next'), '[{"targets": ["z:1"]}]');
      await rename(join(folder, 'next'), join(folder, 'a.json'));
      await until(() => found.get('a.json:1')?.length === 0, 'the second group was taken away');
      assert.deepEqual(found.get('a.json:0'), ['z:1']);
      await rm(join(folder, 'a.json'));
      await until(() => found.get('a.json:0')?.length === 0, 'all groups were taken away');
    });
  });

  it('keeps the groups of a file that cannot be read any more', async () => {
    await withFolder(async (folder, found) => {
      await writeFile(join(folder, 'a.yaml'), '- targets: [x:1]\n');
      await until(() => found.has('a.yaml:0'), 'the file was read');
      await writeFile(join(folder, 'a.yaml'), '- targets: 5\n');
      await writeFile(join(folder, 'b.yaml'), '- targets: [y:1]\n');
      await until(() => found.has('b.yaml:0'), 'the other file was read');
      assert.deepEqual(found.get('a.yaml:0'), ['x:1']);
    });
  });
});
