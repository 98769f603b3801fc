import { Turns } from '../../../src/runtime/turns.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { secretType, statefulSetType } from '../../../src/api/builtin-types.ts';
import { renderCRD } from '../../../src/api/crd.ts';
import { customKinds } from '../../../src/api/kinds.ts';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import type { PrometheusAgent } from '../../../src/api/prometheus-agent.ts';
import { prometheusAgentType } from '../../../src/api/prometheus-agent.ts';
import type { Prometheus } from '../../../src/api/prometheus.ts';
import { prometheusType } from '../../../src/api/prometheus.ts';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { Fleet } from '../../../src/controllers/workload/fleet.ts';
import { WorkloadController } from '../../../src/controllers/workload/controller.ts';
import {
  createWorkloadWatches,
  createSharedWatches,
  listInformers,
} from '../../../src/controllers/workload/watches.ts';
import type { WorkloadMetrics } from '../../../src/controllers/workload/metrics.ts';
import { createClient } from '../../../src/kubernetes/client/rest-client.ts';
import { loadKubeConfig } from '../../../src/kubernetes/client/kube-config.ts';
import type { EventRecord } from '../../../src/kubernetes/events/render-event.ts';
import { readCapabilities } from '../../../src/operator/cluster/facts.ts';
import { parseOptions } from '../../../src/operator/options/options.ts';
import type { FlagTexts } from '../../../src/operator/options/reader.ts';
import { toSettings } from '../../../src/operator/settings.ts';
import { workloadKinds } from '../../../src/core/kinds/registry.ts';
import { FencedError } from '../../../src/runtime/controller.ts';
import { startControllers } from '../../../src/sandbox/controllers/start.ts';
import { createFaults } from '../../../src/sandbox/faults/faults.ts';
import type { Faults } from '../../../src/sandbox/faults/faults.ts';
import type { SandboxApi } from '../../../src/sandbox/api.ts';
import { createSandboxServer } from '../../../src/sandbox/server.ts';
import { advance, advanceUntil, pass } from '../../fake-time.ts';

/** The operator's controllers of all kinds of workloads on a sandbox with faults; one fake clock for both. */
export interface World {
  readonly clock: FakeClock;
  readonly api: SandboxApi;
  readonly faults: Faults;
  /** The file by which commands reach the sandbox. */
  readonly kubeconfig: string;
  readonly events: EventRecord[];
  /** Writes of the operator in the order of their arrival: "update secrets monitoring/prometheus-main". */
  readonly writes: string[];
  /** Puts the lease in doubt: no write is allowed from now on. */
  loseLease(): void;
  /** The lease is held after all. */
  keepLease(): void;
  recreations(): number;
  /** How many syncs have failed so far. */
  failures(): number;
  /** How many there were, of all workloads. */
  syncs(): number;
  apply(object: object): void;
  jobs(name?: string): string[];
  /** Another object of namespace "monitoring", with its conditions as "TYPE STATUS REASON MESSAGE". */
  conditions(type: ResourceType, name: string): string[];
  /** A key of a Secret in namespace "monitoring" as text, gzip undone; "" when it is not there. */
  text(secret: string, key: string): string;
  /** Jobs in the config Secret of that name. */
  jobsIn(secret: string): string[];
  prometheus(name?: string): Prometheus;
  /** The PrometheusAgent "edge". */
  agent(): PrometheusAgent;
  condition(type: string, name?: string): string;
  statefulSet(name?: string): KubernetesObject | undefined;
  until(condition: () => boolean, what: string): Promise<void>;
  /** Lets `ms` go by. */
  pass(ms: number): Promise<void>;
}

const writeMethods = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

export const prometheus = (name: string, spec: object = {}): object => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'Prometheus',
  metadata: { name, namespace: 'monitoring' },
  spec: { serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: { matchLabels: { team: 'shop' } }, ...spec },
});

export const monitor = (name: string, endpoint: object = {}): object => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { matchLabels: { app: name } }, endpoints: [{ port: 'web', ...endpoint }] },
});

/**
 * Runs one scenario, beginning with namespaces "monitoring" and "shop" (team=shop), and stops everything.
 * @param turns in which syncs compute; those of the default never rest.
 */
export async function inWorld(
  run: (world: World) => Promise<void>,
  flags: FlagTexts = {},
  turns = new Turns({ monotonic: () => 0 }),
): Promise<void> {
  const clock = new FakeClock();
  const faults = createFaults();
  const writes: string[] = [];
  const sandbox = createSandboxServer({
    clock,
    faults: {
      ...faults.hook,
      before: (request) => {
        if (writeMethods.has(request.method) && request.userAgent === 'scenario') {
          const { verb, resource, subresource, namespace, name } = request;
          writes.push(`${verb} ${resource}${subresource === '' ? '' : `/${subresource}`} ${namespace}/${name}`);
        }
        return faults.hook.before(request);
      },
    },
  });
  await sandbox.listen();
  const controllers = startControllers(sandbox.api, { clock });
  const folder = mkdtempSync(join(tmpdir(), 'scenario-'));
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, sandbox.kubeconfig());
  const client = createClient(loadKubeConfig({ kubeconfig }), { userAgent: 'scenario', clock });
  const options = parseOptions(flags);
  const parts = { client, clock, random: Math.random, logger: silentLogger };
  const { scope } = options;
  const shared = createSharedWatches(scope, parts);
  const daemonSets = options.gates.PrometheusAgentDaemonSet;
  const kinds = workloadKinds.map((kind) => {
    return { kind, watches: createWorkloadWatches(shared, kind, { scope, parts, daemonSets, guards: options.guards }) };
  });
  const events: EventRecord[] = [];
  const state = { leads: true, recreations: 0, failures: 0, syncs: 0 };
  const deps = {
    client,
    clock,
    logger: silentLogger,
    settings: toSettings(options, readCapabilities({ major: 1, minor: 36, gitVersion: '' })),
    events: { record: (event: EventRecord) => void events.push(event) },
    metrics: countInto(state),
    fence: () => {
      if (!state.leads) throw new FencedError();
    },
    workers: 2,
    turns,
    repairPolicy: options.repairPolicy,
    disruption: options.disruption,
    fleet: new Fleet(options.disruption.limit),
    controllerId: '',
  };
  const controllersOfKinds = kinds.map((one) => new WorkloadController({ ...deps, ...one }));
  const end = new AbortController();
  const running = listInformers(...kinds.map(({ watches }) => watches)).map((informer) => informer.run(end.signal));
  for (const controller of controllersOfKinds) controller.start(end.signal);
  const world = describeWorld({ api: sandbox.api, clock, faults, kubeconfig, events, writes, state });
  for (const kind of customKinds) world.apply(renderCRD(kind));
  world.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'monitoring' } });
  world.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'shop' } } });
  try {
    await run(world);
  } finally {
    end.abort(new Error('stopped'));
    faults.clear();
    await Promise.race([Promise.all(controllersOfKinds.map((controller) => controller.stop())), spin(clock)]);
    await Promise.race([Promise.all(running), spin(clock)]);
    controllers.stop();
    await client.close();
    await sandbox.close();
    rmSync(folder, { recursive: true });
  }
}

/** Lets time go by until whoever waits for the clock has been served. */
async function spin(clock: FakeClock): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) {
    await advance(clock, 5000);
  }
}

interface State {
  leads: boolean;
  recreations: number;
  failures: number;
  syncs: number;
}

interface Parts {
  readonly api: SandboxApi;
  readonly clock: FakeClock;
  readonly faults: Faults;
  readonly kubeconfig: string;
  readonly events: EventRecord[];
  readonly writes: string[];
  readonly state: State;
}

function describeWorld({ api, clock, faults, kubeconfig, events, writes, state }: Parts): World {
  const read = (name = 'main'): Prometheus =>
    api.get(prometheusType, { namespace: 'monitoring', name }) as unknown as Prometheus;
  return {
    api,
    clock,
    faults,
    kubeconfig,
    events,
    writes,
    loseLease: () => (state.leads = false),
    keepLease: () => (state.leads = true),
    recreations: () => state.recreations,
    failures: () => state.failures,
    syncs: () => state.syncs,
    apply: (object) => {
      const { apiVersion = '', kind, metadata } = object as KubernetesObject;
      const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
      const type = api.resources().find((one) => one.kind === kind && one.group === group && one.version === version);
      if (type === undefined) throw new Error(`No ${kind ?? ''} here`);
      const { namespace = '', name = '' } = metadata;
      api.patch(type, { namespace, name }, { kind: 'apply', body: object, fieldManager: 'user', force: true });
    },
    conditions: (type, name) => {
      const { status } = (api.get(type, { namespace: 'monitoring', name }) ?? {}) as Pick<Prometheus, 'status'>;
      return (status?.conditions ?? []).map((one) => {
        return [one.type, one.status, one.reason ?? '', one.message ?? ''].filter((text) => text !== '').join(' ');
      });
    },
    text: (secret, key) => readText(api, secret, key),
    jobs: (name = 'main') => listJobs(api, `prometheus-${name}`),
    jobsIn: (secret) => listJobs(api, secret),
    prometheus: read,
    agent: () => api.get(prometheusAgentType, { namespace: 'monitoring', name: 'edge' }) as unknown as PrometheusAgent,
    condition: (type, name) => {
      const found = read(name).status?.conditions?.find((one) => one.type === type);
      return found === undefined ? '' : `${found.status} ${found.reason ?? ''} ${found.message ?? ''}`.trim();
    },
    statefulSet: (name = 'prometheus-main') => api.get(statefulSetType, { namespace: 'monitoring', name }),
    until: (condition, what) => advanceUntil(clock, condition, what),
    pass: (ms) => pass(clock, ms),
  };
}

function readText(api: SandboxApi, name: string, key: string): string {
  const secret = api.get(secretType, { namespace: 'monitoring', name }) as
    { data?: Record<string, string> } | undefined;
  const bytes = Buffer.from(secret?.data?.[key] ?? '', 'base64');
  return (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8');
}

function listJobs(api: SandboxApi, secretName: string): string[] {
  const text = readText(api, secretName, 'prometheus.yaml.gz');
  return [...text.matchAll(/^- job_name: (.+)$/gm)].map(([, job = '']) => job);
}

function countInto(state: State): WorkloadMetrics {
  const nothing = (): void => undefined;
  return {
    observeReconcile: (result) => {
      state.syncs += 1;
      if (result === 'failed' || result === 'terminal') state.failures += 1;
    },
    observeTrigger: nothing,
    observeRecreate: () => {
      state.recreations += 1;
    },
    observeContest: nothing,
    observeBindingFailures: nothing,
    observeStatusUpdate: nothing,
    setReady: nothing,
    setSyncs: nothing,
    setManaged: nothing,
    setSpec: nothing,
    setRoom: nothing,
    observeConditions: nothing,
    forgetSpec: nothing,
  };
}
