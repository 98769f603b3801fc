import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { describe } from 'node:test';
import { keyOf } from '../../src/api/meta.ts';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { FakeClock } from '../../src/base/fake-clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { Version } from '../../src/base/version.ts';
import { readGroupFeatures } from '../../src/core/targets/features.ts';
import { MetadataLabels } from '../../src/core/targets/groups/metadata-labels.ts';
import type { Role } from '../../src/core/targets/groups/discovered-objects.ts';
import type { KubernetesSdConfig, RoleSelector } from '../../src/core/targets/sd-config.ts';
import type { TargetGroup } from '../../src/core/targets/target-group.ts';
import { InformerPool } from '../../src/discovery/kubernetes/informer-pool.ts';
import { createKubernetesDiscoverer } from '../../src/discovery/kubernetes/kubernetes-discoverer.ts';
import { DiscoveryMetrics } from '../../src/discovery/metrics.ts';
import { createInformer } from '../../src/kubernetes/cache/informer.ts';
import { MemoryApi } from '../unit/discovery/memory-api.ts';
import { itAgreesWithFolder } from './case-folder.ts';

/** Objects by plural name. */
type Objects = Readonly<Record<string, readonly KubernetesObject[]>>;

interface Input {
  readonly role: Role;
  readonly ownNamespace: string;
  readonly namespaces: { readonly IncludeOwnNamespace: boolean; readonly Names: readonly string[] | null };
  readonly attachMetadata: Readonly<Record<'Node' | 'Namespace' | 'Deployment' | 'Job' | 'CronJob', boolean>>;
  /** Printed by Go: `{node:{label:a=b field:} pod:…}`. */
  readonly selectors: string;
  readonly objectsBefore: Objects | null;
  /** The whole state at the end. */
  readonly objectsAfter: Objects | null;
}

interface RecordedGroup {
  readonly Source: string;
  readonly Labels: Readonly<Record<string, string>> | null;
  readonly Targets: readonly Readonly<Record<string, string>>[] | null;
}

interface Expected {
  readonly result: Readonly<Record<string, RecordedGroup>>;
}

function readSelectors(text: string): RoleSelector[] {
  const found = text.matchAll(/(\w+):\{label:(\S*) field:([^\s}]*)\}/g);
  return [...found]
    .map(([, role = '', label = '', field = '']) => ({ role: role as Role, label, field }))
    .filter(({ label, field }) => label !== '' || field !== '');
}

function readConfig({ role, namespaces, attachMetadata, selectors }: Input): KubernetesSdConfig {
  return {
    mechanism: 'kubernetes',
    role,
    apiServer: undefined,
    kubeconfigFile: '',
    namespaces: { ownNamespace: namespaces.IncludeOwnNamespace, names: namespaces.Names ?? undefined },
    selectors: readSelectors(selectors),
    attachMetadata: {
      node: attachMetadata.Node,
      namespace: attachMetadata.Namespace,
      deployment: attachMetadata.Deployment,
      job: attachMetadata.Job,
      cronjob: attachMetadata.CronJob,
    },
    httpClient: {},
  };
}

/** Brings the API server from the state before to the state at the end, as the recorded test did while it ran. */
function applyChanges(api: MemoryApi, before: Objects, after: Objects): void {
  for (const plural of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const old = new Map((before[plural] ?? []).map((object) => [keyOf(object), object]));
    for (const object of after[plural] ?? []) {
      if (!isDeepStrictEqual(old.get(keyOf(object)), object)) api.put(plural, object);
      old.delete(keyOf(object));
    }
    for (const key of old.keys()) api.delete(plural, key);
  }
}

const show = ({ source, labels, targets }: TargetGroup): RecordedGroup => ({
  Source: source,
  Labels: labels.toObject(),
  Targets: targets.map((target) => target.toObject()),
});

const complete = (group: RecordedGroup): RecordedGroup => ({
  Source: group.Source,
  Labels: group.Labels ?? {},
  Targets: group.Targets ?? [],
});

async function discover(input: Input): Promise<Record<string, RecordedGroup>> {
  const api = new MemoryApi();
  const { objectsBefore, objectsAfter } = input;
  for (const [plural, objects] of Object.entries(objectsBefore ?? {})) for (const one of objects) api.put(plural, one);
  const clock = new FakeClock();
  const common = { clock, random: () => 0.5, logger: silentLogger };
  const pool = new InformerPool(
    (options) => createInformer({ ...options, ...common, client: api.client }),
    (error) => assert.ifError(error),
  );
  const found: Record<string, RecordedGroup> = {};
  const discoverer = createKubernetesDiscoverer({
    ...common,
    config: readConfig(input),
    pool,
    ownNamespace: input.ownNamespace,
    features: readGroupFeatures(Version.parse('3.15.0')),
    metadata: new MetadataLabels(),
    metrics: new DiscoveryMetrics(),
  });
  const abort = new AbortController();
  const ended = discoverer.run(
    (groups) => groups.forEach((group) => (found[group.source] = show(group))),
    abort.signal,
  );
  await clock.advance(200);
  applyChanges(api, objectsBefore ?? {}, objectsAfter ?? {});
  await clock.advance(200);
  abort.abort();
  await ended;
  assert.equal(pool.size, 0);
  return found;
}

describe('Kubernetes discovery', () => {
  itAgreesWithFolder<Input, Expected>('kubernetes-sd', async ({ input, expect }) => {
    const expected = Object.entries(expect.result).map(([source, group]) => [source, complete(group)]);
    assert.deepEqual(await discover(input), Object.fromEntries(expected));
  });
});
