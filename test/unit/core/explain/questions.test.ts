import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import { apiVersionOf } from '../../../../src/api/meta.ts';
import type { AssetObject } from '../../../../src/core/assets/store.ts';
import { complete } from '../../../../src/base/interruptible.ts';
import type { Interruptible } from '../../../../src/base/interruptible.ts';
import { explain } from '../../../../src/core/explain/explain.ts';
import type { Premises, Question, ReplicaFacts } from '../../../../src/core/explain/facts.ts';
import type { Explanation } from '../../../../src/core/explain/model.ts';
import { SubjectNotFoundError } from '../../../../src/core/explain/not-found.ts';
import { createRegister } from '../../../../src/core/explain/questions.ts';
import type { OpenQuestions, Register } from '../../../../src/core/explain/questions.ts';
import { completeManifest, createLister } from '../../../../src/core/manifests/sources.ts';
import { parseOptions } from '../../../../src/operator/options/options.ts';
import { newestCapabilities } from '../../../../src/operator/cluster/facts.ts';
import { toSettings } from '../../../../src/operator/settings.ts';

const options = parseOptions({});
const premises: Premises = {
  scope: { ...options.scope, controllerId: '' },
  settings: toSettings(options, newestCapabilities),
  isOffline: false,
  asks: { replicas: true, alertmanagers: true },
  supposed: [],
};
const knowNothing = (): Register<'answer'> => createRegister();

const monitoring = (kind: string, name: string, spec: object, namespace = 'shop'): KubernetesObject =>
  ({ apiVersion: 'monitoring.coreos.com/v1', kind, metadata: { namespace, name }, spec }) as KubernetesObject;

const prometheus = (spec: object = {}): KubernetesObject =>
  monitoring('Prometheus', 'main', { serviceMonitorSelector: {}, ruleSelector: {}, ...spec });
const token = (name: string): object => ({ authorization: { credentials: { name, key: 'token' } }, port: 'web' });
const monitor = (name: string, endpoint: object = { port: 'web' }): KubernetesObject =>
  monitoring('ServiceMonitor', name, { selector: { matchLabels: { app: 'cart' } }, endpoints: [endpoint] });
const secret = (name: string): AssetObject => ({
  ...{ apiVersion: 'v1', kind: 'Secret', metadata: { namespace: 'shop', name }, data: { token: 'dA==' } },
});
const replica: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    namespace: 'shop',
    name: 'prometheus-main-0',
    labels: { 'operator.prometheus.io/name': 'main', 'app.kubernetes.io/name': 'prometheus' },
  },
  status: { phase: 'Running' },
} as KubernetesObject;

const ports = [{ name: 'web', port: 80 }];
const metadata = { namespace: 'shop', name: 'cart', labels: { app: 'cart' } };
const parts: readonly object[] = [
  { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: { app: 'cart' }, ports } },
  { apiVersion: 'v1', kind: 'Endpoints', metadata, subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports }] },
];
const service = parts as readonly KubernetesObject[];

interface World {
  readonly objects: readonly KubernetesObject[];
  readonly replicas?: readonly ReplicaFacts[];
}

function answerAll(open: OpenQuestions, known: Register<'answer'>, { objects, replicas = [] }: World): void {
  for (const [key, type] of open.objects) {
    const found = objects.filter((one) => one.kind === type.kind && one.apiVersion === apiVersionOf(type));
    known.objects.set(key, { found: createLister(found.map(completeManifest)), refusals: [] });
  }
  for (const [key, { kind, name }] of open.assets) {
    const found = objects.find((one) => one.kind === kind && one.metadata.name === name);
    known.assets.set(key, { found, refusals: [], beside: [] });
  }
  for (const key of open.access.keys()) known.access.set(key, 'yes');
  for (const [key, { pods }] of open.replicas) known.replicas.set(key, pods.length === 0 ? [] : replicas);
}

/** Asks and answers until all is said; what was asked in each round. */
function converse(
  question: Question,
  world: World,
  run: <T>(work: Interruptible<T>) => T = complete,
): { explanation: Explanation; rounds: OpenQuestions[] } {
  const answers = knowNothing();
  const rounds: OpenQuestions[] = [];
  for (;;) {
    const outcome = run(explain(question, { premises, answers }));
    if ('explanation' in outcome) return { explanation: outcome.explanation, rounds };
    rounds.push(outcome.open);
    answerAll(outcome.open, answers, world);
  }
}

const askAbout = (kind: 'ServiceMonitor' | 'PrometheusRule', name: string): Question => ({
  subject: { kind, namespace: 'shop', name },
});
const pluralsOf = (rounds: readonly OpenQuestions[]): string[] =>
  rounds.flatMap(({ objects }) => [...objects.values()].map(({ plural }) => plural)).sort();
const namesOf = (rounds: readonly OpenQuestions[]): string[] =>
  rounds.flatMap(({ assets }) => [...assets.values()].map(({ name }) => name)).sort();

describe('questions of explain', () => {
  it('begin with the subject and what may select it', () => {
    const outcome = complete(explain(askAbout('ServiceMonitor', 'cart'), { premises, answers: knowNothing() }));
    assert.ok('open' in outcome);
    assert.deepEqual(pluralsOf([outcome.open]), ['prometheusagents', 'prometheuses', 'servicemonitors']);
    assert.equal(outcome.open.access.size + outcome.open.replicas.size, 0);
  });

  it('are each asked once, and end', () => {
    const { explanation, rounds } = converse(askAbout('ServiceMonitor', 'cart'), {
      objects: [prometheus(), monitor('cart')],
    });
    assert.equal(explanation.reason, 'NoServiceMatches');
    assert.equal(new Set(pluralsOf(rounds)).size, pluralsOf(rounds).length);
  });

  it('about rules are of what their Prometheus scrapes, too, and not of what it selects without need', () => {
    const rule = monitoring('PrometheusRule', 'cart', { groups: [{ name: 'a', rules: [{ record: 'b', expr: '1' }] }] });
    const { explanation, rounds } = converse(askAbout('PrometheusRule', 'cart'), {
      objects: [prometheus(), monitor('cart', token('cart')), rule],
    });
    assert.equal(explanation.reason, 'RuleFileMissing');
    assert.deepEqual(namesOf(rounds), ['cart', 'prometheus-main-rulefiles-0']);
    assert.deepEqual(pluralsOf(rounds), ['prometheuses', 'prometheusrules', 'servicemonitors', 'thanosrulers']);
  });

  it('are about other Secrets only where the one that is named is missing', () => {
    const objects = [prometheus({ serviceMonitorSelector: { matchLabels: { a: 'b' } } }), secret('cart-token')];
    const own = {
      ...monitor('cart', token('cart-token')),
      metadata: { namespace: 'shop', name: 'cart', labels: { a: 'b' } },
    };
    const other = monitor('basket', token('basket-token'));
    const found = converse(askAbout('ServiceMonitor', 'cart'), { objects: [...objects, own, other] });
    assert.deepEqual(namesOf(found.rounds), ['cart-token']);

    const lost = converse(askAbout('ServiceMonitor', 'cart'), {
      objects: [...objects.slice(0, 1), own, other, secret('basket-token')],
    });
    assert.deepEqual(namesOf(lost.rounds), ['basket-token', 'cart-token']);
    assert.equal(lost.explanation.cause, 'SecretNotFound');
  });

  it('are about replicas where a workload is paused: they alone know whether they have the monitor', () => {
    const objects = [prometheus({ paused: true }), monitor('cart'), replica];
    const name = { kind: 'Prometheus', namespace: 'shop', name: 'main' };
    const answer: ReplicaFacts = {
      workload: name,
      name: 'prometheus-main-0',
      shard: 0,
      config: 'global: {}',
      targets: [],
    };
    const judge = (replicas: readonly ReplicaFacts[]): unknown => {
      const { explanation } = converse(askAbout('ServiceMonitor', 'cart'), { objects, replicas });
      const [step] = explanation.chains[0]?.steps ?? [];
      return [step?.reason, step?.verdict];
    };
    assert.deepEqual(judge([]), ['WorkloadPaused', 'fail']);
    assert.deepEqual(judge([answer]), ['WorkloadPaused', 'warn']);
  });

  it('are few rounds: rights and replicas in one, and nothing is worked out on what is missing', () => {
    const { explanation, rounds } = converse(askAbout('ServiceMonitor', 'cart'), {
      objects: [prometheus(), monitor('cart'), replica, ...service],
    });
    assert.equal(explanation.verdict, 'Scraped', explanation.summary);
    const late = rounds.filter(({ access, replicas }) => access.size + replicas.size > 0);
    assert.deepEqual(
      late.map(({ objects, assets, access, replicas }) => [objects.size, assets.size, access.size > 0, replicas.size]),
      [[0, 0, true, 1]],
    );
    assert.ok(rounds.length <= 6, `${rounds.length} rounds`);
  });

  it('rest behind each job where all of them are looked at: the operator does something else meanwhile', () => {
    const others = Array.from({ length: 30 }, (_, at) => monitor(`other-${at}`));
    let rests = 0;
    const { explanation } = converse(
      askAbout('ServiceMonitor', 'cart'),
      { objects: [prometheus(), monitor('cart'), ...others, replica, ...service] },
      (work) => {
        for (let step = work.next(); ; step = work.next(), rests += 1) if (step.done === true) return step.value;
      },
    );
    assert.equal(explanation.reason, 'DuplicateTargets');
    assert.ok(rests > others.length, `${rests} rests`);
  });

  it('are answered before anything is said to be missing', () => {
    const question = askAbout('ServiceMonitor', 'kart');
    assert.ok('open' in complete(explain(question, { premises, answers: knowNothing() })));
    assert.throws(
      () => converse(question, { objects: [prometheus(), monitor('cart')] }),
      (error) => error instanceof SubjectNotFoundError && /cart/.test(error.message),
    );
  });
});
