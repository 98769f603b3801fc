import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { complete } from '../../../../../../src/base/interruptible.ts';
import { parseYaml } from '../../../../../../src/base/yaml.ts';
import { jobFileBytes, jobFileCharacters } from '../../../../../../src/core/limits.ts';
import { cutJobFiles, placeFragment } from '../../../../../../src/core/render/prometheus/config/job-files.ts';
import type {
  JobFile,
  JobFileCache,
  PlacedFragment,
} from '../../../../../../src/core/render/prometheus/config/job-files.ts';
import { shareItems } from '../../../../../../src/core/render/prometheus/config/share-items.ts';
import { makeProbe, makeScrapeConfig, makeServiceMonitor, makeWorkload } from '../../../select/fixtures.ts';
import { render } from './fixtures.ts';

/** About 60 KB, of which sharing leaves about 20. */
function makeFragment(number: number, text = ''): PlacedFragment {
  const rule = (label: string): string => `  - target_label: ${label}\n    replacement: ${'x'.repeat(480)}\n`;
  const rules = Array.from({ length: 80 }, (_, at) => rule(`label_${at}`)).join('');
  const yaml = `- job_name: job/${number}${text}\n  params:\n    a:\n    - ${'y'.repeat(20_000)}\n  relabel_configs:\n${rules}`;
  const key = `ServiceMonitor/ns/app-${number}`;
  return placeFragment({ key, pieces: [yaml], jobs: 1, endsChunk: false, tlsAssets: [], warnings: [] }, [yaml]);
}

const makeFragments = (count: number): PlacedFragment[] =>
  Array.from({ length: count }, (_, number) => makeFragment(number));

const cut = (fragments: readonly PlacedFragment[], cache: JobFileCache = new Map()): JobFile[] =>
  complete(cutJobFiles(fragments, cache));

interface Jobs {
  readonly scrape_configs: readonly { readonly job_name: string }[];
}

const listJobs = ({ text }: Pick<JobFile, 'text'>): string[] =>
  (parseYaml(text()) as Jobs).scrape_configs.map(({ job_name: name }) => name);

const readAll = (files: readonly JobFile[]): object[] => files.map((file) => ({ ...file, text: file.text() }));

/** Numbers of the files that the second list writes anew. */
function listWritten(before: readonly JobFile[], after: readonly JobFile[]): number[] {
  const known = new Map(before.map(({ index, digest }) => [index, digest]));
  return after.filter(({ index, digest }) => known.get(index) !== digest).map(({ index }) => index);
}

describe('files of jobs', () => {
  const all = makeFragments(200);

  it('hold each job once, in files that fit', () => {
    const files = cut(all);
    assert.ok(files.length >= 4, `${files.length} files`);
    assert.equal(new Set(files.map(({ index }) => index)).size, files.length);
    assert.deepEqual(files.flatMap(listJobs).sort(), all.map((_, number) => `job/${number}`).sort());
    for (const { bytes, text } of files) {
      assert.equal(bytes, Buffer.byteLength(text()));
      assert.ok(bytes <= jobFileBytes, `${bytes} bytes`);
    }
  });

  it('are as they were but for the one with what has changed', () => {
    const cache: JobFileCache = new Map();
    const before = cut(all, cache);
    const after = cut(all.with(100, makeFragment(100, '-changed')), cache);
    assert.equal(listWritten(before, after).length, 1);
    assert.equal(listWritten(before, cut(all.toSpliced(100, 1), cache)).length, 1);
  });

  it('are what they are whatever was before, as long as there is more and more', () => {
    const cache: JobFileCache = new Map();
    let last: JobFile[] = [];
    for (let count = 0; count <= 200; count += 25) {
      last = cut(all.slice(0, count), cache);
      assert.deepEqual(readAll(last), readAll(cut(all.slice(0, count))));
    }
    assert.ok(last.length >= 4);
  });

  it('give half of their jobs to a new one when they are full, and the others stay', () => {
    const cache: JobFileCache = new Map();
    let last = cut(all.slice(0, 60), cache);
    let splits = 0;
    for (let count = 61; count <= 200; count += 1) {
      const next = cut(all.slice(0, count), cache);
      const fresh = next.filter(({ index }) => last.every((one) => one.index !== index));
      if (fresh.length > 0) splits += 1;
      assert.equal(listWritten(last, next).length, 1 + fresh.length, `with ${count}`);
      last = next;
    }
    assert.ok(splits > 0);
  });

  it('do not come and go at the edge of what fits: halves become one when little is left', () => {
    const cache: JobFileCache = new Map();
    const grown = cut(all, cache).length;
    let least = 200;
    while (cut(all.slice(0, least - 1)).length === grown) least -= 1;
    const indexes = (files: readonly JobFile[]): number[] => files.map(({ index }) => index);
    assert.deepEqual(indexes(cut(all.slice(0, least - 1), cache)), indexes(cut(all)));
    assert.ok(cut(all.slice(0, 40), cache).length < grown);
    assert.deepEqual(readAll(cut(all.slice(0, 2), cache)), readAll(cut(all.slice(0, 2))));
  });

  it('take a job that fits into none alone, and none at all', () => {
    const yaml = `- job_name: huge\n  a: ${'z'.repeat(jobFileCharacters)}\n`;
    const huge = placeFragment({ ...makeFragment(1).fragment, pieces: [yaml] }, [yaml]);
    const files = cut([...all.slice(0, 20), huge]);
    assert.deepEqual(files.flatMap(listJobs).sort().slice(-1), ['job/9']);
    assert.deepEqual(cut([]).map(listJobs), [[]]);
  });
});

describe('items that jobs have in common', () => {
  it('are written once, and mean the same', () => {
    const workload = makeWorkload({ podTargetLabels: ['app'] });
    const yaml = render({
      workload,
      monitors: {
        ServiceMonitor: Array.from({ length: 30 }, (_, at) =>
          makeServiceMonitor(`ns/app-${at}`, {
            selector: { matchLabels: { app: `a-${at}`, odd: 'a: "b" #c\n  - source_labels:\n    - x' } },
          }),
        ),
        Probe: [makeProbe('ns/p'), makeProbe('ns/q', { interval: '10s' })],
        ScrapeConfig: [
          makeScrapeConfig('ns/s', {
            staticConfigs: [
              { targets: ['a.example.org:9100', 'b.example.org:9100'], labels: { team: 'rather a long name' } },
              { targets: ['a.example.org:9100', 'b.example.org:9100'], labels: { team: 'rather a long name' } },
            ],
          }),
        ],
      },
    }).yaml();
    const shared = shareItems(yaml);
    assert.deepEqual(parseYaml(shared), parseYaml(yaml));
    assert.ok(shared.length < yaml.length / 3, `${shared.length} of ${yaml.length}`);
  });

  it('leave alone what comes once, and lists of lists', () => {
    const text =
      '- job_name: a\n  x:\n  - - a long item of a list in a list\n    - b\n  - - a long item of a list in a list\n    - b\n';
    assert.equal(shareItems(text), text);
    assert.equal(shareItems(''), '');
  });
});
