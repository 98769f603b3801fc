import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe } from 'node:test';
import { promisify } from 'node:util';
import { podType } from '../../src/api/builtin-types.ts';
import { prometheusType } from '../../src/api/prometheus.ts';
import { findBinary } from '../control-plane/locate.ts';
import { Workspace } from '../control-plane/workspace.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import { deploymentType, examples, runReplica } from './support/installation.ts';
import type { Deployment } from './support/installation.ts';
import type { Left } from './support/reference.ts';
import { assertUntouched, makeAsReference, updateAsReference } from './support/reference.ts';
import { planSuite } from './support/suite.ts';
import { World } from './support/world.ts';

const { it, before, after } = planSuite(['kube-controller-manager']);
const guide = join(import.meta.dirname, '..', '..', 'docs', 'migrate.md');

/** The commands of the page, by section. */
function readCommands(): ReadonlyMap<string, readonly string[]> {
  const sections = readFileSync(guide, 'utf8').split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => {
      const [title = ''] = section.split('\n');
      return [title, [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block)] as const;
    }),
  );
}

/** The Deployment of prometheus-operator: here no kubelet starts it. */
const reference = {
  metadata: { namespace: 'monitoring', name: 'prometheus-operator' },
  spec: {
    replicas: 1,
    selector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus-operator' } },
    template: {
      metadata: { labels: { 'app.kubernetes.io/name': 'prometheus-operator' } },
      spec: {
        containers: [
          {
            name: 'prometheus-operator',
            image: 'quay.io/prometheus-operator/prometheus-operator:v0.93.0',
            args: ['--config-reloader-cpu-request=20m', '--config-reloader-cpu-limit=20m', '--log-level=info'],
          },
        ],
      },
    },
  },
};

describe('the guide from prometheus-operator to Stoker and back', () => {
  let cluster: Cluster;
  let workspace: Workspace;
  let left: Left[] = [];
  const commands = readCommands();
  const world = new World(() => cluster, 'monitoring');
  before(async () => {
    cluster = await startCluster({ controllerManager: true });
    workspace = new Workspace('guide');
    const stoker = workspace.path('stoker');
    writeFileSync(stoker, `#!/bin/sh\nexec "${process.execPath}" "${cluster.bundle}" "$@"\n`);
    chmodSync(stoker, 0o755);
    await cluster.controlPlane.kubectl(['apply', `--filename=${examples}`]);
    await cluster.api.create(deploymentType, reference);
    const first = await cluster.startOperator({ args: reference.spec.template.spec.containers[0]?.args ?? [] });
    await world.whenSynced();
    await first.whenIdle({ prometheus: 1 });
    await first.stop();
    left = await makeAsReference(cluster.api);
    await eventually('the pods of the new sets are there', async () => assert.ok((await listPods()).length > 0));
    await cluster.api.patch(prometheusType, 'monitoring/main', { status: { conditions: [] } }, 'status');
  });
  after(async () => {
    await cluster.stop();
    await workspace.close();
  });

  async function run(section: string): Promise<void> {
    const blocks = commands.get(section) ?? [];
    assert.ok(blocks.length > 0, `The section "${section}" has no commands`);
    const kubectl = dirname(findBinary('kubectl') ?? '');
    const PATH = [dirname(workspace.path('stoker')), kubectl, process.env.PATH ?? ''].join(delimiter);
    const env = { ...process.env, PATH, KUBECONFIG: cluster.controlPlane.kubeconfigPath };
    const cwd = dirname(workspace.path('stoker'));
    for (const block of blocks) await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', block], { env, cwd });
  }
  /** "name uid" of all pods of Prometheus. */
  async function listPods(): Promise<string[]> {
    const pods = await cluster.api.list(podType, 'monitoring');
    const own = pods.filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === 'prometheus');
    return own.map(({ metadata }) => `${metadata.name ?? ''} ${metadata.uid ?? ''}`).sort();
  }
  const readReplicas = async (key: string): Promise<number> =>
    (await cluster.api.get<Deployment>(deploymentType, key)).spec.replicas;

  it('has commands where they are needed, and none elsewhere', () => {
    const counts = Object.fromEntries([...commands].map(([title, blocks]) => [title, blocks.length]));
    assert.deepEqual(counts, {
      Before: 2,
      Over: 2,
      See: 1,
      Back: 1,
      'One workload at a time': 0,
      'When both are at work': 0,
      'Under kube-prometheus-stack': 0,
    });
    return Promise.resolve();
  });

  it('leads over to Stoker without a restart of any pod', async (test) => {
    const pods = await listPods();
    await run('Before');
    await run('Over');
    assert.equal(await readReplicas('monitoring/prometheus-operator'), 0);
    const stoker = await runReplica(cluster);
    await stoker.whenReady();
    await world.whenSynced();
    await run('See');
    await stoker.whenIdle({ prometheus: 1 });
    await assertUntouched(cluster.api, left);
    assert.deepEqual(await listPods(), pods);
    test.diagnostic(`${pods.length} pods kept`);
    await stoker.stop();
  });

  it('leads back to prometheus-operator without a restart of any pod', async () => {
    const pods = await listPods();
    await run('Back');
    assert.equal(await readReplicas('monitoring/prometheus-operator'), 1);
    assert.equal(await cluster.api.find(deploymentType, 'stoker/stoker'), undefined);
    await updateAsReference(cluster.api, left);
    await assertUntouched(cluster.api, left);
    assert.deepEqual(await listPods(), pods);
    assert.equal((await world.readPrometheus()).metadata.deletionTimestamp, undefined);
  });
});
