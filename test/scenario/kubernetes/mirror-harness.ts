import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyOf } from '../../../src/api/meta.ts';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { createInformer } from '../../../src/kubernetes/cache/informer.ts';
import type { Informer, InformerOptions } from '../../../src/kubernetes/cache/informer.ts';
import { createClient } from '../../../src/kubernetes/client/rest-client.ts';
import { loadKubeConfig } from '../../../src/kubernetes/client/kube-config.ts';
import { createFaults } from '../../../src/sandbox/faults/faults.ts';
import type { Faults } from '../../../src/sandbox/faults/faults.ts';
import { createSandboxServer } from '../../../src/sandbox/server.ts';
import type { SandboxServer } from '../../../src/sandbox/server.ts';
import { advanceUntil } from '../../fake-time.ts';

export const configMaps: ResourceType = {
  group: '',
  version: 'v1',
  plural: 'configmaps',
  kind: 'ConfigMap',
  namespaced: true,
};

/** A sandbox with faults, an informer on it over TLS, and a mirror built from nothing but what handlers were told. */
export interface MirrorHarness {
  readonly clock: FakeClock;
  readonly faults: Faults;
  readonly sandbox: SandboxServer;
  readonly informer: Informer<KubernetesObject>;
  /** resourceVersions by key, from add, update and delete alone. */
  readonly mirror: Map<string, string>;
  /** What handlers were told that cannot be: an add of what is there, an update or a delete of what is not. */
  readonly contradictions: string[];
  readonly told: string[];
  readonly write: (name: string, value: string) => void;
  readonly remove: (name: string) => void;
  /** resourceVersions by key, as the server has them; of the namespaces of the test alone. */
  readonly truth: () => Map<string, string>;
  /** Turns the clock until the condition holds; fails after ten minutes of it. */
  readonly until: (condition: () => boolean, what: string) => Promise<void>;
  /** True when store, mirror and server agree. */
  readonly agrees: () => boolean;
  readonly stop: () => Promise<void>;
}

export async function startMirror(options: Partial<InformerOptions<KubernetesObject>> = {}): Promise<MirrorHarness> {
  const faults = createFaults();
  const sandbox = createSandboxServer({ faults: faults.hook, historySize: 50 });
  await sandbox.listen();
  const folder = mkdtempSync(join(tmpdir(), 'mirror-'));
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, sandbox.kubeconfig());
  const clock = new FakeClock();
  const client = createClient(loadKubeConfig({ kubeconfig }), { userAgent: 'test', clock });
  const informer = createInformer({
    client,
    type: configMaps,
    scope: { kind: 'cluster', denied: ['kube-system', 'kube-public'] },
    clock,
    random: Math.random,
    logger: silentLogger,
    ...options,
  });
  const mirror = new Map<string, string>();
  const contradictions: string[] = [];
  const told: string[] = [];
  watchIntoMirror(informer, { mirror, contradictions, told });
  const end = new AbortController();
  const run = informer.run(end.signal);
  const list = (objects: readonly KubernetesObject[]): Map<string, string> =>
    new Map(objects.map((object) => [keyOf(object), object.metadata.resourceVersion ?? '']));
  const truth = (): Map<string, string> =>
    list(sandbox.api.list(configMaps).items.filter(({ metadata }) => metadata.namespace === 'default'));
  const isSame = (left: Map<string, string>, right: Map<string, string>): boolean =>
    left.size === right.size && [...left].every(([key, value]) => right.get(key) === value);
  return {
    clock,
    faults,
    sandbox,
    informer,
    mirror,
    contradictions,
    told,
    truth,
    write: (name, value) => {
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default', name }, data: { value } };
      if (truth().has(`default/${name}`)) sandbox.api.update(configMaps, object);
      else sandbox.api.create(configMaps, object);
    },
    remove: (name) => {
      if (truth().has(`default/${name}`)) sandbox.api.delete(configMaps, { namespace: 'default', name });
    },
    until: (condition, what) => advanceUntil(clock, condition, what),
    agrees: () => isSame(truth(), list(informer.store.list())) && isSame(truth(), mirror),
    stop: async () => {
      end.abort();
      await run;
      await client.close();
      await sandbox.close();
      rmSync(folder, { recursive: true });
    },
  };
}

interface Sinks {
  readonly mirror: Map<string, string>;
  readonly contradictions: string[];
  readonly told: string[];
}

function watchIntoMirror(informer: Informer<KubernetesObject>, { mirror, contradictions, told }: Sinks): void {
  informer.addHandler({
    add: (object) => {
      if (mirror.has(keyOf(object))) contradictions.push(`add of ${keyOf(object)}, which is there`);
      mirror.set(keyOf(object), object.metadata.resourceVersion ?? '');
      told.push(`add ${keyOf(object)}`);
    },
    update: (previous, object) => {
      const known = mirror.get(keyOf(object));
      if (known !== previous.metadata.resourceVersion)
        contradictions.push(`update of ${keyOf(object)} from another state`);
      mirror.set(keyOf(object), object.metadata.resourceVersion ?? '');
      told.push(`update ${keyOf(object)}`);
    },
    delete: (object, tombstone) => {
      if (!mirror.delete(keyOf(object))) contradictions.push(`delete of ${keyOf(object)}, which is not there`);
      told.push(`${tombstone ? 'tombstone' : 'delete'} ${keyOf(object)}`);
    },
  });
}
