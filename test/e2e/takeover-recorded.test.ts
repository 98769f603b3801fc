import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { statefulSetType } from '../../src/api/builtin-types.ts';
import { keyOf } from '../../src/api/meta.ts';
import type { Prometheus } from '../../src/api/prometheus.ts';
import { prometheusType } from '../../src/api/prometheus.ts';
import { compareJson } from '../../src/core/render/shared/differences.ts';
import type { StatefulSet } from '../../src/core/render/shared/objects.ts';
import { RefusedError } from './support/api.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import type { Adoptable } from './support/recorded.ts';
import { listAdoptables, recordedFlags } from './support/recorded.ts';
import { foreignHash } from './support/reference.ts';
import { inputHashAnnotation } from '../../src/core/render/shared/input-hash.ts';
import { skipWithoutShared } from '../shared-material.ts';
import { planSuite } from './support/suite.ts';

/** Of each refusal: the API server repeats the object that it refuses. */
const printedCharacters = 200;

const { it, before, after } = planSuite([], skipWithoutShared('conformance/prometheus-statefulset'));

describe('an operator that finds what the reference was recorded to make', () => {
  let cluster: Cluster;
  const adopted: { recording: string; statefulSet: StatefulSet }[] = [];
  const refused: string[] = [];
  before(async () => {
    cluster = await startCluster();
    await cluster.createNamespace('recorded');
    for (const one of listAdoptables('recorded')) {
      try {
        adopted.push({ recording: one.recording, statefulSet: await bringToLife(one) });
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        refused.push(`${one.recording}: ${error.message}`);
      }
    }
  });
  after(() => cluster.stop());

  /** Both objects, as they are after the reference made the second of the first. */
  async function bringToLife({ prometheus, statefulSet }: Adoptable): Promise<StatefulSet> {
    const owner = await cluster.api.create<Prometheus>(prometheusType, prometheus);
    const { name = '', uid = '' } = owner.metadata;
    const reference = { apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus', name, uid };
    const annotations = { ...statefulSet.metadata.annotations, [inputHashAnnotation]: foreignHash };
    const ownerReferences = [{ ...reference, controller: true, blockOwnerDeletion: true }];
    const metadata = { ...statefulSet.metadata, annotations, ownerReferences };
    try {
      return await cluster.api.create(statefulSetType, { ...statefulSet, metadata }, 'PrometheusOperator');
    } catch (error) {
      await cluster.api.remove(prometheusType, keyOf(owner));
      throw error;
    }
  }

  it('restarts no pod of any of them', async (test) => {
    test.diagnostic(`${adopted.length} recordings; the API server refuses ${refused.length} others`);
    for (const line of refused) test.diagnostic(line.slice(0, printedCharacters));
    assert.ok(adopted.length > 100, `${adopted.length} recordings`);
    const operator = await cluster.startOperator({ args: recordedFlags });
    await operator.whenReady();
    await eventually(
      'every Prometheus is synced',
      async () => {
        const all = await cluster.api.list<Prometheus>(prometheusType, 'recorded');
        const waiting = all.filter(
          ({ status }) =>
            status?.conditions?.some(({ type, status: is }) => type === 'Reconciled' && is === 'True') !== true,
        );
        assert.deepEqual(
          waiting.map(({ metadata, status }) => [metadata.name, status?.conditions?.at(-1)?.message]),
          [],
        );
      },
      120_000,
    );
    await operator.stop();
    const restarted: string[] = [];
    for (const { recording, statefulSet } of adopted) {
      const { metadata, spec } = await cluster.api.get<StatefulSet>(statefulSetType, keyOf(statefulSet));
      assert.notEqual(metadata.annotations?.[inputHashAnnotation], foreignHash, recording);
      assert.equal(metadata.uid, statefulSet.metadata.uid, recording);
      if (metadata.generation === 1) continue;
      restarted.push(recording);
      const differences = JSON.stringify(compareJson(spec, statefulSet.spec, 'spec'));
      test.diagnostic(`${recording}: ${differences.slice(0, 5 * printedCharacters)}`);
    }
    assert.deepEqual(restarted, []);
  });
});
