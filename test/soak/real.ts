import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { renderCRD } from '../../src/api/crd.ts';
import { customKinds } from '../../src/api/kinds.ts';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { createSystemClock } from '../../src/base/clock.ts';
import type { KubernetesClient } from '../../src/kubernetes/client/client.ts';
import { createClient } from '../../src/kubernetes/client/rest-client.ts';
import { isInvalid, isNotFound } from '../../src/kubernetes/client/errors.ts';
import { loadKubeConfig } from '../../src/kubernetes/client/kube-config.ts';
import { startControllers } from '../../src/sandbox/controllers/start.ts';
import { createSandboxServer } from '../../src/sandbox/server.ts';
import { startControlPlane } from '../control-plane/control-plane.ts';
import { locateControlPlane } from '../control-plane/locate.ts';
import { Workspace } from '../control-plane/workspace.ts';
import { findFreePort } from '../control-plane/readiness.ts';
import { SeededRandom } from '../e2e/discovery/seeded-random.ts';
import { eventually } from '../e2e/support/eventually.ts';
import { Operator, buildBundle } from '../e2e/support/operator.ts';
import { makeMonitor, makeNamespace, makeSecret, namespaces, secretNames } from '../simulation/objects.ts';
import type { Allowance, Sample } from './trend.ts';
import { typeOfObject } from './types.ts';

export interface RealSoakOptions {
  readonly minutes: number;
  readonly monitors: number;
  /** Between two changes by users. */
  readonly changeMs: number;
  readonly sampleMs: number;
  /** False: the sandbox, although a real kube-apiserver is there. */
  readonly useRealApiServer: boolean;
  readonly seed: number;
  readonly onSample?: (sample: Sample) => void;
}

export interface RealSoak {
  readonly apiServer: string;
  readonly changes: number;
  readonly samples: readonly Sample[];
  /** Lines of the operator's log that tell of mistakes of the program. */
  readonly mistakes: readonly string[];
}

/** Of the operator's process. V8 lets its heap grow before it collects; resident memory follows late. */
export const realAllowances: Readonly<Record<string, Allowance>> = {
  'resident memory, MB': { absolute: 40, relative: 0.2 },
  'heap used, MB': { absolute: 15, relative: 0.25 },
  'event loop delay p99, ms': { absolute: 20, relative: 1 },
  'open files': { absolute: 5, relative: 0.1 },
  'active resources': { absolute: 8, relative: 0.2 },
};

/** The operator in a process of its own, beside an API server, for real minutes; users change something all the time. */
export async function runRealSoak(options: RealSoakOptions): Promise<RealSoak> {
  const workspace = new Workspace('soak');
  const bundle = workspace.path('stoker.mjs');
  await buildBundle(bundle);
  const cluster = await startApiServer(options, workspace.path('kubeconfig'));
  const client = createClient(loadKubeConfig({ kubeconfig: cluster.kubeconfig }), {
    userAgent: 'soak',
    clock: createSystemClock(),
  });
  const args = ['--feature-gates=StatusForConfigurationResources=true', '--leader-elect=true'];
  let operator: Operator | undefined;
  try {
    const users = new Users(client, options);
    await users.begin();
    operator = new Operator({ bundle, kubeconfig: cluster.kubeconfig, args }, await findFreePort());
    await operator.whenReady();
    const samples = await live(options, operator, users);
    return { apiServer: cluster.name, changes: users.changes, samples, mistakes: findMistakes(operator.log()) };
  } finally {
    await operator?.close();
    await client.close();
    await cluster.stop();
    await workspace.close();
  }
}

async function live(options: RealSoakOptions, operator: Operator, users: Users): Promise<Sample[]> {
  const samples: Sample[] = [];
  const begin = performance.now();
  const end = begin + options.minutes * 60_000;
  let sampledAt = begin;
  while (performance.now() < end) {
    await users.act();
    await delay(options.changeMs);
    if (performance.now() - sampledAt < options.sampleMs) continue;
    sampledAt = performance.now();
    const sample = { minute: (sampledAt - begin) / 60_000, ...(await readSample(operator)) };
    samples.push(sample);
    options.onSample?.(sample);
  }
  return samples;
}

/** All figures of one answer: reading the delay of the event loop begins it anew. */
async function readSample(operator: Operator): Promise<Sample> {
  const { body } = await operator.fetch('/metrics');
  const read = (name: string): number =>
    body
      .split('\n')
      .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  return {
    'resident memory, MB': read('process_resident_memory_bytes') / 2 ** 20,
    'heap used, MB': read('nodejs_heap_size_used_bytes') / 2 ** 20,
    'event loop delay p99, ms': read('nodejs_eventloop_lag_p99_seconds') * 1000,
    'event loop delay max, ms': read('nodejs_eventloop_lag_max_seconds') * 1000,
    'open files': read('process_open_fds'),
    'active resources': read('nodejs_active_resources'),
  };
}

function findMistakes(log: string): string[] {
  return log
    .split('\n')
    .filter((line) => /TypeError|ReferenceError|MaxListenersExceeded|Maximum call stack/.test(line));
}

interface ApiServer {
  readonly name: string;
  readonly kubeconfig: string;
  stop(): Promise<void>;
}

async function startApiServer({ useRealApiServer }: RealSoakOptions, file: string): Promise<ApiServer> {
  if (useRealApiServer && locateControlPlane().skipped === undefined) {
    const controlPlane = await startControlPlane();
    const { kubeconfigPath: kubeconfig } = controlPlane;
    return { name: 'a real kube-apiserver', kubeconfig, stop: () => controlPlane.stop() };
  }
  const sandbox = createSandboxServer();
  await sandbox.listen();
  const controllers = startControllers(sandbox.api, { clock: createSystemClock({ unref: true }) });
  writeFileSync(file, sandbox.kubeconfig());
  const stop = async (): Promise<void> => {
    controllers.stop();
    await sandbox.close();
  };
  return { name: 'the sandbox', kubeconfig: file, stop };
}

/** Change one thing at a time, through the API server. */
class Users {
  changes = 0;
  readonly #client: KubernetesClient;
  readonly #random: SeededRandom;
  readonly #monitors: number;

  constructor(client: KubernetesClient, { seed, monitors }: RealSoakOptions) {
    this.#client = client;
    this.#random = new SeededRandom(seed);
    this.#monitors = monitors;
  }

  async begin(): Promise<void> {
    for (const kind of customKinds) await this.#apply(renderCRD(kind));
    for (const name of namespaces) await this.#apply(makeNamespace(this.#random, name));
    for (const name of secretNames) await this.#apply(makeSecret(this.#random, 'shop', name));
    await eventually('the CRDs are served', () => this.#applyMonitor(0), 60_000);
    for (let at = 1; at < this.#monitors; at += 1) await this.#applyMonitor(at);
    await this.#apply({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Prometheus',
      metadata: { namespace: 'monitoring', name: 'main' },
      spec: { serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: {}, ruleSelector: {} },
    });
  }

  async act(): Promise<void> {
    this.changes += 1;
    const at = this.#random.integer(0, this.#monitors - 1);
    const choice = this.#random.next();
    if (choice < 0.8) await this.#applyMonitor(at);
    else if (choice < 0.9) await this.#apply(makeSecret(this.#random, 'shop', this.#random.pick(secretNames)));
    else await this.#deleteMonitor(at);
  }

  /** Some are wrong on purpose: what the server refuses is refused. */
  async #applyMonitor(at: number): Promise<void> {
    await this.#apply(makeMonitor(this.#random, 'ServiceMonitor', nameMonitor(at))).catch((error: unknown) => {
      if (!isInvalid(error)) throw error;
    });
  }

  async #deleteMonitor(at: number): Promise<void> {
    const object = makeMonitor(this.#random, 'ServiceMonitor', nameMonitor(at));
    await this.#client.delete(typeOfObject(object), nameMonitor(at)).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  }

  async #apply(object: object): Promise<void> {
    const { namespace = '', name = '' } = (object as KubernetesObject).metadata;
    const patch = { kind: 'apply', body: object, fieldManager: 'user', force: true } as const;
    await this.#client.patch(typeOfObject(object), { namespace, name }, patch);
  }
}

const nameMonitor = (at: number): { namespace: string; name: string } => ({
  namespace: namespaces[at % namespaces.length] ?? 'shop',
  name: `monitor-${at}`,
});
