import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { podType } from '../../../src/api/builtin-types.ts';
import type { Plan } from '../../../src/core/plan/plan-model.ts';
import { invoke } from '../../cli/invoke.ts';
import { discoveryUrl, podMonitor, servedPrometheus, startServed } from './served-world.ts';
import { inWorld } from './world.ts';
import type { World } from './world.ts';

const flags = { 'discovery-service-url': [discoveryUrl] };
const folder = mkdtempSync(join(tmpdir(), 'stoker-served-'));
after(() => rmSync(folder, { recursive: true }));

async function plan({ kubeconfig }: World, object: object): Promise<Plan> {
  const file = join(folder, 'to.json');
  writeFileSync(file, JSON.stringify(object));
  const { stdout, stderr } = await invoke(
    ...['plan', file, '-o', 'json', '--kubeconfig', kubeconfig, '--server-side', '--field-manager', 'user'],
    ...['--force-conflicts', '--operator-args', `--discovery-service-url=${discoveryUrl}`],
  );
  assert.notEqual(stdout, '', stderr);
  return JSON.parse(stdout) as Plan;
}

const listObjects = ({ workloads }: Plan): string[] =>
  workloads.flatMap(({ objects }) => objects.map(({ action, kind, name }) => `${action} ${kind} ${name}`));

const listParts = ({ workloads }: Plan): string[] =>
  workloads.flatMap(({ parts }) => parts.map(({ action, part, name }) => `${action} ${part} ${name}`));

describe('a workload whose targets the discovery service finds', () => {
  it('is planned as its own discovery would be changed', async () => {
    await inWorld(async (world) => {
      await startServed(world, 'service');
      assert.deepEqual(listObjects(await plan(world, servedPrometheus('service'))), []);
      const changed = await plan(world, podMonitor('b', 'other'));
      assert.deepEqual(listObjects(changed), ['update ConfigMap prometheus-main-discovery-0']);
      assert.deepEqual(listParts(changed), ['change job podMonitor/shop/b/0']);
      const off = await plan(world, servedPrometheus('own'));
      const objects = ['delete ConfigMap prometheus-main-discovery-0', 'update Secret prometheus-main'];
      assert.deepEqual([listObjects(off).sort(), listParts(off)], [objects, []]);
    }, flags);
  });

  it('has the targets that it would find for itself, in what was published, too', async () => {
    await inWorld(async (world) => {
      await startServed(world, 'service');
      const ask = async (...more: string[]): Promise<unknown> => {
        const { stdout, stderr } = await invoke('targets', '-o', 'json', '--kubeconfig', world.kubeconfig, ...more);
        assert.notEqual(stdout, '', stderr);
        const { activeTargets, droppedTargets, summary } = JSON.parse(stdout) as Record<string, readonly object[]>;
        return { activeTargets, dropped: droppedTargets?.length, summary };
      };
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'b-0', namespace: 'shop', labels: { app: 'b' } },
        spec: { containers: [{ name: 'b', image: 'b', ports: [{ name: 'web', containerPort: 80 }] }] },
      };
      world.apply(pod);
      const name = { namespace: 'shop', name: 'b-0' };
      const live = { ...world.api.get(podType, name), status: { phase: 'Running', podIP: '10.0.0.7' } };
      world.api.updateStatus(podType, live as never);
      const rendered = await ask();
      assert.match(JSON.stringify(rendered), /10\.0\.0\.7:80/);
      assert.deepEqual(await ask('--from-secret'), rendered);
    }, flags);
  });
});
