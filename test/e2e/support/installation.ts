/** What kubelets would do with an installed operator, and what it must then have made of examples/. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import type { Cluster } from './cluster.ts';
import { describeWrite } from './audit.ts';
import { listJobs } from './config.ts';
import { eventually } from './eventually.ts';
import type { Operator } from './operator.ts';
import { World } from './world.ts';

const root = join(import.meta.dirname, '..', '..', '..');
export const examples = join(root, 'examples');

export const deploymentType: ResourceType = {
  group: 'apps',
  version: 'v1',
  plural: 'deployments',
  kind: 'Deployment',
  namespaced: true,
};

interface Container {
  readonly args: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
}

export interface Deployment extends KubernetesObject {
  readonly spec: {
    readonly replicas: number;
    readonly template: {
      readonly spec: { readonly serviceAccountName: string; readonly containers: readonly Container[] };
    };
  };
}

export const account = 'system:serviceaccount:stoker:stoker';

/**
 * Starts one replica of Deployment stoker/stoker as a kubelet would: with the arguments and the environment of its
 * container, as its ServiceAccount, which may do what the installed roles say and nothing else.
 * @param more flags for what a pod has to itself, such as ports.
 */
export async function runReplica(
  cluster: Cluster,
  podName = 'stoker-0',
  more: readonly string[] = [],
): Promise<Operator> {
  const { spec } = await cluster.api.get<Deployment>(deploymentType, 'stoker/stoker');
  const { serviceAccountName, containers } = spec.template.spec;
  const { args, env = [] } = containers[0]!;
  const [command, ...flags] = args;
  assert.equal(command, 'run');
  const values = Object.fromEntries(env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
  return await cluster.startOperator({
    kubeconfig: await cluster.kubeconfigOfServiceAccount('stoker', serviceAccountName),
    args: [...flags, ...more],
    env: { ...values, POD_NAME: podName, POD_NAMESPACE: 'stoker' },
  });
}

/** Waits until all CRDs are served. */
export async function whenCrdsServed(cluster: Cluster): Promise<void> {
  // kubectl fails while a definition has no status at all.
  await eventually('the CRDs are established', () =>
    cluster.controlPlane.kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s']),
  );
}

/** Applies examples/ and waits until their Prometheus is what they ask for. */
export async function applyExamples(cluster: Cluster): Promise<World> {
  await cluster.controlPlane.kubectl(['apply', `--filename=${examples}`]);
  const world = new World(() => cluster, 'monitoring');
  await world.whenSynced();
  const jobs = ['serviceMonitor/shop/cart/0', 'serviceMonitor/shop/cart-grpc/0', 'podMonitor/shop/worker/0'];
  await eventually('the config has the jobs of all monitors that it selects', async () => {
    assert.deepEqual(listJobs(await world.readConfig()), jobs);
  });
  const children = Object.keys(await world.listChildren()).sort();
  for (const child of ['StatefulSet prometheus-main', 'Secret prometheus-main', 'Service prometheus-operated']) {
    assert.ok(children.includes(child), children.join());
  }
  assert.ok(
    children.some((child) => child.startsWith('ConfigMap prometheus-main-rulefiles')),
    children.join(),
  );
  return world;
}

/** The ServiceAccount was never refused anything: its roles have every rule that is used. */
export function assertNothingRefused(cluster: Cluster): number {
  const requests = cluster.listRequests(account);
  assert.deepEqual(requests.filter(({ code }) => code === 403).map(describeWrite), []);
  return requests.length;
}

interface TestPod extends KubernetesObject {
  readonly spec: { readonly containers: readonly { readonly command: string[]; readonly args: string[] }[] };
}

/** Runs the command of the pod of `helm test` against the operator; its output. */
export async function runTestPod(pod: KubernetesObject, operator: Operator): Promise<string> {
  const { command, args } = (pod as TestPod).spec.containers[0]!;
  const [node, ...flags] = command;
  assert.equal(node, '/usr/local/bin/node');
  const env = { ...process.env, STOKER_URL: operator.url };
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, ...args], { env });
  return stdout;
}
