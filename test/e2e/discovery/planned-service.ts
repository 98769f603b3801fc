import { gzipSync } from 'node:zlib';
import { createSystemClock } from '../../../src/base/clock.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { dumpYaml } from '../../../src/base/yaml.ts';
import { Version } from '../../../src/base/version.ts';
import { configMapType } from '../../../src/api/builtin-types.ts';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import { loadPrometheusConfig } from '../../../src/core/prometheus-config/load-config.ts';
import { chooseForm } from '../../../src/core/served/choose-form.ts';
import { planKeys, planLabel } from '../../../src/core/served/served-workload.ts';
import type { ServedWorkload } from '../../../src/core/served/served-workload.ts';
import type { KubernetesClient } from '../../../src/kubernetes/client/client.ts';
import { createClient } from '../../../src/kubernetes/client/rest-client.ts';
import { runDiscovery } from '../../../src/operator/discovery-service/discovery-process.ts';
import { parseDiscoveryOptions } from '../../../src/operator/options/discovery.ts';
import type { ControlPlane } from '../../control-plane/control-plane.ts';
import { findFreePort } from '../../control-plane/readiness.ts';

export type Block = Readonly<Record<string, unknown>>;

/** A job as the operator would plan it: without how Prometheus reaches the API server. */
export function planJob(job: Block): Block {
  const discoveries = job.kubernetes_sd_configs as Block[];
  const own = discoveries.map((config) => {
    const shared = Object.entries(config).filter(
      ([key]) => !['api_server', 'authorization', 'tls_config'].includes(key),
    );
    return Object.fromEntries(shared);
  });
  return { ...job, kubernetes_sd_configs: own };
}

/** The job as Prometheus has it when its targets are served. */
export function serveJob(job: Block, base: string, version: string): Block {
  const parsed = Version.parse(version);
  const [loaded] = loadPrometheusConfig(dumpYaml({ scrape_configs: [planJob(job)] }), parsed).jobs;
  const form = loaded && chooseForm(loaded, parsed);
  if (form === undefined) throw new Error(`Cannot serve job ${String(job.job_name)}`);
  const { kubernetes_sd_configs: _own, relabel_configs: rules, ...rest } = job;
  const url = `${base.replace('FORM', form)}/${encodeURI(String(job.job_name))}`;
  return {
    ...rest,
    http_sd_configs: [{ url, refresh_interval: '1s' }],
    ...(form === 'kept' ? { relabel_configs: rules } : {}),
  };
}

/** Writes the discovery plan of a workload, as ConfigMap NAME-discovery-0. */
export async function writePlan(
  client: KubernetesClient,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  { workload, jobs }: { readonly workload: ServedWorkload; readonly jobs: readonly Block[] },
): Promise<void> {
  const object = {
    metadata: {
      namespace,
      name: `prometheus-${name}-discovery-0`,
      labels: { [planLabel]: 'true' },
      ownerReferences: [{ apiVersion: 'monitoring.coreos.com/v1', kind: workload.kind, name, uid: 'of-a-test' }],
    },
    data: { [planKeys.workload]: JSON.stringify(workload) },
    binaryData: { [planKeys.jobs]: gzipSync(dumpYaml({ scrape_configs: jobs.map(planJob) })).toString('base64') },
  };
  const { items } = await client.list<KubernetesObject>(configMapType, { namespace });
  const known = items.find(({ metadata }) => metadata.name === object.metadata.name);
  if (known === undefined) await client.create(configMapType, object);
  else
    await client.update(configMapType, {
      ...object,
      metadata: { ...object.metadata, resourceVersion: known.metadata.resourceVersion },
    } as KubernetesObject);
}

export interface RunningService {
  readonly url: string;
  stop(): Promise<void>;
}

/** Runs `stoker discovery` in this process, in clear. */
export async function startService(
  kubeconfig: string,
  flags: Readonly<Record<string, string>> = {},
): Promise<RunningService> {
  const port = await findFreePort();
  const stop = new AbortController();
  const texts = {
    kubeconfig,
    'web.listen-address': `127.0.0.1:${port}`,
    'web.enable-tls': 'false',
    authorization: 'none',
    ...flags,
  };
  const options = parseDiscoveryOptions(
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, [text]])),
  );
  const deps = { clock: createSystemClock(), random: Math.random, logger: silentLogger, version: 'test' };
  const ended = runDiscovery({ ...deps, options, env: {} }, stop.signal);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      stop.abort(new Error('stopped'));
      await ended;
    },
  };
}

/** A client of the administrator. */
export function createAdminClient({
  server,
  adminToken,
}: Pick<ControlPlane, 'server' | 'adminToken'>): KubernetesClient {
  const credentials = { headers: { authorization: `Bearer ${adminToken}` }, tls: { rejectUnauthorized: false } };
  return createClient(
    { server, namespace: 'default', applyAuth: () => Promise.resolve(credentials) },
    { userAgent: 'stoker-test', clock: createSystemClock() },
  );
}
