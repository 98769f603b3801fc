import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { complete } from '../../../../src/base/interruptible.ts';
import { parseYamlVerbatim } from '../../../../src/base/yaml.ts';
import { writeYamlFields } from '../../../../src/base/yaml-writer.ts';
import type { YamlFields, YamlValue } from '../../../../src/base/yaml-writer.ts';
import { compareConfig } from '../../../../src/core/loaded/compare-config.ts';
import type { ConfigComparison, KnownJobs } from '../../../../src/core/loaded/compare-config.ts';
import { leaveOutKeys, mutate } from './mutations.ts';

/** `written.yaml`, and how versions of Prometheus print it that have loaded it. */
const folder = join(import.meta.dirname, '..', '..', '..', 'golden', 'printed');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const written = read('written.yaml');
const variables = { SHARD: '1', POD_NAME: 'prometheus-main-0' };

const compare = (one: string, running: string, known: KnownJobs = new Map()): ConfigComparison =>
  complete(compareConfig({ written: one, running, variables, known }));
const print = (document: YamlValue): string => writeYamlFields(document as YamlFields);

/** What Prometheus masks. */
const masked = [
  ...['scrape_configs[].basic_auth.password', 'scrape_configs[].oauth2.client_secret'],
  'remote_write[].authorization.credentials',
];

/** Keys of `written.yaml` that say what holds without them, or (the last ones) that this operator knows no default of. */
const unneeded = [
  ...['alerting.alertmanagers[].api_version', 'alerting.alertmanagers[].path_prefix'],
  ...['alerting.alertmanagers[].scheme', 'alerting.alertmanagers[].timeout', 'global.evaluation_interval'],
  ...['remote_write[].metadata_config.send', 'remote_write[].remote_timeout', 'scrape_configs[].dns_sd_configs[].port'],
  ...['scrape_configs[].honor_labels', 'scrape_configs[].http_sd_configs[].refresh_interval'],
  'scrape_configs[].static_configs[].labels.empty',
];

for (const file of readdirSync(folder).filter((name) => name !== 'written.yaml'))
  describe(`A configuration as Prometheus ${file.replace('.yaml', '')} prints it`, () => {
    const running = read(file);

    it('is what was written', () => assert.deepEqual(compare(written, running), { same: true }));

    it('is not what was written when one value is another, an item less or one more', () => {
      const missed = new Set<string>();
      let count = 0;
      for (const { what, document } of mutate(parseYamlVerbatim(written))) {
        count += 1;
        if (compare(print(document), running).same) missed.add(what);
      }
      assert.ok(count > 140, String(count));
      assert.deepEqual([...missed], masked);
    });

    it('is not what was written when a key is left out, unless it says what holds without it', () => {
      const missed = new Set<string>();
      for (const { what, document } of leaveOutKeys(parseYamlVerbatim(written)))
        if (compare(print(document), running).same) missed.add(what);
      assert.deepEqual([...missed].sort(), unneeded);
    });

    it('says where it is another, without values', () => {
      const places = (one: string): unknown => compare(one, running);
      assert.deepEqual(places(written.replace('regex: (cart);true', 'regex: (cart);false')), {
        same: false,
        place: 'job "serviceMonitor/shop/cart/0" relabel_configs[1].regex',
      });
      assert.deepEqual(places(written.replace('far/write', 'far/other')), {
        same: false,
        place: 'remote_write[0].url',
      });
      assert.deepEqual(places(written.replace('job_name: third', 'job_name: fourth')), {
        same: false,
        place: 'job "fourth", which is missing',
      });
      const [head = '', own = ''] = written.split(/(?=^- job_name: 'own')/m);
      const without = `${head}${own.replace(/^- job_name: 'own'[^]*?(?=^- job_name: third)/m, '')}`;
      assert.deepEqual(places(without), { same: false, place: 'job "own", which is not written any more' });
    });

    it('is not read again job by job when nothing has changed, and is when something has', () => {
      const known: KnownJobs = new Map();
      compare(written, running, known);
      assert.equal(known.size, 3);
      const before = [...known.keys()];
      assert.deepEqual(compare(written, running, known), { same: true });
      assert.deepEqual([...known.keys()], before);
      const changed = written.replace('regex: go_.*', 'regex: go_x');
      assert.equal(compare(changed, running, known).same, false);
      assert.deepEqual(compare(changed, running.replace('regex: go_.*', 'regex: go_x'), known), { same: true });
      assert.equal(known.size, 3);
    });

    it('is another for another replica', () => {
      const other = complete(
        compareConfig({ written, running, variables: { ...variables, POD_NAME: 'b' }, known: new Map() }),
      );
      assert.deepEqual(other, { same: false, place: 'global.external_labels.prometheus_replica' });
    });
  });

describe('Comparing a large configuration', () => {
  it('rests behind each job', () => {
    const job = (at: number): string => `- job_name: j${at}\n  static_configs:\n  - targets: ["a:${at}"]\n`;
    const text = `scrape_configs:\n${Array.from({ length: 500 }, (_, at) => job(at)).join('')}`;
    const work = compareConfig({ written: text, running: text, variables: {}, known: new Map() });
    let rests = 0;
    let step = work.next();
    for (; step.done !== true; step = work.next()) rests += 1;
    assert.deepEqual(step.value, { same: true });
    assert.ok(rests >= 500, String(rests));
  });
});
