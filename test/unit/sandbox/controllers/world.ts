/** A whole sandbox without a socket, on a clock that the test turns. */
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import type { ApiObject, ListOptions, ResourceName } from '../../../../src/sandbox/api.ts';
import type { ControllersOptions } from '../../../../src/sandbox/controllers/start.ts';
import { startControllers } from '../../../../src/sandbox/controllers/start.ts';
import type { Pod } from '../../../../src/sandbox/controllers/shapes.ts';
import { createSandboxServer } from '../../../../src/sandbox/server.ts';

export const namespace = 'default';
const resources: Readonly<Record<string, ResourceName>> = {
  StatefulSet: { group: 'apps', plural: 'statefulsets' },
  Deployment: { group: 'apps', plural: 'deployments' },
  DaemonSet: { group: 'apps', plural: 'daemonsets' },
  Pod: { group: '', plural: 'pods' },
  Service: { group: '', plural: 'services' },
  Secret: { group: '', plural: 'secrets' },
  ConfigMap: { group: '', plural: 'configmaps' },
  PersistentVolumeClaim: { group: '', plural: 'persistentvolumeclaims' },
  Namespace: { group: '', plural: 'namespaces' },
  Node: { group: '', plural: 'nodes' },
  Event: { group: '', plural: 'events' },
  EndpointSlice: { group: 'discovery.k8s.io', plural: 'endpointslices' },
  Endpoints: { group: '', plural: 'endpoints' },
};

function resourceOf(kind: string): ResourceName {
  const found = resources[kind];
  if (found === undefined) throw new Error(`The test has no resource for kind "${kind}"`);
  return found;
}

export class World {
  readonly clock = new FakeClock();
  readonly errors: string[] = [];
  readonly #server;
  readonly #running;

  constructor(options: Partial<ControllersOptions> = {}) {
    let seed = 1;
    const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
    this.#server = createSandboxServer({ clock: this.clock, random });
    const onError = (controller: string, error: unknown): void => {
      this.errors.push(`${controller}: ${String(error)}`);
    };
    this.#running = startControllers(this.#server.api, { clock: this.clock, onError, ...options });
  }

  get api() {
    return this.#server.api;
  }

  /** Creates an object in the namespace of the tests. */
  create(kind: string, name: string, fields: object = {}, metadata: object = {}): ApiObject {
    const body = { apiVersion: '', kind: '', metadata: { name, namespace, ...metadata }, ...fields };
    const { apiVersion: _version, kind: _kind, ...object } = body;
    return this.api.create(resourceOf(kind), object);
  }

  get(kind: string, name: string): ApiObject | undefined {
    return this.api.get(resourceOf(kind), { namespace, name });
  }

  /** Merges a change into an object. */
  change(kind: string, name: string, body: object): ApiObject {
    return this.api.patch(resourceOf(kind), { namespace, name }, { kind: 'merge', body });
  }

  delete(kind: string, name: string, options: Parameters<World['api']['delete']>[2] = {}): void {
    this.api.delete(resourceOf(kind), { namespace, name }, options);
  }

  list(kind: string, options: ListOptions = {}): readonly ApiObject[] {
    return this.api.list(resourceOf(kind), { namespace, ...options }).items;
  }

  /** `name phase ready` of each Pod. */
  pods(): string[] {
    return (this.list('Pod') as readonly Pod[]).map(({ metadata, status }) => {
      const ready =
        status?.conditions?.some(({ type, status: holds }) => type === 'Ready' && holds === 'True') === true;
      return `${metadata.name ?? ''} ${status?.phase ?? ''} ${ready ? 'ready' : 'not ready'}`;
    });
  }

  statusOf(kind: string, name: string): Readonly<Record<string, unknown>> {
    return (this.get(kind, name)?.['status'] ?? {}) as Record<string, unknown>;
  }

  advance(ms: number): Promise<void> {
    return this.clock.advance(ms);
  }

  stop(): void {
    this.#running.stop();
  }
}

/** The spec of a workload of one container. */
export function workload(app: string, fields: object = {}, podSpec: object = {}): object {
  const containers = [{ name: 'main', image: 'app:1', ports: [{ name: 'web', containerPort: 8080 }] }];
  return {
    spec: {
      selector: { matchLabels: { app } },
      template: { metadata: { labels: { app } }, spec: { containers, ...podSpec } },
      ...fields,
    },
  };
}
