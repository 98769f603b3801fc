import { createHash } from 'node:crypto';
import { renderCRD } from '../../src/api/crd.ts';
import { customKinds } from '../../src/api/kinds.ts';
import type { KubernetesObject, ResourceType } from '../../src/api/meta.ts';
import type { ApiObject, SandboxApi } from '../../src/sandbox/api.ts';
import type { EventFate, Fault, RequestFacts } from '../../src/sandbox/fault-hook.ts';
import { startControllers } from '../../src/sandbox/controllers/start.ts';
import { createFaults } from '../../src/sandbox/faults/faults.ts';
import type { Faults } from '../../src/sandbox/faults/faults.ts';
import type { Handler } from '../../src/sandbox/http/api-handler.ts';
import { createSandboxServer } from '../../src/sandbox/server.ts';
import type { SandboxServer } from '../../src/sandbox/server.ts';
import { StatusError } from '../../src/sandbox/status-error.ts';
import type { StoreSnapshot } from '../../src/sandbox/store/store.ts';
import type { Kind, Named } from './action.ts';
import { SimulatedTime } from './time.ts';

/** Where the operator's Lease is. */
export const operatorNamespace = 'default';
export const token = 'simulated';

const simulatedKinds = new Set<string>([
  'PodMonitor',
  'Probe',
  'Prometheus',
  'PrometheusAgent',
  'PrometheusRule',
  'ScrapeConfig',
  'ServiceMonitor',
]);

/** What is no write that a user could notice: leases, events, questions about permissions. */
const uncounted = new Set(['leases', 'events', 'selfsubjectaccessreviews', 'selfsubjectrulesreviews']);
const writeVerbs = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);

/** A cluster to begin with: CRDs installed, nodes there. Making it takes longer than copying it. */
export async function createTemplate(): Promise<StoreSnapshot> {
  const time = new SimulatedTime();
  const sandbox = createSandboxServer({ clock: time, random: () => 0.5, adminToken: token });
  const controllers = startControllers(sandbox.api, { clock: time });
  for (const kind of customKinds.filter(({ type }) => simulatedKinds.has(type.kind)))
    sandbox.api.create(
      { group: 'apiextensions.k8s.io', plural: 'customresourcedefinitions' },
      renderCRD(kind) as unknown as KubernetesObject,
    );
  await time.advance(1000);
  controllers.stop();
  return sandbox.snapshot();
}

export interface ClusterOptions {
  readonly random: () => number;
  /** What is there in the beginning. */
  readonly template: StoreSnapshot;
  /** Whether there are machines that play Pods. */
  readonly pods: boolean;
  /** Events of watches that are kept; absent: as many as the sandbox keeps. */
  readonly historySize?: number | undefined;
}

/** An API server with the controllers of Kubernetes, on simulated time, to which faults can be added. */
export class Cluster {
  readonly api: SandboxApi;
  readonly handle: Handler;
  readonly faults: Faults = createFaults();
  /** Writes of the operator in the order of their arrival: "update secrets monitoring/prometheus-main". */
  readonly writes: string[] = [];
  /** Requests of the operator, leases and events included. */
  requests = 0;
  readonly #sandbox: SandboxServer;
  readonly #types: ReadonlyMap<string, ResourceType>;
  readonly #trace = createHash('sha256');
  /** Watches that have lost an event, and must be told that they are too old. */
  readonly #lossy = new Set<RequestFacts>();
  readonly #controllers: { stop(): void };
  /** Unexpected failures of the sandbox itself. */
  readonly failures: string[] = [];

  constructor(time: SimulatedTime, { random, template, pods, historySize }: ClusterOptions) {
    this.#sandbox = createSandboxServer({
      clock: time,
      random,
      adminToken: token,
      snapshot: template,
      ...(historySize === undefined ? {} : { historySize }),
      faults: { before: (facts) => this.#note(facts, time), onEvent: (facts, event) => this.#judge(facts, event) },
      onRequest: ({ error, verb, path }) => {
        if (error !== undefined) this.failures.push(`${verb} ${path}: ${error}`);
      },
    });
    this.api = this.#sandbox.api;
    this.handle = this.#sandbox.handle;
    this.#controllers = startControllers(this.api, {
      clock: time,
      kubelet: pods,
      podRetryMs: 20_000,
      podStartMs: 0,
      podStopMs: 0,
    });
    this.#types = new Map(this.api.resources().map((type) => [type.kind, type]));
  }

  /** A hash of all requests so far and of when they came: equal for equal runs. */
  digest(): string {
    return this.#trace.copy().digest('hex');
  }

  stop(): void {
    this.#controllers.stop();
  }

  /** Faults end; watches that have lost events are ended as too old, which is how a client learns of it. */
  calmDown(): void {
    this.faults.clear();
  }

  snapshot(): StoreSnapshot {
    return this.#sandbox.snapshot();
  }

  typeOf(kind: Kind): ResourceType {
    const type = this.#types.get(kind);
    if (type === undefined) throw new Error(`No ${kind} here`);
    return type;
  }

  list(kind: Kind): readonly ApiObject[] {
    return this.api.list(this.typeOf(kind)).items;
  }

  /** As `kubectl apply --force-conflicts`; what the server refuses stays as it is. */
  apply(object: object): void {
    const { kind, metadata } = object as ApiObject;
    const { namespace = '', name = '' } = metadata;
    this.attempt(() => {
      const request = { kind: 'apply', body: object, fieldManager: 'user', force: true } as const;
      this.api.patch(this.typeOf(kind as Kind), { namespace, name }, request);
    });
  }

  patch({ kind, namespace, name }: Named, body: object): void {
    this.attempt(() =>
      this.api.patch(this.typeOf(kind), { namespace, name }, { kind: 'merge', body, fieldManager: 'user' }),
    );
  }

  delete({ kind, namespace, name }: Named): void {
    this.attempt(() => this.api.delete(this.typeOf(kind), { namespace, name }));
  }

  /** A user's request: a refusal is an answer. */
  attempt(act: () => unknown): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
    }
  }

  #note(facts: RequestFacts, time: SimulatedTime): Fault | undefined {
    const { verb, resource, subresource, namespace, name } = facts;
    const what = `${verb} ${resource}${subresource === '' ? '' : `/${subresource}`} ${namespace}/${name}`;
    this.requests += 1;
    this.#trace.update(`${time.monotonic()} ${what}\n`);
    if (writeVerbs.has(verb) && !uncounted.has(resource)) this.writes.push(what);
    return this.faults.hook.before(facts);
  }

  #judge(facts: RequestFacts, event: Parameters<NonNullable<Faults['hook']['onEvent']>>[1]): EventFate {
    const fate = this.faults.hook.onEvent?.(facts, event) ?? 'send';
    if (fate === 'drop' && event.type !== 'BOOKMARK') this.#lossy.add(facts);
    if (fate === 'send' && this.#lossy.delete(facts)) return 'expire';
    return fate;
  }
}
