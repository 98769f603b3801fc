import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { TestContext } from 'node:test';
import { statefulSetType } from '../../src/api/builtin-types.ts';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { apiVersionOf, keyOf } from '../../src/api/meta.ts';
import { compareJson } from '../../src/core/render/shared/differences.ts';
import { inputHashAnnotation } from '../../src/core/render/shared/input-hash.ts';
import type { StatefulSet } from '../../src/core/render/shared/rendered-objects.ts';
import { skipWithoutShared } from '../shared-material.ts';
import { RefusedError } from './support/api.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import { listOtherSets } from './support/recorded-kinds.ts';
import type { Adoptable } from './support/recorded.ts';
import { listPrometheusSets } from './support/recorded.ts';
import { foreignHash } from './support/reference.ts';
import { planSuite } from './support/suite.ts';

/** Of each refusal: the API server repeats the object that it refuses. */
const printedCharacters = 200;
const patienceMs = 120_000;
const timeoutMs = 900_000;

const folders = ['prometheus-statefulset', 'agent-statefulset', 'alertmanager-statefulset', 'thanosruler-statefulset'];
const { it, before, after } = planSuite([], ...folders.map((folder) => skipWithoutShared(`conformance/${folder}`)));

interface Adopted extends Adoptable {
  /** As the API server has it. */
  readonly made: StatefulSet;
}

interface Synced extends KubernetesObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly message?: string }[] };
}

const folderOf = ({ recording }: Pick<Adoptable, 'recording'>): string => recording.split('/')[0] ?? '';

describe('an operator that finds what the reference was recorded to make', () => {
  let cluster: Cluster;
  /** By the settings of the operator. */
  const namespaces = new Map<string, string>();
  const adopted: Adopted[] = [];
  const refused: string[] = [];
  const namespaceOf = (flags: readonly string[]): string => {
    const key = flags.join(' ');
    const namespace = namespaces.get(key) ?? `recorded-${namespaces.size}`;
    namespaces.set(key, namespace);
    return namespace;
  };
  before(async () => {
    cluster = await startCluster();
    for (const one of [...listPrometheusSets(), ...listOtherSets(namespaceOf)]) {
      await cluster.createNamespace(namespaceOf(one.flags));
      try {
        adopted.push({ ...one, made: await bringToLife(one) });
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        refused.push(`${one.recording}: ${error.message.replace(/^.*? 422 /, '')}`);
      }
    }
  });
  after(() => cluster.stop());

  /** Both objects, as they are after the reference made the second of the first. */
  async function bringToLife({ type, owner, statefulSet, flags }: Adoptable): Promise<StatefulSet> {
    const namespace = namespaceOf(flags);
    const { metadata } = await cluster.api.create(type, { ...owner, metadata: { ...owner.metadata, namespace } });
    const { name = '', uid = '' } = metadata;
    const reference = { apiVersion: apiVersionOf(type), kind: type.kind, name, uid };
    const annotations = { ...statefulSet.metadata.annotations, [inputHashAnnotation]: foreignHash };
    const ownerReferences = [{ ...reference, controller: true, blockOwnerDeletion: true }];
    const placed = { ...statefulSet.metadata, namespace, annotations, ownerReferences };
    try {
      return await cluster.api.create(statefulSetType, { ...statefulSet, metadata: placed }, 'PrometheusOperator');
    } catch (error) {
      await cluster.api.remove(type, `${namespace}/${name}`);
      throw error;
    }
  }

  const read = async ({ made }: Adopted): Promise<StatefulSet> =>
    await cluster.api.get<StatefulSet>(statefulSetType, keyOf(made));

  /** One operator after the other, each with the settings of some recordings and their namespace, until it has taken them over. */
  async function takeOver(): Promise<void> {
    for (const [key, namespace] of namespaces) {
      const group = adopted.filter(({ flags }) => flags.join(' ') === key);
      const [first] = group;
      if (first === undefined) continue;
      const operator = await cluster.startOperator({ args: [...first.flags, `--namespaces=${namespace}`] });
      await operator.whenReady();
      await eventually(
        `all of ${namespace} is taken over`,
        async () => {
          for (const one of group) {
            const { metadata } = await read(one);
            if (metadata.annotations?.[inputHashAnnotation] !== foreignHash) continue;
            const { status } = await cluster.api.get<Synced>(one.type, `${namespace}/${one.owner.metadata.name ?? ''}`);
            assert.fail(`${one.recording}: ${status?.conditions?.at(-1)?.message ?? ''}`.slice(0, printedCharacters));
          }
        },
        patienceMs,
      );
      await operator.stop();
    }
  }

  /** The recordings whose StatefulSet is another one or has another spec than the reference made. */
  async function listChanged(test: TestContext): Promise<string[]> {
    const changed: string[] = [];
    for (const one of adopted) {
      const { metadata, spec } = await read(one);
      assert.deepEqual(metadata.labels, one.made.metadata.labels, one.recording);
      if (metadata.uid === one.made.metadata.uid && metadata.generation === 1) continue;
      changed.push(one.recording);
      const differences = JSON.stringify(compareJson(spec, one.made.spec, 'spec'));
      test.diagnostic(`${one.recording}: ${differences}`.slice(0, printedCharacters));
    }
    return changed;
  }

  it(
    'changes no pod template of any of them',
    async (test) => {
      for (const folder of folders) {
        const counts = [adopted, refused.map((recording) => ({ recording }))].map(
          (list) => list.filter((one) => folderOf(one) === folder).length,
        );
        test.diagnostic(`${folder}: ${counts[0] ?? 0} StatefulSets; the API server refuses ${counts[1] ?? 0} others`);
      }
      for (const line of refused) test.diagnostic(line.slice(0, printedCharacters));
      assert.ok(adopted.length > 260, `${adopted.length} recordings`);
      await takeOver();
      assert.deepEqual(await listChanged(test), []);
    },
    timeoutMs,
  );

  it(
    'gives them back: the reference writes what it would, and nothing restarts then or when they are taken over again',
    async (test) => {
      for (const one of adopted) {
        const { metadata } = await read(one);
        const annotations = { ...metadata.annotations, [inputHashAnnotation]: foreignHash };
        const { resourceVersion = '' } = metadata;
        const again = { ...one.made, metadata: { ...one.made.metadata, annotations, resourceVersion } };
        await cluster.api.replace(statefulSetType, again, 'PrometheusOperator');
      }
      assert.deepEqual(await listChanged(test), []);
      await takeOver();
      assert.deepEqual(await listChanged(test), []);
    },
    timeoutMs,
  );
});
