import type { ResourceType } from '../../../../src/api/meta.ts';
import { keyOf } from '../../../../src/api/meta.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import type { EventHandler } from '../../../../src/kubernetes/cache/handlers.ts';
import { createInformer } from '../../../../src/kubernetes/cache/informer.ts';
import type { Informer, InformerOptions } from '../../../../src/kubernetes/cache/informer.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { ScriptedClient } from './scripted-client.ts';
import type { TestObject } from './scripted-client.ts';

export const thingType: ResourceType = {
  group: 'test.io',
  version: 'v1',
  plural: 'things',
  kind: 'Thing',
  namespaced: true,
};

export interface Harness {
  readonly client: ScriptedClient;
  readonly clock: FakeClock;
  readonly logger: RecordingLogger;
  readonly informer: Informer<TestObject>;
  /** What a handler was told, as sentences. */
  readonly told: string[];
  /** Names in the store. */
  readonly stored: () => string[];
  /** Lets everything happen that needs no time. */
  readonly settle: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** An informer on a scripted client and a clock that stands still; random is 0, so waits are 800, 1600 … ms. */
export function makeHarness(options: Partial<InformerOptions<TestObject>> = {}): Harness {
  const client = new ScriptedClient();
  const clock = new FakeClock();
  const logger = new RecordingLogger();
  const informer = createInformer<TestObject>({
    client,
    type: thingType,
    clock,
    random: () => 0,
    logger,
    ...options,
  });
  const told: string[] = [];
  informer.addHandler(createTeller(told));
  const end = new AbortController();
  let run: Promise<void> | undefined;
  const settle = (): Promise<void> => clock.advance(0);
  return {
    client,
    clock,
    logger,
    informer,
    told,
    settle,
    stored: () => informer.store.list().map(keyOf),
    start: async () => {
      run = informer.run(end.signal);
      await settle();
    },
    stop: async () => {
      end.abort();
      await run;
    },
  };
}

/** A handler that writes down what it is told. */
export function createTeller(told: string[]): EventHandler<TestObject> {
  return {
    add: (object, isInitialList) => told.push(`${isInitialList ? 'initial' : 'add'} ${describe(object)}`),
    update: (previous, object) => told.push(`update ${describe(previous)} to ${describe(object)}`),
    delete: (object, tombstone) => told.push(`${tombstone ? 'tombstone' : 'delete'} ${describe(object)}`),
  };
}

function describe(object: TestObject): string {
  return `${keyOf(object)}@${object.metadata.resourceVersion ?? ''}`;
}
