import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseAndCheck } from '../../src/core/promql/check-promql.ts';
import { listSelectors } from '../../src/core/promql/emptiness.ts';
import { defaultPromqlOptions } from '../../src/core/promql/types.ts';
import { judgeSelector } from '../../src/core/series/judge-selector.ts';
import type { SeriesSources } from '../../src/core/series/judge-selector.ts';
import { skipWithout } from '../control-plane/locate.ts';
import { startPrometheus } from '../control-plane/prometheus.ts';
import { SeededRandom } from './discovery/seeded-random.ts';
import { collectValues, fetchSeries, makeSelector, openSources } from './support/random-selectors.ts';
import { eventually } from './support/eventually.ts';

const seed = 20261129;
const selectors = 3000;

/** Prometheus scrapes itself in many ways: with labels of targets, honoured ones, written, dropped and renamed ones. */
const writeConfig = (port: number, isHonouring: boolean): string => `
global: { scrape_interval: 1s }
scrape_configs:
  - job_name: plain
    static_configs: [{ targets: ["127.0.0.1:${port}"], labels: { team: shop, env: prod } }]
  - job_name: honours
    honor_labels: ${isHonouring}
    static_configs: [{ targets: ["127.0.0.1:${port}"], labels: { handler: mine, code: "1" } }]
  - job_name: overrides
    static_configs: [{ targets: ["127.0.0.1:${port}"], labels: { handler: mine, team: bank } }]
  - job_name: relabels
    static_configs: [{ targets: ["127.0.0.1:${port}"], labels: { zone: a } }, { targets: ["localhost:${port}"], labels: { zone: b } }]
    metric_relabel_configs:
      - { source_labels: [__name__], regex: "go_.*", action: drop }
      - { source_labels: [handler], regex: "(.+)", target_label: path }
      - { source_labels: [code], regex: "2..", target_label: team, replacement: good }
      - { regex: "version|revision", action: labeldrop }
  - job_name: keeps
    static_configs: [{ targets: ["127.0.0.1:${port}"] }]
    relabel_configs: [{ target_label: job, replacement: kept }]
    metric_relabel_configs: [{ source_labels: [__name__], regex: "prometheus_build_info|up", action: keep }]
  - job_name: renames
    static_configs: [{ targets: ["127.0.0.1:${port}"] }]
    metric_relabel_configs:
      - { source_labels: [__name__], regex: "go_(.*)", target_label: __name__, replacement: "go2_$1" }
      - { source_labels: [__name__], regex: "go2_info", action: drop }
`;

/** Until each of the targets was scraped, twice at best: some metrics are there from the second time on. */
async function waitForScrapes(url: string): Promise<void> {
  const query = encodeURIComponent('count(count_over_time(up[1m]) > 2)');
  await eventually('all targets were scraped', async () => {
    const answer = await fetch(`${url}/api/v1/query?query=${query}`);
    const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
    assert.equal(data.result[0]?.value[1], '7');
  });
}

function judge(selector: string, sources: SeriesSources): string {
  const { expression: node } = parseAndCheck(selector, defaultPromqlOptions);
  assert.ok(node !== undefined, selector);
  const [first] = listSelectors({ text: selector, node });
  assert.ok(first !== undefined);
  return judgeSelector(first, sources).verdict;
}

describe('what is called impossible', { skip: skipWithout('prometheus') }, () => {
  for (const isHonouring of [false, true])
    it(`gives no series in a real Prometheus; ${isHonouring ? 'one' : 'no'} job honours labels`, async (test) => {
      const folder = await mkdtemp(join(tmpdir(), 'stoker-series-'));
      const configFile = join(folder, 'prometheus.yml');
      await writeFile(configFile, '{}');
      const prometheus = await startPrometheus({ configFile });
      const config = writeConfig(Number(new URL(prometheus.url).port), isHonouring);
      try {
        await writeFile(configFile, config);
        await prometheus.reload();
        await waitForScrapes(prometheus.url);
        const { impossible, empty, all } = await compareSelectors(prometheus.url, openSources(config));
        test.diagnostic(
          `seed ${seed}: ${selectors} selectors over ${all} series: ${impossible} impossible, ${empty} empty`,
        );
        // A job that honours labels may give any.
        assert.ok(isHonouring ? impossible === 0 : impossible > selectors / 20, `${impossible} are impossible`);
      } finally {
        await prometheus.stop();
        await rm(folder, { recursive: true, force: true });
      }
    });
});

async function compareSelectors(
  url: string,
  sources: SeriesSources,
): Promise<{ impossible: number; empty: number; all: number }> {
  const series = await fetchSeries(url, '{__name__!=""}');
  const values = collectValues(series);
  const random = new SeededRandom(seed);
  let [impossible, empty] = [0, 0];
  for (let at = 0; at < selectors; at += 1) {
    const selector = makeSelector(random, series, values);
    const found = await fetchSeries(url, selector);
    const isImpossible = judge(selector, sources) === 'impossible';
    if (isImpossible) impossible += 1;
    if (found.length === 0) empty += 1;
    assert.ok(!isImpossible || found.length === 0, `${selector} gives ${JSON.stringify(found[0])}`);
  }
  return { impossible, empty, all: series.length };
}
