import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import { search } from '../../../../src/core/overview/search.ts';
import type { Searched } from '../../../../src/core/overview/search.ts';

const object = (name: string, more: object = {}, namespace = 'shop'): KubernetesObject => ({
  metadata: { namespace, name },
  ...more,
});

const searched: readonly Searched[] = [
  { kind: 'ServiceMonitor', objects: [object('cart'), object('cart-grpc'), object('cart', {}, 'pay')] },
  { kind: 'Pod', objects: [object('cart-0', { status: { podIP: '10.0.0.12' } })] },
  {
    kind: 'PrometheusRule',
    objects: [object('slo', { spec: { groups: [{ rules: [{ alert: 'CartDown' }, { record: 'a' }] }] } })],
  },
  { kind: 'AlertmanagerConfig', objects: [object('team', { spec: { receivers: [{ name: 'pager' }] } })] },
];

const find = (query: string): string[] =>
  search(query, searched).map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);

describe('search', () => {
  it('finds names, those that are equal first, then those that begin so', () => {
    assert.deepEqual(find('Cart'), [
      'ServiceMonitor pay/cart',
      'ServiceMonitor shop/cart',
      'ServiceMonitor shop/cart-grpc',
      'Pod shop/cart-0',
      'Alert shop/CartDown',
    ]);
    assert.deepEqual(find('grpc'), ['ServiceMonitor shop/cart-grpc']);
  });

  it('takes names with their namespace', () => {
    assert.deepEqual(find('pay/cart'), ['ServiceMonitor pay/cart']);
  });

  it('leads from alerts and receivers to what they are in', () => {
    assert.deepEqual(find('cartdown'), ['Alert shop/CartDown']);
    assert.deepEqual(find('pager'), ['AlertmanagerConfig shop/team']);
  });

  it('leads from addresses to Pods, and with a port to targets', () => {
    assert.deepEqual(find('10.0.0.12'), ['Pod shop/cart-0']);
    assert.deepEqual(find('10.0.0.12:8080'), ['Target /10.0.0.12:8080']);
    assert.deepEqual(find('http://10.0.0.12:8080/metrics'), ['Target /http://10.0.0.12:8080/metrics']);
  });

  it('finds nothing for nothing', () => {
    assert.deepEqual(find('  '), []);
    assert.deepEqual(find('nowhere'), []);
  });
});
