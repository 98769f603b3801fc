import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../../../src/api/meta.ts';
import type { PrometheusSpec } from '../../../../../src/api/prometheus.ts';
import { chooseExcessTlsAssets } from '../../../../../src/core/render/shared/owned-secrets.ts';
import { deadlineAnnotation, decideSurplus } from '../../../../../src/core/render/prometheus/retention.ts';
import { makeAgent, makeServer, makeSettings, makeStatefulSet } from './fixtures.ts';

const now = Date.parse('2026-03-01T12:00:00.500Z');
const shards: readonly KubernetesObject[] = [0, 1, 2].map((shard) => makeStatefulSet(makeServer(), shard));
const retain = { whenScaled: 'Retain' as const };

/** What is decided about shard 1 of a Prometheus without shards, as text. */
function decideShard1(spec: PrometheusSpec, deadline?: string): string {
  const annotations = deadline === undefined ? {} : { [deadlineAnnotation]: deadline };
  const live = { metadata: { ...shards[1]?.metadata, annotations } };
  const [decision] = decideSurplus(makeServer(spec), [live], now);
  const { kind, dueAt } = { dueAt: undefined, ...decision } as { kind: string; dueAt: number | undefined };
  return [kind, dueAt === undefined ? 'never' : new Date(dueAt).toISOString()].join(' ');
}

describe('decideSurplus', () => {
  it('deletes the shards that are no longer wanted', () => {
    const names = decideSurplus(makeServer({ shards: 2 }), shards, now).map(
      ({ kind, statefulSet }) => `${kind} ${statefulSet.metadata.name ?? ''}`,
    );
    assert.deepEqual(names, ['delete prometheus-k8s-shard-2']);
  });

  it('retains them for the retention time when asked to', () => {
    assert.equal(decideShard1({ shardRetentionPolicy: retain }), 'retain 2026-03-02T12:00:00.500Z');
    assert.equal(decideShard1({ shardRetentionPolicy: retain, retention: '2d' }), 'retain 2026-03-03T12:00:00.500Z');
    const hour = { ...retain, retain: { retentionPeriod: '1h' } };
    assert.equal(decideShard1({ shardRetentionPolicy: hour, retention: '2d' }), 'retain 2026-03-01T13:00:00.500Z');
  });

  it('retains them for ever when only size bounds the data', () => {
    assert.equal(decideShard1({ shardRetentionPolicy: retain, retentionSize: '1GB' }), 'retain never');
    assert.equal(decideShard1({ shardRetentionPolicy: retain, retentionPercentage: '80' }), 'retain never');
    assert.equal(decideShard1({ shardRetentionPolicy: retain }, '0001-01-01T00:00:00Z'), 'keep never');
  });

  it('takes a share of zero for none', () => {
    const spec = { shardRetentionPolicy: retain, retentionPercentage: 0 };
    assert.equal(decideShard1(spec), 'retain 2026-03-02T12:00:00.500Z');
  });

  it('writes deadlines as the reference does', () => {
    const decisions = ['1GB', undefined].map((retentionSize) => {
      const spec = { shardRetentionPolicy: retain, ...(retentionSize === undefined ? {} : { retentionSize }) };
      const [decision] = decideSurplus(makeServer(spec), shards.slice(1, 2), now);
      return decision?.kind === 'retain' ? decision.deadline : undefined;
    });
    assert.deepEqual(decisions, ['0001-01-01T00:00:00Z', '2026-03-02T12:00:00Z']);
  });

  it('deletes them when their deadline is over, not before', () => {
    const spec = { shardRetentionPolicy: retain };
    assert.equal(decideShard1(spec, '2026-03-01T12:00:01Z'), 'keep 2026-03-01T12:00:01.000Z');
    assert.equal(decideShard1(spec, '2026-03-01T12:00:00Z'), 'delete never');
    assert.equal(decideShard1(spec, 'garbled'), 'retain 2026-03-02T12:00:00.500Z');
  });

  it('deletes them at once when the gate is closed', () => {
    const gates = { ...makeSettings().gates, PrometheusShardRetentionPolicy: false };
    const [decision] = decideSurplus(makeServer({ shardRetentionPolicy: retain }, { gates }), shards.slice(1), now);
    assert.equal(decision?.kind, 'delete');
  });

  it('touches nothing that is being deleted or belongs to others', () => {
    const [, second] = shards;
    assert.ok(second);
    const { metadata } = second;
    const others: KubernetesObject[] = [
      { metadata: { ...metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } },
      { metadata: { ...metadata, namespace: 'elsewhere' } },
      { metadata: { ...metadata, labels: { ...metadata.labels, 'operator.prometheus.io/mode': 'agent' } } },
      { metadata: { ...metadata, labels: { ...metadata.labels, 'operator.prometheus.io/name': 'other' } } },
      {
        metadata: {
          ...metadata,
          ownerReferences: [{ apiVersion: 'v1', kind: 'X', name: 'x', uid: 'x', controller: true }],
        },
      },
    ];
    assert.deepEqual(decideSurplus(makeServer(), others, now), []);
  });

  it('removes the StatefulSets of an agent that became a DaemonSet', () => {
    const live = makeStatefulSet(makeAgent());
    assert.deepEqual(
      decideSurplus(makeAgent({ mode: 'DaemonSet' }), [live], now).map(({ kind }) => kind),
      ['delete'],
    );
  });
});

describe('chooseExcessTlsAssets', () => {
  it('takes only numbers beyond the last, of its own Secrets', () => {
    const ownerReferences = [{ apiVersion: 'v1', kind: 'Prometheus', name: 'k8s', uid: 'u1', controller: true }];
    const make = (name: string, owned = true): KubernetesObject => ({
      metadata: { name, namespace: 'monitoring', ...(owned ? { ownerReferences } : {}) },
    });
    const live = [
      make('prometheus-k8s-tls-assets-0'),
      make('prometheus-k8s-tls-assets-1'),
      make('prometheus-k8s-tls-assets-10'),
      make('prometheus-k8s-tls-assets-2', false),
      make('prometheus-k8s-tls-assets-x'),
      make('prometheus-k8s'),
    ];
    const names = (count: number): unknown[] =>
      chooseExcessTlsAssets(makeServer(), live, count).map(({ metadata }) => metadata.name);
    assert.deepEqual(names(2), ['prometheus-k8s-tls-assets-10']);
    assert.deepEqual(names(0), ['prometheus-k8s-tls-assets-1', 'prometheus-k8s-tls-assets-10']);
  });
});
