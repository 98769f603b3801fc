import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { World } from '../harness.ts';
import { inDefault, causes } from './answers.ts';

describe('Pods', () => {
  const pods = inDefault('/api/v1/*/pods');
  const pod = (container: object, spec: object = {}): object => ({
    metadata: { name: 'a' },
    spec: { containers: [{ name: 'x', image: 'i', ...container }], ...spec },
  });
  const quality = async (resources: object): Promise<unknown> =>
    (await new World().send('POST', pods, pod({ resources }))).body.status?.qosClass;

  it('have a class of quality by their resources', async () => {
    const both = { cpu: '1', memory: '1Gi' };
    assert.deepEqual(
      [
        await quality({}),
        await quality({ requests: both }),
        await quality({ limits: both }),
        await quality({ limits: both, requests: { ...both, cpu: '500m' } }),
      ],
      ['BestEffort', 'Burstable', 'Guaranteed', 'Burstable'],
    );
  });

  it('are refused with every fault named', async () => {
    const container = {
      ports: [{ containerPort: 0 }, { name: 'UPPER', containerPort: 70_000 }],
      env: [{ value: 'x' }],
      volumeMounts: [
        { name: 'v', mountPath: '/a' },
        { name: 'v', mountPath: '/a' },
      ],
      livenessProbe: {},
      readinessProbe: { exec: { command: ['x'] }, httpGet: { port: 80 } },
    };
    const volumes = [
      { name: 'v', secret: {} },
      { name: 'v', emptyDir: {}, hostPath: { path: '/' } },
    ];
    const answer = await new World().send('POST', pods, pod(container, { volumes, restartPolicy: 'Sometimes' }));
    assert.deepEqual(
      causes(answer).map((cause) => cause.split(': ').slice(0, 2).join(': ')),
      [
        'spec.volumes[0].secret.secretName: Required value',
        'spec.volumes[1].name: Duplicate value',
        'spec.volumes[1].hostPath: Forbidden',
        'spec.containers[0].ports[0].containerPort: Required value',
        'spec.containers[0].ports[1].name: Invalid value',
        'spec.containers[0].ports[1].containerPort: Invalid value',
        'spec.containers[0].env[0].name: Required value',
        'spec.containers[0].volumeMounts[1].mountPath: Invalid value',
        'spec.containers[0].livenessProbe: Required value',
        'spec.containers[0].readinessProbe.httpGet: Forbidden',
        'spec.restartPolicy: Unsupported value',
      ],
    );
  });

  it('take latest to be pulled always', async () => {
    const policies = [];
    for (const image of ['a', 'a:latest', 'a:1', 'r:5000/a', 'r:5000/a:1', 'a@sha256:00']) {
      const { body } = await new World().send('POST', pods, pod({ image }));
      policies.push((body.spec?.containers as unknown as { imagePullPolicy: string }[])[0]?.imagePullPolicy);
    }
    assert.deepEqual(policies, ['Always', 'Always', 'IfNotPresent', 'Always', 'IfNotPresent', 'IfNotPresent']);
  });

  it('are evicted through eviction', async () => {
    const world = new World();
    await world.send('POST', pods, pod({}));
    const { status } = await world.send('POST', `${pods}/a/eviction`, { metadata: { name: 'a' } });
    assert.deepEqual([status, (await world.send('GET', `${pods}/a`)).status], [201, 404]);
  });
});
