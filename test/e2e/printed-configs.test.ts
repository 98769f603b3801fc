import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { complete } from '../../src/base/interruptible.ts';
import { parseYamlDocuments, parseYamlVerbatim } from '../../src/base/yaml.ts';
import { writeYamlFields } from '../../src/base/yaml-writer.ts';
import type { YamlFields } from '../../src/base/yaml-writer.ts';
import { compareConfig } from '../../src/core/loaded/compare-config.ts';
import type { ConfigComparison } from '../../src/core/loaded/compare-config.ts';
import { readConfigAnswer } from '../../src/core/loaded/read-answers.ts';
import { skipWithout } from '../control-plane/locate.ts';
import { checkConfig, startPrometheus } from '../control-plane/prometheus.ts';
import type { RunningPrometheus } from '../control-plane/prometheus.ts';
import { sharedFolder, skipWithoutShared } from '../shared-material.ts';
import { acceptedConfigs } from '../unit/core/prometheus-config/config-verdicts.ts';
import { mutate } from '../unit/core/loaded/mutations.ts';

const goldenCases = join(import.meta.dirname, '..', 'golden', 'cases');
const variables = {
  SHARD: '0',
  POD_NAME: 'prometheus-main-0',
  NODE_NAME: 'node-1',
  INZONE_SHARD: '0',
  TOPOLOGY_ZONE: 'a',
};

/** All that is recorded costs half a minute: CI takes each tenth. */
const every = Number(process.env['STOKER_PRINTED_EVERY'] ?? '10');

function listGolden(): readonly string[] {
  return readdirSync(goldenCases).flatMap((name) => {
    const objects = parseYamlDocuments(readFileSync(join(goldenCases, name, 'expected.yaml'), 'utf8')) as {
      readonly stringData?: Readonly<Record<string, string>>;
    }[];
    return objects.flatMap(({ stringData }) => stringData?.['prometheus.yaml'] ?? []);
  });
}

function listRecorded(): readonly string[] {
  const folder = join(sharedFolder, 'conformance', 'prometheus-config');
  const files = readdirSync(folder).filter((name, at) => name.endsWith('.json') && at % every === 0);
  return files.flatMap((file) => {
    const { expect } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { expect: { output?: string } };
    return expect.output ?? [];
  });
}

const compare = (written: string, running: string): ConfigComparison =>
  complete(compareConfig({ written, running, variables, known: new Map() }));

/** What Prometheus masks, or this operator knows no default of, is all that may go unseen. */
const unseen = /(?:password|secret|credentials|token|key|proxy_connect_header\.[^.]+\[\])$/i;

describe(
  'What a real Prometheus prints of what was written',
  { skip: skipWithout('prometheus'), timeout: 240_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'stoker-printed-'));
    const configFile = join(folder, 'prometheus.yml');
    let prometheus: RunningPrometheus;

    before(async () => {
      writeFileSync(configFile, '');
      prometheus = await startPrometheus({ configFile });
    });
    after(async () => {
      await prometheus.stop();
      rmSync(folder, { recursive: true });
    });

    /** As the config-reloader hands it on; undefined when this version refuses it. */
    async function print(written: string): Promise<string | undefined> {
      const text = written.replaceAll(/\$\(([A-Z_]+)\)/g, (_, name: keyof typeof variables) => variables[name]);
      if (!(await checkConfig(text)).valid) return undefined;
      writeFileSync(configFile, text);
      // Files that are named are not there: the reload fails then, and the configuration is in force.
      await prometheus.reload().catch(() => undefined);
      const answer = await (await fetch(`${prometheus.url}/api/v1/status/config`)).text();
      return complete(readConfigAnswer(answer));
    }

    /** @returns how many were compared */
    async function check(configs: readonly string[]): Promise<number> {
      const wrong: string[] = [];
      let count = 0;
      for (const written of configs) {
        const running = await print(written);
        if (running === undefined) continue;
        count += 1;
        const verdict = compare(written, running);
        if (!verdict.same) wrong.push(`${verdict.place}\n${written}`);
        for (const { what, document } of mutate(parseYamlVerbatim(written)))
          if (!unseen.test(what) && compare(writeYamlFields(document as YamlFields), running).same)
            wrong.push(`unseen: ${what}\n${written}`);
      }
      assert.deepEqual(wrong, []);
      return count;
    }

    it('is what runs, and one value changed is not: all golden cases', async () => {
      const golden = listGolden();
      assert.ok(golden.length >= 5, String(golden.length));
      assert.equal(await check(golden), golden.length);
    });

    it('is what runs, and one value changed is not: all that it accepts in our tests', async () => {
      assert.ok((await check(acceptedConfigs)) > 5);
    });

    it('is what runs, and one value changed is not: recorded', { skip: skipWithoutShared('conformance') }, async () => {
      assert.ok((await check(listRecorded())) > 20);
    });
  },
);
