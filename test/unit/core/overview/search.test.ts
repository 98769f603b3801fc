import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import { search } from '../../../../src/core/overview/search.ts';
import type { Searched } from '../../../../src/core/overview/found-by.ts';
import { complete } from '../../../../src/base/interruptible.ts';

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
  {
    kind: 'Probe',
    objects: [object('front', { spec: { targets: { staticConfig: { static: ['https://shop.example'] } } } })],
  },
  { kind: 'Service', objects: [object('cart', { spec: { clusterIP: '10.96.0.7' } })] },
  { kind: 'AlertmanagerConfig', objects: [object('team', { spec: { receivers: [{ name: 'pager' }] } })] },
];

const find = (query: string): string[] =>
  complete(search(query, searched)).map(({ hit: { kind, namespace, name } }) => `${kind} ${namespace}/${name}`);

describe('search', () => {
  it('finds names, those that are equal first, then those that begin so', () => {
    assert.deepEqual(find('Cart'), [
      'ServiceMonitor pay/cart',
      'ServiceMonitor shop/cart',
      'Service shop/cart',
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
    assert.deepEqual(find('10.0.0.12:8080'), ['Target /10.0.0.12:8080', 'Pod shop/cart-0']);
    const url = 'http://10.0.0.12:8080/metrics';
    assert.deepEqual(find(url), [`Target /${url}`, 'Pod shop/cart-0']);
  });

  it('leads from names with a port to Services, and from URLs to the monitors that write them', () => {
    assert.deepEqual(find('http://cart.shop.svc.cluster.local:80/'), [
      'Target /http://cart.shop.svc.cluster.local:80/',
      'Service shop/cart',
    ]);
    assert.deepEqual(find('cart.shop:80'), ['Target /cart.shop:80', 'Service shop/cart']);
    assert.deepEqual(find('10.96.0.7:80'), ['Target /10.96.0.7:80', 'Service shop/cart']);
    assert.deepEqual(find('https://shop.example'), ['Target /https://shop.example', 'Probe shop/front']);
    assert.deepEqual(find('shop.example'), ['Probe shop/front']);
  });

  it('takes what is no address for a name', () => {
    for (const text of ['10.0.0.12:', 'a b:80', 'http://', '[::1', '::', 'cart:grpc']) assert.deepEqual(find(text), []);
  });

  it('finds nothing for nothing', () => {
    assert.deepEqual(find('  '), []);
    assert.deepEqual(find('nowhere'), []);
  });
});
