import type { KubernetesObject, NamespacedName, ResourceType } from '../../../../src/api/meta.ts';
import type {
  KubernetesClient,
  ListOptions,
  ObjectList,
  WatchEvent,
  WatchOptions,
} from '../../../../src/kubernetes/client/client.ts';
import { ApiError, TransportError } from '../../../../src/kubernetes/client/errors.ts';

export interface TestObject extends KubernetesObject {
  spec?: Record<string, unknown>;
}

type Answer = ObjectList<TestObject> | Error;

/** An object with the fields that caches look at. */
export function makeObject(name: string, resourceVersion: number, more: Partial<TestObject> = {}): TestObject {
  const [namespace = '', plain = ''] = name.includes('/') ? name.split('/') : ['', name];
  const metadata = { name: plain, ...(namespace === '' ? {} : { namespace }), uid: `uid-${name}` };
  return {
    apiVersion: 'v1',
    kind: 'Thing',
    ...more,
    metadata: { ...metadata, resourceVersion: String(resourceVersion), ...more.metadata },
  };
}

export function makeList(resourceVersion: number, ...items: TestObject[]): ObjectList<TestObject> {
  return { items, metadata: { resourceVersion: String(resourceVersion) } };
}

export function bookmark(resourceVersion: number, isEnd = false): WatchEvent<TestObject> {
  const annotations = isEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
  return { type: 'BOOKMARK', object: { metadata: { resourceVersion: String(resourceVersion), ...annotations } } };
}

/** What a connection ends with that the other side closed. */
export const reset = new TransportError('other side closed', 'reset');

export function fail(status: number, more: { reason?: string; retryAfterSeconds?: number } = {}): ApiError {
  return new ApiError({ status, reason: 'Test', message: `status ${status}`, ...more });
}

/** Of one object that is not there. */
export function missing(name = 'x'): ApiError {
  return new ApiError({ status: 404, reason: 'NotFound', message: `"${name}" not found`, details: { name } });
}

/** One open watch, fed by the test. */
export class ScriptedWatch {
  readonly options: WatchOptions;
  #queue: (WatchEvent<TestObject> | Error | 'end')[] = [];
  #wake: () => void = () => undefined;
  closed = false;

  constructor(options: WatchOptions) {
    this.options = options;
  }

  send(type: WatchEvent['type'], object: TestObject): void {
    this.push({ type, object });
  }

  push(item: WatchEvent<TestObject> | Error | 'end'): void {
    this.#queue.push(item);
    this.#wake();
  }

  async *read(): AsyncGenerator<WatchEvent<TestObject>> {
    const { signal } = this.options;
    signal?.addEventListener('abort', () => this.#wake());
    this.options.onOpen?.();
    try {
      for (;;) {
        if (signal?.aborted === true) throw signal.reason as Error;
        const item = this.#queue.shift();
        if (item === undefined) await new Promise<void>((resolve) => (this.#wake = resolve));
        else if (item === 'end') return;
        else if (item instanceof Error) throw item;
        else yield structuredClone(item);
      }
    } finally {
      this.closed = true;
    }
  }
}

/** A client whose every answer is the test's. */
export class ScriptedClient implements KubernetesClient {
  /** Answers to list, in order; the last one stays. */
  lists: Answer[] = [];
  /** What the next watches are refused with, in order. */
  refusals: (Error | undefined)[] = [];
  /** Refuses each watch that asks for initial events. */
  watchListError: Error | undefined = fail(400);
  gets: (TestObject | Error)[] = [];
  readonly watches: ScriptedWatch[] = [];
  /** "list", "watch" or "get" with what matters of the options. */
  readonly calls: string[] = [];
  readonly listOptions: ListOptions[] = [];

  get lastWatch(): ScriptedWatch {
    const last = this.watches.at(-1);
    if (last === undefined) throw new Error('There was no watch');
    return last;
  }

  get<T extends KubernetesObject>(_type: ResourceType, { name }: NamespacedName): Promise<T> {
    this.calls.push(`get ${name}`);
    const answer = this.gets.length > 1 ? this.gets.shift() : this.gets[0];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(structuredClone(answer) as unknown as T);
  }

  list<T extends KubernetesObject>(_type: ResourceType, options: ListOptions = {}): Promise<ObjectList<T>> {
    const { namespace = '', limit, continue: token } = options;
    const parts = ['list', namespace, limit === undefined ? 'full' : '', token ?? ''];
    this.calls.push(parts.filter((part) => part !== '').join(' '));
    this.listOptions.push(options);
    const answer = this.lists.length > 1 ? this.lists.shift() : this.lists[0];
    if (answer === undefined) return Promise.reject(new TypeError('The script has no list'));
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve(structuredClone(answer) as unknown as ObjectList<T>);
  }

  watch<T extends KubernetesObject>(_type: ResourceType, options: WatchOptions): AsyncIterable<WatchEvent<T>> {
    const { namespace = '', resourceVersion = '', sendInitialEvents = false } = options;
    const parts = ['watch', namespace, sendInitialEvents ? 'initial' : resourceVersion];
    this.calls.push(parts.filter((part) => part !== '').join(' '));
    const refusal = (sendInitialEvents ? this.watchListError : undefined) ?? this.refusals.shift();
    if (refusal !== undefined) return failingWatch(refusal);
    const watch = new ScriptedWatch(options);
    this.watches.push(watch);
    return watch.read() as unknown as AsyncIterable<WatchEvent<T>>;
  }

  create = unscripted;
  update = unscripted;
  patch = unscripted;
  delete = unscripted;
  raw = unscripted;
  close = unscripted;
}

function unscripted(): Promise<never> {
  return Promise.reject(new TypeError('Caches only read'));
}

// eslint demands a yield of generators: this one never comes so far.
async function* failingWatch(error: Error): AsyncGenerator<never> {
  await Promise.resolve();
  if (error instanceof Error) throw error;
  yield error;
}
