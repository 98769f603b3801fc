import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { PrometheusRule } from '../../src/api/prometheus-rule.ts';
import { readManifests } from '../../src/cli/manifests.ts';
import { askSeries } from '../../src/cli/running/series.ts';
import { readSources } from '../../src/core/manifests/sources.ts';
import { defaultPromqlOptions } from '../../src/core/promql/types.ts';
import { judgeExpression } from '../../src/core/series/judge-expression.ts';
import { createSelectorJudge } from '../../src/core/series/judge-selector.ts';
import type { SelectorJudge } from '../../src/core/series/judge-selector.ts';
import { startAlertmanager } from '../control-plane/alertmanager.ts';
import type { RunningAlertmanager } from '../control-plane/alertmanager.ts';
import { skipWithout } from '../control-plane/locate.ts';
import { startPrometheus } from '../control-plane/prometheus.ts';
import type { RunningPrometheus } from '../control-plane/prometheus.ts';
import { sharedFolder, skipWithoutShared } from '../shared-material.ts';
import { SeededRandom } from './discovery/seeded-random.ts';
import { collectValues, fetchSeries, makeSelector, openSources } from './support/random-selectors.ts';
import type { Labels } from './support/random-selectors.ts';
import { RandomRules } from './support/random-rules.ts';
import { eventually } from './support/eventually.ts';

const seed = 20261129;
const rules = 3000;
const targets = 5;

/** A small exporter that names a job, a team and an instance of its own. */
function startExporter(): Promise<Server> {
  let scrapes = 0;
  const server = createServer((_, response) => {
    scrapes += 1;
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    const buckets = ['0.1', '1', '+Inf'].map((le) => `shop_seconds_bucket{le="${le}"} ${scrapes}\n`);
    response.end(
      `shop_requests_total{handler="/cart",code="500",job="inner",team="bank"} ${scrapes}\n` +
        `shop_requests_total{handler="/pay",code="200",instance="db:1"} ${2 * scrapes}\n` +
        `shop_up 1\nshop_dropped 1\n${buckets.join('')}`,
    );
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const recording = { record: 'job:up:sum', expr: 'sum by (job) (up)' };
const recordings = [{ metadata: {}, spec: { groups: [{ name: 'own', rules: [recording] }] } }] as PrometheusRule[];

/** Job names and labels are those of kube-prometheus, so that its rules have something to work on. */
const writeConfig = (prometheus: string, alertmanager: string, exporter: string): string => `
global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [rules.yaml]
scrape_configs:
  - job_name: prometheus-k8s
    static_configs: [{ targets: ["${prometheus}"], labels: { namespace: monitoring, pod: prometheus-k8s-0, service: prometheus-k8s } }]
  - job_name: alertmanager-main
    static_configs: [{ targets: ["${alertmanager}"], labels: { namespace: monitoring, pod: alertmanager-main-0, service: alertmanager-main } }]
  - job_name: shop
    static_configs: [{ targets: ["${exporter}"], labels: { namespace: shop, team: shop } }]
    metric_relabel_configs:
      - { source_labels: [__name__], regex: "shop_dropped", action: drop }
      - { source_labels: [code], regex: "5..", target_label: failed, replacement: "yes" }
  - job_name: shop-again
    static_configs: [{ targets: ["${exporter}"], labels: { namespace: shop, zone: a } }, { targets: ["${exporter.replace('127.0.0.1', 'localhost')}"], labels: { namespace: shop, zone: b } }]
`;

const hostOf = (url: string): string => new URL(url).host;

describe(
  'rules that are said to give nothing',
  { skip: skipWithout('prometheus') || skipWithout('alertmanager') },
  () => {
    let folder: string;
    let exporter: Server;
    let alertmanager: RunningAlertmanager;
    let prometheus: RunningPrometheus;
    let judge: SelectorJudge;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'stoker-rule-series-'));
      const configFile = join(folder, 'prometheus.yml');
      const alertingFile = join(folder, 'alertmanager.yml');
      await writeFile(configFile, '{}');
      await writeFile(alertingFile, 'route: {receiver: none}\nreceivers: [{name: none}]\n');
      await writeFile(
        join(folder, 'rules.yaml'),
        JSON.stringify({ groups: recordings.flatMap(({ spec }) => spec.groups ?? []) }),
      );
      [exporter, alertmanager, prometheus] = await Promise.all([
        startExporter(),
        startAlertmanager({ configFile: alertingFile }),
        startPrometheus({ configFile }),
      ]);
      const { port } = exporter.address() as AddressInfo;
      const config = writeConfig(hostOf(prometheus.url), hostOf(alertmanager.url), `127.0.0.1:${port}`);
      await writeFile(configFile, config);
      await prometheus.reload();
      judge = createSelectorJudge(openSources(config, recordings));
      await eventually('all targets were scraped and the rule was evaluated', async () => {
        const scraped = await query('count(sum_over_time(up[1m]) > 3) and on () job:up:sum');
        assert.equal(JSON.stringify(scraped.data?.[0]).includes(`"${targets}"`), true);
      });
    });

    after(async () => {
      exporter.close();
      await prometheus.stop();
      await alertmanager.stop();
      await rm(folder, { recursive: true, force: true });
    });

    interface Answer {
      /** What the expression gives; undefined where it cannot be evaluated on these series. */
      readonly data: readonly unknown[] | undefined;
      readonly error: string;
    }

    async function query(text: string): Promise<Answer> {
      const body = new URLSearchParams({ query: text });
      const answer = await fetch(`${prometheus.url}/api/v1/query`, { method: 'POST', body });
      const {
        data,
        errorType,
        error = '',
      } = (await answer.json()) as {
        data?: { result: readonly unknown[] };
        errorType?: string;
        error?: string;
      };
      assert.notEqual(errorType, 'bad_data', `${text}: ${error}`);
      return { data: data?.result, error };
    }

    /** The small exporter has few: they stand for many. */
    async function listSeries(): Promise<readonly Labels[]> {
      const small = await fetchSeries(prometheus.url, '{job=~"shop.*"}');
      assert.ok(small.length > 20, `${small.length} series`);
      const others = await fetchSeries(prometheus.url, '{__name__!="", job!~"shop.*"}');
      return [...others, ...Array.from({ length: Math.ceil(others.length / small.length) }, () => small).flat()];
    }

    interface Counts {
      all: number;
      empty: number;
      missing: number;
      data: number;
      refused: number;
    }

    /** Asks for each expression, and holds against the answer what was said of it. */
    async function compare(texts: Iterable<string>): Promise<Counts> {
      const counts: Counts = { all: 0, empty: 0, missing: 0, data: 0, refused: 0 };
      for (const text of texts) {
        const coverage = judgeExpression(text, judge, defaultPromqlOptions);
        assert.ok(coverage !== undefined, text);
        const { data } = await query(text);
        counts.all += 1;
        if (data === undefined) counts.refused += 1;
        if (data !== undefined && data.length > 0) counts.data += 1;
        if (coverage.missing.length > 0) counts.missing += 1;
        for (const { selector } of coverage.missing)
          assert.deepEqual(await fetchSeries(prometheus.url, selector.text), [], `${selector.text} of ${text}`);
        if (!coverage.isEmpty) continue;
        counts.empty += 1;
        assert.equal(data?.length ?? 0, 0, `${text} gives ${JSON.stringify(data?.[0])}`);
      }
      return counts;
    }

    const show = ({ all, empty, missing, data, refused }: Counts): string =>
      `${all} rules: ${missing} with impossible selectors, ${empty} that give nothing, ${data} give data, ${refused} refused`;

    it('give nothing in a real Prometheus', async (test) => {
      const series = await listSeries();
      const values = collectValues(series);
      const random = new SeededRandom(seed);
      const source = new RandomRules(random, () => makeSelector(random, series, values));
      const counts = await compare(Array.from({ length: rules }, () => source.make()));
      test.diagnostic(`seed ${seed}: ${show(counts)}`);
      assert.ok(counts.empty > rules / 20 && counts.data > rules / 5, show(counts));
    });

    it('have absent() give something of each selector that is impossible', async (test) => {
      const series = await listSeries();
      const values = collectValues(series);
      const random = new SeededRandom(seed + 1);
      let impossible = 0;
      for (let at = 0; at < 1000; at += 1) {
        const text = `absent(${makeSelector(random, series, values)})`;
        const coverage = judgeExpression(text, judge, defaultPromqlOptions);
        assert.ok(coverage !== undefined && !coverage.isEmpty, text);
        if (coverage.missing.length === 0) continue;
        impossible += 1;
        assert.equal((await query(text)).data?.length, 1, text);
      }
      test.diagnostic(`1000 selectors: ${impossible} impossible, absent() of each is true`);
      assert.ok(impossible > 50);
    });

    it('are told from those that are there now', async () => {
      const { signal } = new AbortController();
      const web = { scheme: 'http', port: '', prefix: '' } as const;
      const replicas = { workload: { kind: 'Prometheus', namespace: 'shop', name: 'main' }, pods: [], web };
      const there = ['up{job="shop"}', 'shop_requests_total{code=~"5.."}', 'job:up:sum'];
      const selectors = [...there, 'shop_dropped{job="shop"}', 'gone'];
      const [facts] = await askSeries({ replicas, selectors }, { urls: [prometheus.url], signal });
      assert.equal(facts?.problem, undefined);
      assert.deepEqual(
        selectors.filter((selector) => facts?.found.get(selector) === true),
        there,
      );
    });

    it(
      'are among those of kube-prometheus',
      { skip: skipWithoutShared('real/kube-prometheus/input') },
      async (test) => {
        const manifests = readManifests([join(sharedFolder, 'real/kube-prometheus/input')]);
        const objects = readSources(manifests).sources.PrometheusRule.list();
        const texts = objects.flatMap(({ spec }) =>
          (spec.groups ?? []).flatMap((group) => (group.rules ?? []).map(({ expr }) => String(expr))),
        );
        const counts = await compare(texts);
        test.diagnostic(show(counts));
        assert.ok(counts.empty > 100 && counts.data > 5, show(counts));
      },
    );
  },
);
