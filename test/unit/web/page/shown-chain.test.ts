import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { showObject } from '../../../../src/core/explain/model.ts';
import type { Explanation, ObjectName } from '../../../../src/core/explain/model.ts';
import { showChainTo } from '../../../../src/web/page/shown-chain.ts';

const objects = ['ServiceMonitor', 'Service', 'Pod', 'Namespace', 'Secret', 'ConfigMap'].map((kind): ObjectName => ({
  kind,
  namespace: kind === 'Namespace' ? '' : 'shop',
  name: 'cart',
}));

/** A chain whose links are about each of the objects. */
const explanation = { chains: [{ steps: objects.map((object) => ({ object })) }], fixes: [] } as unknown as Explanation;

describe('objects of a chain', () => {
  /** Whom the API server lets get these resources. @returns kinds that are shown, and those that were read. */
  const show = async (...resources: readonly string[]) => {
    const read: string[] = [];
    const asked: string[] = [];
    const mayGet = ({ group, resource, namespace = '', name = '' }: Readonly<Record<string, string>>) => {
      asked.push([resource, group, namespace, name].join(' '));
      return Promise.resolve(resources.includes(resource ?? ''));
    };
    const data = await showChainTo({ mayGet: (wanted) => mayGet({ ...wanted }) }, explanation, (name) => {
      read.push(name.kind);
      return Promise.resolve({ kind: name.kind, metadata: { name: showObject(name) } });
    });
    const shown = objects.filter((name) => data.find(name)?.metadata.name === showObject(name));
    return { shown: shown.map(({ kind }) => kind), read, asked };
  };

  it('are shown to who may get them, Services and Pods as well; Secrets and ConfigMaps to nobody', async () => {
    const everything = ['servicemonitors', 'services', 'pods', 'namespaces', 'secrets', 'configmaps'];
    const { shown, asked } = await show(...everything);
    assert.deepEqual(shown, ['ServiceMonitor', 'Service', 'Pod', 'Namespace']);
    assert.deepEqual(asked, [
      'servicemonitors monitoring.coreos.com shop cart',
      ...['services', 'pods'].map((resource) => `${resource}  shop cart`),
      'namespaces   cart',
    ]);
  });

  it('are neither shown to nor read for who may not', async () => {
    const { shown, read } = await show('servicemonitors');
    assert.deepEqual([shown, read], [['ServiceMonitor'], ['ServiceMonitor']]);
  });
});
