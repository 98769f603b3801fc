/** The prometheus.yml of every Pod of Prometheus in the example stacks. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import { dumpYaml, parseYaml } from '../../../src/base/yaml.ts';
import { readManifests } from '../../../src/cli/manifests.ts';
import { invoke } from '../../cli/invoke.ts';
import { layOutPod } from '../support/pod-files.ts';
import type { PodFacts } from '../support/pod-files.ts';
import { listPrometheusWorkloads } from '../support/promtool.ts';
import type { ApiAccess } from './random-config.ts';

const root = join(import.meta.dirname, '..', '..', '..', 'stacks');

export interface StackConfig {
  readonly stack: string;
  /** Name of the StatefulSet or DaemonSet. */
  readonly workload: string;
  /** As the Pod has it; paths lead into the folder it was laid out in. */
  readonly text: string;
}

/**
 * Renders all stacks; of each StatefulSet and DaemonSet the first Pod.
 *
 * @param folder for the files of the Pods; each gets its own below it.
 */
export async function renderStackConfigs(folder: string, facts: Omit<PodFacts, 'podName'>): Promise<StackConfig[]> {
  const stacks = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const configs: StackConfig[] = [];
  for (const { name: stack } of stacks) {
    const path = join(root, stack);
    const gates = ['--feature-gates', 'PrometheusAgentDaemonSet=true'];
    const { code, stdout, stderr } = await invoke('render', path, '-o', 'json', ...gates);
    // One of the stacks has an AlertmanagerConfig that is left out on purpose.
    assert.equal(code, stack === 'alertmanager-tenants' ? 3 : 0, stderr);
    const { items } = JSON.parse(stdout) as { items: KubernetesObject[] };
    for (const workload of listPrometheusWorkloads(items)) {
      const { name = '' } = workload.metadata;
      const pod = join(folder, stack, name);
      const objects = [...readManifests([path]), ...items];
      const { configFile } = layOutPod(pod, workload, objects, { ...facts, podName: `${name}-0` });
      configs.push({ stack, workload: name, text: readFileSync(configFile, 'utf8') });
    }
  }
  return configs;
}

/** Where what the Pod reaches inside of its cluster is for a process outside of it. */
export interface Outside {
  readonly access: ApiAccess;
  /** Stands for every server that is asked for targets over HTTP. */
  readonly targetServer: string;
}

/** The config with other addresses of the API server and of HTTP discovery; all else stays. */
export function moveOutside(text: string, { access, targetServer }: Outside): string {
  const client = {
    api_server: access.server,
    authorization: { credentials: access.token },
    tls_config: { insecure_skip_verify: true },
  };
  const move = (value: unknown, key: string): unknown => {
    if (key === 'kubernetes_sd_configs') return (value as object[]).map((one) => ({ ...one, ...client }));
    if (key === 'http_sd_configs')
      return (value as { url: string }[]).map((one) => ({ ...one, url: targetServer + new URL(one.url).pathname }));
    if (Array.isArray(value)) return value.map((one: unknown) => move(one, ''));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, move(one, name)]));
  };
  return dumpYaml(move(parseYaml(text), ''));
}

/** Number of jobs of a prometheus.yml. */
export function countJobs(text: string): number {
  return (parseYaml(text) as { scrape_configs: unknown[] }).scrape_configs.length;
}
