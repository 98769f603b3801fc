/** promtool as the judge of a whole Pod: config, the files it names, rules and web config. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import type { DaemonSet, StatefulSet } from '../../../src/core/render/shared/rendered-objects.ts';
import { runPromtool } from '../../control-plane/prometheus.ts';
import { layOutPod } from './pod-files.ts';

/** What was looked at. */
export interface Checked {
  readonly configs: number;
  readonly ruleFiles: number;
}

/** The StatefulSets and DaemonSets whose Pods run Prometheus. */
export function listPrometheusWorkloads(objects: readonly KubernetesObject[]): (StatefulSet | DaemonSet)[] {
  const workloads = objects.filter(({ kind }) => kind === 'StatefulSet' || kind === 'DaemonSet');
  const hasPrometheus = (one: StatefulSet | DaemonSet): boolean =>
    one.spec.template.spec.containers.some(({ name }) => name === 'prometheus');
  return (workloads as (StatefulSet | DaemonSet)[]).filter(hasPrometheus);
}

/**
 * promtool accepts what the Pods of all workloads would find.
 *
 * @param objects the workloads, and all Secrets and ConfigMaps that they mount.
 * @param caCertificate PEM for the files of the ServiceAccount.
 */
export async function assertPodsAccepted(objects: readonly KubernetesObject[], caCertificate = ''): Promise<Checked> {
  let ruleFiles = 0;
  const workloads = listPrometheusWorkloads(objects);
  for (const workload of workloads) ruleFiles += await assertPodAccepted(workload, objects, caCertificate);
  return { configs: workloads.length, ruleFiles };
}

async function assertPodAccepted(
  workload: StatefulSet | DaemonSet,
  objects: readonly KubernetesObject[],
  caCertificate: string,
): Promise<number> {
  const { name = '' } = workload.metadata;
  const folder = mkdtempSync(join(tmpdir(), 'stoker-pod-'));
  try {
    const facts = { podName: `${name}-0`, nodeName: 'node-1', caCertificate };
    const { configFile, webConfigFile, ruleFiles } = layOutPod(folder, workload, objects, facts);
    await assertAccepted(['check', 'config', '--lint=none', configFile]);
    await assertAccepted(['check', 'web-config', webConfigFile]);
    if (ruleFiles.length > 0) await assertAccepted(['check', 'rules', '--lint=none', ...ruleFiles]);
    return ruleFiles.length;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function assertAccepted(args: readonly string[]): Promise<void> {
  const { valid, output } = await runPromtool(args);
  assert.ok(valid, `promtool ${args.join(' ')}\n${output}`);
}
