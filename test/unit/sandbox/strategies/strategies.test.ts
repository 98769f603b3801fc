import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkLabelValue, checkName, checkQualifiedName } from '../../../../src/sandbox/strategies/names.ts';
import { isPortName } from '../../../../src/sandbox/strategies/pod-validation.ts';
import { matchesSelector } from '../../../../src/sandbox/strategies/selector.ts';
import { World, show } from '../harness.ts';
import { inDefault, causes } from './answers.ts';

describe('names', () => {
  it('are checked by format', () => {
    const good = [
      checkName('a.b-c', 'subdomain'),
      checkName('a-b', 'label'),
      checkName('a1', 'service'),
      checkName('system:a', 'path'),
      checkName('A b', 'any'),
    ];
    assert.deepEqual(good, [[], [], [], [], []]);
    const bad = [
      checkName('A', 'subdomain'),
      checkName('a.b', 'label'),
      checkName('1a', 'service'),
      checkName('a/b', 'path'),
      checkName('a'.repeat(64), 'label'),
    ];
    assert.deepEqual(
      bad.map((details) => details.length),
      [1, 1, 1, 1, 1],
    );
  });

  it('of labels have a prefix at most', () => {
    assert.deepEqual([checkQualifiedName('a.b/c_d'), checkLabelValue('')], [[], []]);
    assert.deepEqual(
      ['a/b/c', '/a', 'A_/b', 'a/'].map((key) => checkQualifiedName(key).length > 0),
      [true, true, true, true],
    );
  });

  it('of ports are short, lower case and have a letter', () => {
    assert.deepEqual(['web', 'a-1', '80', 'a--b', '-a', 'sixteen-letters-'].map(isPortName), [
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('selectors', () => {
  it('match by labels and expressions; an absent one matches nothing', () => {
    const labels = { a: 'b' };
    const expression = (operator: string, ...values: string[]) => ({
      matchExpressions: [{ key: 'a', operator, values }],
    });
    const tests = [
      undefined,
      {},
      { matchLabels: labels },
      expression('In', 'b'),
      expression('NotIn', 'b'),
      expression('Exists'),
      expression('DoesNotExist'),
    ];
    assert.deepEqual(
      tests.map((selector) => matchesSelector(selector, labels)),
      [false, true, true, true, false, true, false],
    );
  });
});

describe('Services', () => {
  const services = inDefault('/api/v1/*/services');
  const service = (name: string, spec: object): object => ({
    metadata: { name },
    spec: { selector: { a: 'b' }, ports: [{ port: 80 }], ...spec },
  });

  it('get addresses and node ports that nobody has, and keep them', async () => {
    const world = new World();
    const made = [];
    for (const name of ['a', 'b', 'c'])
      made.push((await world.send('POST', services, service(name, { type: 'NodePort' }))).body);
    const addresses = made.map(({ spec }) => show(spec?.clusterIP));
    const ports = made.map(({ spec }) => Number((spec?.ports as unknown as { nodePort: number }[])[0]?.nodePort));
    assert.deepEqual(
      [new Set(addresses).size, new Set(ports).size, ports.every((port) => port >= 30_000 && port < 32_768)],
      [3, 3, true],
    );
    const { body } = await world.send('PUT', `${services}/a`, service('a', { type: 'NodePort' }));
    assert.deepEqual(
      [body.spec?.clusterIP, (body.spec?.ports as unknown as { nodePort: number }[])[0]?.nodePort],
      [addresses[0], ports[0]],
    );
  });

  it('may ask for an address and a node port, but not for those of others', async () => {
    const world = new World();
    await world.send(
      'POST',
      services,
      service('a', { type: 'NodePort', clusterIP: '10.96.9.9', ports: [{ port: 80, nodePort: 30_123 }] }),
    );
    const address = await world.send('POST', services, service('b', { clusterIP: '10.96.9.9' }));
    const port = await world.send(
      'POST',
      services,
      service('c', { type: 'NodePort', ports: [{ port: 80, nodePort: 30_123 }] }),
    );
    assert.deepEqual(
      [...causes(address), ...causes(port)].map((cause) => cause.split(':')[0]),
      ['spec.clusterIPs', 'spec.ports[0].nodePort'],
    );
  });

  it('without selector and headless are of both families', async () => {
    const { body } = await new World().send('POST', services, {
      metadata: { name: 'a' },
      spec: { clusterIP: 'None', ports: [{ port: 80 }] },
    });
    assert.deepEqual([body.spec?.ipFamilies, body.spec?.ipFamilyPolicy], [['IPv4', 'IPv6'], 'RequireDualStack']);
  });

  it('need ports, types and names that exist', async () => {
    const world = new World();
    const wrong = await world.send('POST', services, service('a', { type: 'Odd', ports: [] }));
    assert.deepEqual(
      causes(wrong).map((cause) => cause.split(':')[0]),
      ['spec.ports', 'spec.type'],
    );
    const external = await world.send('POST', services, service('a', { type: 'ExternalName' }));
    assert.deepEqual(causes(external), ['spec.externalName: Required value']);
  });
});

describe('other kinds', () => {
  it('a DaemonSet counts the generations of its template in an annotation', async () => {
    const world = new World();
    const sets = inDefault('/apis/apps/v1/*/daemonsets');
    const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'x', image: 'i' }] } };
    await world.send('POST', sets, {
      metadata: { name: 'a' },
      spec: { selector: { matchLabels: { a: 'b' } }, template },
    });
    const patched = await world.patch(`${sets}/a`, 'application/strategic-merge-patch+json', {
      spec: { template: { spec: { containers: [{ name: 'x', image: 'j' }] } } },
    });
    assert.equal(patched.body.metadata?.annotations?.['deprecated.daemonset.template.generation'], '2');
  });

  it('a claim is protected, and its spec does not change', async () => {
    const world = new World();
    const claims = inDefault('/api/v1/*/persistentvolumeclaims');
    const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
    const { body } = await world.send('POST', claims, { metadata: { name: 'a' }, spec });
    assert.deepEqual(body.metadata?.finalizers, ['kubernetes.io/pvc-protection']);
    const changed = await world.patch(`${claims}/a`, 'application/merge-patch+json', { spec: { volumeMode: 'Block' } });
    assert.equal(changed.status, 422);
    const empty = await world.send('POST', claims, { metadata: { name: 'b' }, spec: {} });
    assert.deepEqual(causes(empty).length, 2);
  });

  it('a RoleBinding keeps its role', async () => {
    const world = new World();
    const bindings = inDefault('/apis/rbac.authorization.k8s.io/v1/*/rolebindings');
    const binding = (name: string) => ({
      metadata: { name: 'a:b' },
      roleRef: { kind: 'Role', name },
      subjects: [{ kind: 'User', name: 'u' }],
    });
    const { body } = await world.send('POST', bindings, binding('x'));
    assert.equal((body.subjects as unknown as { apiGroup: string }[])[0]?.apiGroup, 'rbac.authorization.k8s.io');
    const changed = await world.send('PUT', `${bindings}/a:b`, binding('y'));
    assert.match(causes(changed)[0] ?? '', /cannot change roleRef/);
  });

  it('strict validation knows apiVersion and kind of every kind', async () => {
    const world = new World();
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'e' },
      involvedObject: { namespace: 'default' },
    };
    assert.equal((await world.send('POST', inDefault('/api/v1/*/events?fieldValidation=Strict'), event)).status, 201);
  });

  it('a Job selects its pods by its uid', async () => {
    const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'x', image: 'i' }] } };
    const { body } = await new World().send('POST', inDefault('/apis/batch/v1/*/jobs'), {
      metadata: { name: 'a' },
      spec: { template },
    });
    const key = 'batch.kubernetes.io/controller-uid';
    const uid = body.metadata?.uid;
    assert.deepEqual(
      [
        body.spec?.selector?.matchLabels?.[key],
        body.spec?.template?.metadata?.labels?.[key],
        body.metadata?.labels?.[key],
      ],
      [uid, uid, uid],
    );
  });

  it('a namespace goes when its last finalizer is taken through finalize', async () => {
    const world = new World();
    await world.send('POST', '/api/v1/namespaces', { metadata: { name: 'gone' } });
    await world.send('DELETE', '/api/v1/namespaces/gone');
    assert.equal((await world.send('GET', '/api/v1/namespaces/gone')).body.status?.phase, 'Terminating');
    await world.send('PUT', '/api/v1/namespaces/gone/finalize', {
      metadata: { name: 'gone' },
      spec: { finalizers: [] },
    });
    assert.equal((await world.send('GET', '/api/v1/namespaces/gone')).status, 404);
  });

  it('an event written through events.k8s.io is read through core', async () => {
    const world = new World();
    const event = {
      metadata: { name: 'e' },
      eventTime: '2026-01-01T00:00:00.000000Z',
      note: 'It is',
      regarding: { kind: 'Pod', name: 'a', namespace: 'default' },
      reason: 'So',
      reportingController: 'c',
      type: 'Normal',
    };
    await world.send('POST', inDefault('/apis/events.k8s.io/v1/*/events'), event);
    const { body } = await world.send('GET', inDefault('/api/v1/*/events/e'));
    assert.deepEqual(
      [body.apiVersion, body.message, body.involvedObject?.name, body.reportingComponent],
      ['v1', 'It is', 'a', 'c'],
    );
  });
});
