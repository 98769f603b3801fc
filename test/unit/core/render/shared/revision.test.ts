import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { renderSecret } from '../../../../../src/core/render/shared/secret.ts';
import {
  inputHashAnnotation,
  acknowledgeWrite,
  reviseStamped,
  stampStatefulSet,
  withInputHash,
} from '../../../../../src/core/render/shared/input-hash.ts';
import { mergeMetadata } from '../../../../../src/core/render/shared/merge-metadata.ts';
import type { StatefulSet } from '../../../../../src/core/render/shared/rendered-objects.ts';
import {
  reviseConfigMap,
  reviseDaemonSet,
  reviseSecret,
  reviseStatefulSet,
} from '../../../../../src/core/render/shared/revision.ts';
import { renderDaemonSet, renderStatefulSet } from '../../../../../src/core/render/prometheus/prometheus-sets.ts';
import { makeAgent, makeServer, makeSettings } from '../prometheus/fixtures.ts';

const input = { shard: 0, tlsAssetSecrets: 1, ruleConfigMaps: ['r'] };
const desired = renderStatefulSet(makeServer(), input);

type LiveStatefulSet = StatefulSet & { spec: { revisionHistoryLimit?: number } };

/** `desired` after a kube-apiserver 1.36 had stored it, with all its defaults. */
function readLive(): LiveStatefulSet {
  return JSON.parse(readFileSync(new URL('live-stateful-set.json', import.meta.url), 'utf8')) as LiveStatefulSet;
}

const paths = (differences: readonly { path: string }[]): string[] => differences.map(({ path }) => path);

describe('reviseStatefulSet', () => {
  it('sees no difference in what the API server filled in', () => {
    assert.deepEqual(reviseStatefulSet(readLive(), desired).differences, []);
  });

  it('finds what was changed by hand, quantities included', () => {
    const live = readLive();
    const [prometheus, reloader] = live.spec.template.spec.containers;
    assert.ok(prometheus && reloader?.resources?.limits);
    live.spec.replicas = 5;
    prometheus.image = 'other:1';
    reloader.resources.limits.memory = '51Mi';
    assert.deepEqual(paths(reviseStatefulSet(live, desired).differences), [
      'spec.replicas',
      'spec.template.spec.containers[prometheus].image',
      'spec.template.spec.containers[config-reloader].resources.limits.memory',
    ]);
  });

  it('finds what was added by hand and nobody wants', () => {
    const live = readLive();
    const pod = live.spec.template.spec;
    pod.hostNetwork = true;
    pod.containers[0]?.env?.push({ name: 'X', value: '1' });
    pod.containers.push({ name: 'stowaway', image: 'x:1' });
    pod.tolerations = [{ key: 'k', operator: 'Exists' }];
    const { differences, object } = reviseStatefulSet(live, desired);
    const found = paths(differences);
    assert.ok(found.includes('spec.template.spec.hostNetwork'));
    assert.ok(found.includes('spec.template.spec.containers[stowaway]'));
    assert.ok(found.includes('spec.template.spec.tolerations'));
    assert.equal(object.spec.template.spec.hostNetwork, undefined);
    assert.equal(object.spec.template.spec.containers.length, desired.spec.template.spec.containers.length);
  });

  it('finds what was taken away, and another order', () => {
    const live = readLive();
    live.spec.template.spec.containers.reverse();
    live.spec.template.spec.volumes?.pop();
    assert.deepEqual(paths(reviseStatefulSet(live, desired).differences), [
      'spec.template.spec.containers',
      'spec.template.spec.volumes[prometheus-k8s-db]',
    ]);
  });

  it('does not mind another spelling of a quantity', () => {
    const live = readLive();
    const limits = live.spec.template.spec.containers[1]?.resources?.limits;
    assert.ok(limits);
    Object.assign(limits, { cpu: '0.010', memory: '51200Ki' });
    assert.deepEqual(reviseStatefulSet(live, desired).differences, []);
  });

  it('leaves to people what is theirs', () => {
    const live = readLive();
    live.spec.revisionHistoryLimit = 3;
    live.metadata.labels = { ...live.metadata.labels, foreign: 'yes' };
    live.metadata.finalizers = ['example.org/keep'];
    const restartedAt = { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' };
    live.spec.template.metadata.annotations = { ...live.spec.template.metadata.annotations, ...restartedAt };
    const { differences, object } = reviseStatefulSet(live, desired);
    assert.deepEqual(differences, []);
    assert.equal(object.metadata.labels?.foreign, 'yes');
    assert.deepEqual(object.metadata.finalizers, ['example.org/keep']);
    assert.equal((object.spec as { revisionHistoryLimit?: number }).revisionHistoryLimit, 3);
    assert.equal(
      object.spec.template.metadata.annotations?.['kubectl.kubernetes.io/restartedAt'],
      '2026-01-01T00:00:00Z',
    );
  });

  it('takes its own annotations back', () => {
    const live = readLive();
    live.metadata.annotations = { ...live.metadata.annotations, 'operator.prometheus.io/deletion-deadline': 'x' };
    assert.deepEqual(paths(reviseStatefulSet(live, desired).differences), [
      'metadata.annotations["operator.prometheus.io/deletion-deadline"]',
    ]);
  });
});

describe('the input hash', () => {
  /** An API server that stores what it is given. */
  const store = (given: StatefulSet): StatefulSet => ({
    ...structuredClone(given),
    spec: { ...readLive().spec, ...given.spec },
  });

  it('makes a change one write, and a restarted operator writes nothing', () => {
    const created = store(stampStatefulSet(desired));
    assert.equal(acknowledgeWrite(created, desired), undefined);
    assert.deepEqual(reviseStamped(created, renderStatefulSet(makeServer(), input)).differences, []);
    const changed = renderStatefulSet(makeServer({ replicas: 3 }), input);
    const revision = reviseStamped(created, changed);
    assert.deepEqual(paths(revision.differences), ['spec.replicas', `metadata.annotations["${inputHashAnnotation}"]`]);
    assert.deepEqual(reviseStamped(store(revision.object), changed).differences, []);
  });

  it('does not depend on spelling: absent, empty and zero fields, quantities', () => {
    const spelled = (spec: Parameters<typeof makeServer>[0]): string | undefined =>
      stampStatefulSet(renderStatefulSet(makeServer(spec), input)).metadata.annotations?.[inputHashAnnotation];
    const plain = spelled({ resources: { limits: { cpu: '1' } } });
    assert.equal(
      spelled({
        resources: { limits: { cpu: '1000m' }, requests: {} },
        minReadySeconds: 0,
        tolerations: [],
        affinity: {},
      }),
      plain,
    );
    assert.notEqual(spelled({ resources: { limits: { cpu: '1001m' } } }), plain);
  });

  it('undoes drift in one write', () => {
    const live = store(stampStatefulSet(desired));
    live.spec.replicas = 9;
    const revision = reviseStamped(live, desired);
    assert.deepEqual(paths(revision.differences), ['spec.replicas']);
    const written = store(revision.object);
    assert.equal(acknowledgeWrite(written, desired), undefined);
    assert.deepEqual(reviseStamped(written, desired).differences, []);
  });

  it('takes over from another operator with one write of the annotation', () => {
    const live = withInputHash(readLive(), '12345');
    const revision = reviseStamped(live, desired);
    assert.deepEqual(paths(revision.differences), [`metadata.annotations["${inputHashAnnotation}"]`]);
    assert.deepEqual(reviseStamped(store(revision.object), desired).differences, []);
  });

  it('settles on an API server that insists on a change, and still sees drift there', () => {
    const insist = (given: StatefulSet): StatefulSet => {
      const stored = store(given);
      stored.spec.template = structuredClone(stored.spec.template);
      stored.spec.template.metadata.labels = { ...stored.spec.template.metadata.labels, injected: 'true' };
      return stored;
    };
    const created = insist(stampStatefulSet(desired));
    const acknowledged = acknowledgeWrite(created, desired);
    assert.ok(acknowledged);
    const settled = insist(acknowledged);
    assert.equal(acknowledgeWrite(settled, desired), undefined);
    assert.deepEqual(reviseStamped(settled, desired).differences, []);
    settled.spec.replicas = 9;
    assert.ok(paths(reviseStamped(settled, desired).differences).includes('spec.replicas'));
  });
});

describe('reviseDaemonSet', () => {
  it('compares as for StatefulSets', () => {
    const wanted = renderDaemonSet(makeAgent({ mode: 'DaemonSet' }), 1);
    const live = structuredClone(wanted);
    Object.assign(live.spec, {
      revisionHistoryLimit: 10,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
    });
    assert.deepEqual(reviseDaemonSet(live, wanted).differences, []);
    live.spec.template.spec.terminationGracePeriodSeconds = 1;
    assert.deepEqual(paths(reviseDaemonSet(live, wanted).differences), [
      'spec.template.spec.terminationGracePeriodSeconds',
    ]);
  });
});

describe('reviseSecret and reviseConfigMap', () => {
  const { owner } = makeServer();
  const secret = renderSecret({ name: 's', data: { a: 'one', b: new Uint8Array([1, 2]) } }, owner, makeSettings());

  it('encode contents and see no difference in a copy', () => {
    assert.deepEqual(secret.data, { a: 'b25l', b: 'AQI=' });
    const { type: _type, ...live } = structuredClone(secret);
    assert.deepEqual(reviseSecret(live, secret).differences, []);
  });

  it('show sizes, never contents', () => {
    const live = { ...structuredClone(secret), data: { a: Buffer.from('secret!').toString('base64'), c: '' } };
    assert.deepEqual(reviseSecret(live, secret).differences, [
      { path: 'data["a"]', desired: '3 bytes', live: '7 bytes' },
      { path: 'data["b"]', desired: '2 bytes', live: undefined },
      { path: 'data["c"]', desired: undefined, live: '0 bytes' },
    ]);
  });

  it('repair labels and owners', () => {
    const live = structuredClone(secret);
    live.metadata.labels = { 'managed-by': 'someone', mine: 'kept' };
    live.metadata.ownerReferences = [];
    const { differences, object } = reviseSecret(live, secret);
    assert.equal(differences.length, 3);
    assert.deepEqual(object.metadata.labels, { ...secret.metadata.labels, mine: 'kept' });
    assert.equal(object.metadata.ownerReferences?.length, 1);
  });

  it('treat ConfigMaps alike', () => {
    const map = { metadata: { name: 'm', namespace: 'n' }, data: { a: 'x' } };
    assert.deepEqual(reviseConfigMap(structuredClone(map), map).differences, []);
    assert.deepEqual(reviseConfigMap({ ...map, data: { a: 'yy' } }, map).differences, [
      { path: 'data["a"]', desired: '1 bytes', live: '2 bytes' },
    ]);
    assert.equal(
      reviseConfigMap({ metadata: map.metadata }, { metadata: map.metadata, data: {} }).differences.length,
      0,
    );
  });
});

describe('mergeMetadata', () => {
  it('is tied to the object that was compared', () => {
    const merged = mergeMetadata({ uid: 'u', resourceVersion: '5', generation: 2 }, { name: 'n', namespace: 'ns' });
    assert.deepEqual(merged, { name: 'n', namespace: 'ns', uid: 'u', resourceVersion: '5' });
  });
});
