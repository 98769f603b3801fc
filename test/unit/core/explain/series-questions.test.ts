import { complete } from '../../../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import { apiVersionOf } from '../../../../src/api/meta.ts';
import type { Premises } from '../../../../src/core/explain/facts.ts';
import type { Step } from '../../../../src/core/explain/model.ts';
import type { SeriesQuestion } from '../../../../src/core/explain/questions.ts';
import type { SeriesFacts } from '../../../../src/core/explain/running.ts';
import { mostSeriesQueries } from '../../../../src/core/limits.ts';
import { completeManifest, createLister } from '../../../../src/core/manifests/sources.ts';
import { answerQuestion } from '../../../../src/operator/explain/answer.ts';
import type { Gatherer } from '../../../../src/operator/explain/answer.ts';
import { defaultSettings } from '../../../../src/operator/default-settings.ts';
import { parseOptions } from '../../../../src/operator/options/options.ts';

const monitoring = (kind: string, name: string, spec: object): KubernetesObject =>
  ({ apiVersion: 'monitoring.coreos.com/v1', kind, metadata: { namespace: 'shop', name }, spec }) as KubernetesObject;

const scraped: KubernetesObject = {
  ...monitoring('ScrapeConfig', 'cart', { staticConfigs: [{ targets: ['10.0.0.1:80'], labels: { app: 'cart' } }] }),
  apiVersion: 'monitoring.coreos.com/v1alpha1',
};
const prometheus = monitoring('Prometheus', 'main', { scrapeConfigSelector: {}, ruleSelector: {} });

interface World {
  /** Of a running replica: which metrics it has. */
  readonly replicas: readonly ((selector: string) => boolean | undefined)[];
  readonly asksReplicas?: boolean;
}

interface Told {
  readonly step: Step | undefined;
  readonly asked: readonly SeriesQuestion[];
}

/** What is said of the series of rules with these expressions. */
async function judge(expressions: readonly string[], { replicas, asksReplicas = true }: World): Promise<Told> {
  const rules = expressions.map((expr, at) => ({ alert: `A${at}`, expr }));
  const objects = [prometheus, scraped, monitoring('PrometheusRule', 'slo', { groups: [{ name: 'g', rules }] })];
  const asked: SeriesQuestion[] = [];
  const answer = (question: SeriesQuestion): SeriesFacts[] => {
    asked.push(question);
    return replicas.map((has, at) => {
      const found = question.selectors.map((selector) => [selector, has(selector)] as const);
      const known = found.flatMap(([selector, isThere]) =>
        isThere === undefined ? [] : [[selector, isThere] as const],
      );
      const problem = known.length < found.length ? { problem: 'it is too late' } : {};
      return { name: `main-${at}`, found: new Map(known), ...problem };
    });
  };
  const gatherer: Gatherer = {
    objects: (type) => {
      const found = objects.filter((one) => one.kind === type.kind && one.apiVersion === apiVersionOf(type));
      return Promise.resolve({ found: createLister(found.map(completeManifest)), refusals: [] });
    },
    assets: () => Promise.resolve({ found: undefined, refusals: [], beside: [] }),
    access: () => Promise.resolve('yes'),
    replicas: () => Promise.resolve([]),
    rulers: () => Promise.resolve([]),
    alertmanagers: () => Promise.resolve([]),
    series: (question) => Promise.resolve(answer(question)),
  };
  const premises: Premises = {
    scope: { ...parseOptions({}).scope, controllerId: '' },
    settings: defaultSettings(),
    isOffline: false,
    asks: { replicas: asksReplicas, alertmanagers: false },
    supposed: [],
  };
  const subject = { kind: 'PrometheusRule', namespace: 'shop', name: 'slo' } as const;
  const { chains } = await answerQuestion({ subject }, { premises, gatherer, run: complete });
  return { step: chains[0]?.steps.find(({ link }) => link === 'series'), asked };
}

const everything = (): boolean => true;
const lacks =
  (metric: string) =>
  (selector: string): boolean =>
    !selector.startsWith(metric);

describe('the series that rules select', () => {
  it('are asked for once each, but for those of absent() and those that are impossible', async () => {
    const { step, asked } = await judge(['rate(a[5m]) > 1', 'a offset 1h > 1 and b{x="1"}', 'absent(c)'], {
      replicas: [everything],
    });
    assert.deepEqual(
      asked.map(({ selectors }) => selectors),
      [['a', 'b{x="1"}']],
    );
    assert.equal(step?.reason, 'SeriesPossible');
    assert.deepEqual(step.counts, { selected: 2, total: 2 });
    const impossible = await judge(['up{app="chart"}'], { replicas: [everything] });
    assert.equal(impossible.step?.reason, 'SeriesImpossible');
    assert.deepEqual(impossible.asked, []);
  });

  it('are missing when no replica has them now', async () => {
    const { step } = await judge(['a > 1', 'gone{app="cart"} > 1'], { replicas: [lacks('gone'), lacks('gone')] });
    assert.deepEqual(
      [step?.verdict, step?.reason, step?.at],
      ['warn', 'SeriesMissing', 'spec.groups[0].rules[1].expr'],
    );
    assert.equal(step?.compared, 'alert A1 selects gone{app="cart"}');
    assert.equal(step.found, 'nothing has it now (2 replicas asked)');
  });

  it('are there when one of the shards has them', async () => {
    const { step } = await judge(['a > 1', 'b > 1'], { replicas: [lacks('a'), lacks('b')] });
    assert.equal(step?.reason, 'SeriesPossible');
  });

  for (const [what, world, found] of [
    [
      'a replica does not answer',
      { replicas: [lacks('a'), () => undefined] },
      'whether they are there now is not known: main-1: it is too late',
    ],
    ['no replica runs', { replicas: [] }, 'whether they are there now is not known: there is no running replica'],
    ['nobody may be asked', { replicas: [], asksReplicas: false }, ''],
  ] as const satisfies readonly (readonly [string, World, string])[])
    it(`may be there when ${what}`, async () => {
      const { step } = await judge(['a > 1'], world);
      assert.deepEqual([step?.reason, step?.found], ['SeriesPossible', found]);
    });

  it('are not asked for without end', async () => {
    const many = Array.from({ length: mostSeriesQueries + 5 }, (_, at) => `m${at} > 0`);
    const { step, asked } = await judge(many, { replicas: [everything] });
    assert.equal(asked[0]?.selectors.length, mostSeriesQueries);
    assert.match(
      step?.compared ?? '',
      new RegExp(`^${mostSeriesQueries} selectors of ${many.length} of its expressions`),
    );
  });
});
