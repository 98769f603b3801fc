import { complete } from '../../../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PrometheusRule } from '../../../../src/api/prometheus-rule.ts';
import type { ThanosRulerSpec } from '../../../../src/api/thanos-ruler.ts';
import type { AssetObject } from '../../../../src/core/assets/store.ts';
import type { Step } from '../../../../src/core/desired/steps.ts';
import {
  createThanosRulerCaches,
  matchThanosRuler,
  renderThanosRuler,
} from '../../../../src/core/desired/desired-thanos-ruler.ts';
import type { DesiredThanosRuler, ThanosRulerMatch } from '../../../../src/core/desired/desired-thanos-ruler.ts';
import type { ConfigMap, Secret } from '../../../../src/core/render/shared/rendered-objects.ts';
import { makePair } from '../assets/certificates-fixture.ts';
import { makeGroup, makeRule, makeSingle } from '../render/rules/fixtures.ts';
import { makeLister, makeNamespace, makeSecret, makeStore } from '../select/fixtures.ts';
import { makeRulerWorkload } from '../render/thanos-ruler/fixtures.ts';

const everywhere = { ruleSelector: {}, ruleNamespaceSelector: {} };
const url = 'http://receiver/';

function match(spec: ThanosRulerSpec, rules: readonly PrometheusRule[]): ThanosRulerMatch {
  const sources = { PrometheusRule: makeLister(rules), namespaces: makeLister([makeNamespace('team')]) };
  return matchThanosRuler(makeRulerWorkload({ ...everywhere, ...spec }), sources);
}

function render(
  spec: ThanosRulerSpec = {},
  rules: readonly PrometheusRule[] = [],
  secrets: readonly AssetObject[] = [],
): DesiredThanosRuler {
  return complete(renderThanosRuler(match(spec, rules), makeStore(secrets), createThanosRulerCaches()));
}

/** A step in a word or two: "write NAME", "prune PREFIX", or its kind. */
function nameStep(step: Step): string {
  if (step.kind === 'write' || step.kind === 'stateful-set') return `${step.kind} ${step.object.metadata.name ?? ''}`;
  return step.kind === 'prune' ? `prune ${step.prefix}` : step.kind;
}

const namesOf = ({ steps }: DesiredThanosRuler): string[] => steps.map(nameStep);

function writtenBy({ steps }: DesiredThanosRuler, name: string): Secret | ConfigMap {
  for (const step of steps) if (step.kind === 'write' && step.object.metadata.name === name) return step.object;
  throw new Error(`Nothing writes "${name}"`);
}

const ruleSteps = ['write thanos-ruler-main-rulefiles-0', 'prune thanos-ruler-main-rulefiles-'];
const configSteps = [
  'write thanos-ruler-main-config',
  'write thanos-ruler-main-tls-assets-0',
  'prune thanos-ruler-main-tls-assets-',
];
const web = 'write thanos-ruler-main-web-config';
const set = 'stateful-set thanos-ruler-main';

describe('what a ThanosRuler should have', () => {
  it('is made in the order of what needs what', () => {
    const desired = render();
    assert.deepEqual(namesOf(desired), [...ruleSteps, ...configSteps, web, 'governing-service', set]);
    assert.deepEqual(desired.failures, []);
    assert.match(
      JSON.stringify(desired.steps.at(-1)),
      /--watched-dir=\/etc\/thanos\/rules\/thanos-ruler-main-rulefiles-0"/,
    );
  });

  it('holds rules in the words of Thanos; one that cannot be used touches no other', () => {
    const good = makeRule([makeGroup({ partial_response_strategy: 'warn' })], 'good');
    const bad = { ...makeSingle({ expr: 'up ==' }), metadata: { name: 'bad', namespace: 'team', uid: 'b' } };
    const desired = render({}, [good, bad]);
    const { accepted, rejected } = desired.verdicts.PrometheusRule ?? { accepted: [], rejected: [] };
    assert.deepEqual(accepted, [good]);
    assert.deepEqual(
      rejected.map(({ object, rejection }) => [object.metadata.name, rejection.field]),
      [['bad', 'spec.groups[0].rules[0]']],
    );
    const { data = {} } = writtenBy(desired, 'thanos-ruler-main-rulefiles-0');
    assert.deepEqual(Object.keys(data), ['team-good-uid-of-good.yaml']);
    assert.match(data['team-good-uid-of-good.yaml'] ?? '', /partial_response_strategy: warn/);
  });

  it('keeps rules to their namespace when the label is enforced', () => {
    const { data = {} } = writtenBy(
      render({ enforcedNamespaceLabel: 'ns' }, [makeRule([makeGroup()])]),
      'thanos-ruler-main-rulefiles-0',
    );
    assert.match(Object.values(data).join(), /up\{ns="team"\} == 0/);
  });

  it('needs the keys of remote write, and no others', () => {
    const { references } = match(
      {
        remoteWrite: [{ url, basicAuth: { password: { name: 'login', key: 'p' } } }],
        queryConfig: { name: 'query', key: 'q' },
      },
      [],
    );
    assert.deepEqual(references, [
      {
        kind: 'Secret',
        namespace: 'monitoring',
        name: 'login',
        key: 'p',
        field: 'spec.remoteWrite[0].basicAuth.password',
      },
    ]);
  });

  it('mounts the TLS files where its remote-write configuration names them', async () => {
    const { certificate } = await makePair();
    const remoteWrite = [{ url, tlsConfig: { ca: { secret: { name: 'tls', key: 'ca' } } } }];
    const desired = render({ remoteWrite }, [], [makeSecret('monitoring/tls', { ca: certificate })]);
    const asset = '0_monitoring_tls_ca';
    const encoded = writtenBy(desired, 'thanos-ruler-main-config').data?.['remote-write.yaml'] ?? '';
    assert.match(Buffer.from(encoded, 'base64').toString('utf8'), new RegExp(`ca_file: /etc/thanos/certs/${asset}\n`));
    assert.deepEqual(Object.keys(writtenBy(desired, 'thanos-ruler-main-tls-assets-0').data ?? {}), [asset]);
    assert.match(JSON.stringify(desired.steps.at(-1)), /"name":"tls-assets","mountPath":"\/etc\/thanos\/certs"/);
  });

  it('warns of what is left out', () => {
    const { warnings, failures } = render({ remoteWrite: [{ url, roundRobinDNS: true }], version: 'v0.37.0' });
    assert.deepEqual(failures, []);
    assert.match(warnings[0]?.message ?? '', /round_robin_dns/);
  });
});

describe('what cannot be rendered for a ThanosRuler', () => {
  const messagesOf = ({ failures }: DesiredThanosRuler): string => failures.map(({ message }) => message).join('\n');

  it('stops only the StatefulSet when it is that', () => {
    const desired = render({ queryEndpoints: [] });
    assert.deepEqual(namesOf(desired), [...ruleSteps, ...configSteps, web, 'governing-service']);
    assert.match(messagesOf(desired), /Cannot evaluate rules without queriers/);
  });

  it('stops what mounts the configuration when it is that', () => {
    const desired = render({ remoteWrite: [{ url, authorization: { credentials: { name: 'gone', key: 'p' } } }] });
    assert.deepEqual(namesOf(desired), [...ruleSteps, web, 'governing-service']);
    assert.match(
      messagesOf(desired),
      /spec\.remoteWrite\[0\]\.authorization\.credentials: Cannot find Secret "monitoring\/gone"/,
    );
  });

  it('stops only its own Secret when it is the web configuration', () => {
    const desired = render({ web: { tlsConfig: { keyFile: '/k' } } });
    assert.ok(!namesOf(desired).includes(web));
    assert.equal(namesOf(desired).at(-1), set);
    assert.match(messagesOf(desired), /the certificate is missing/);
  });

  it('is a configuration for which a Secret has no room', () => {
    const remoteWrite = [{ url, headers: { 'X-Long': 'x'.repeat(1024 * 1024) } }];
    const desired = render({ remoteWrite });
    assert.match(messagesOf(desired), /a Secret holds at most 1048576; the last one stays/);
    assert.ok(!namesOf(desired).some((name) => configSteps.includes(name) || name === set));
  });
});
