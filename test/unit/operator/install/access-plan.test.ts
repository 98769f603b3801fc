import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AccessOptions, PolicyRule } from '../../../../src/operator/install/access-plan.ts';
import { listRules } from '../../../../src/operator/install/access-plan.ts';
import { baseFeatures } from '../../../../src/operator/install/rules.ts';

const cluster: AccessOptions = {
  namespaces: [],
  operatorNamespace: 'stoker',
  assetAccess: 'watch',
  features: [...baseFeatures, 'leader-election'],
};

/** "group/resource" → verbs. */
function tabulate(rules: readonly PolicyRule[]): Record<string, string> {
  const entries = rules.flatMap(({ apiGroups, resources, verbs }) =>
    resources.map((resource) => [`${apiGroups.join()}/${resource}`, verbs.join()] as const),
  );
  assert.equal(new Set(entries.map(([key]) => key)).size, entries.length, 'each resource once');
  return Object.fromEntries(entries);
}

describe('the rules of RBAC', () => {
  it('are one ClusterRole for the whole cluster, but for the Lease', () => {
    const { cluster: rules, roles } = listRules(cluster);
    const table = tabulate(rules);
    assert.equal(table['/secrets'], 'create,delete,get,list,update,watch');
    assert.equal(table['/namespaces'], 'list,watch');
    assert.equal(table['storage.k8s.io/storageclasses'], 'get');
    assert.equal(table['coordination.k8s.io/leases'], undefined);
    assert.deepEqual(
      roles.map(({ namespace, rules: own }) => [namespace, tabulate(own)]),
      [['stoker', { 'coordination.k8s.io/leases': 'create,get,list,update,watch' }]],
    );
  });

  it('are Roles alone for a list of namespaces', () => {
    const { cluster: rules, roles } = listRules({ ...cluster, namespaces: ['shop', 'pay'] });
    assert.deepEqual(rules, []);
    assert.deepEqual(
      roles.map(({ namespace }) => namespace),
      ['pay', 'shop', 'stoker'],
    );
    const table = tabulate(roles[0]?.rules ?? []);
    assert.equal(table['/namespaces'], 'get');
    assert.equal(table['/secrets'], 'create,delete,get,list,update,watch');
    assert.equal(table['storage.k8s.io/storageclasses'], undefined);
  });

  it('never list or watch Secrets and ConfigMaps that are read by name', () => {
    for (const namespaces of [[], ['shop']]) {
      const { cluster: rules, roles } = listRules({ ...cluster, namespaces, assetAccess: 'get' });
      const table = tabulate(namespaces.length === 0 ? rules : (roles[0]?.rules ?? []));
      assert.equal(table['/secrets'], 'create,delete,get,update');
      assert.equal(table['/configmaps'], 'create,delete,get,update');
    }
  });

  it('give nothing but reading where monitors live and no workload does', () => {
    const apart = { workloadNamespaces: ['monitoring'], configNamespaces: ['monitoring'] };
    const { roles } = listRules({ ...cluster, namespaces: ['shop'], ...apart });
    assert.deepEqual(tabulate(roles.find(({ namespace }) => namespace === 'shop')?.rules ?? []), {
      'monitoring.coreos.com/servicemonitors': 'list,watch',
      'monitoring.coreos.com/podmonitors': 'list,watch',
      'monitoring.coreos.com/probes': 'list,watch',
      'monitoring.coreos.com/scrapeconfigs': 'list,watch',
      'monitoring.coreos.com/prometheusrules': 'list,watch',
      '/namespaces': 'get',
      '/secrets': 'get',
      '/configmaps': 'get',
      'events.k8s.io/events': 'create,patch',
    });
  });

  it('grow with features that are switched on', () => {
    const { cluster: rules } = listRules({
      ...cluster,
      features: [...cluster.features, 'bindings', 'agent-daemonset'],
    });
    const table = tabulate(rules);
    assert.equal(table['monitoring.coreos.com/prometheuses'], 'list,patch,watch');
    assert.equal(table['monitoring.coreos.com/probes/status'], 'patch');
    assert.equal(table['apps/daemonsets'], 'create,delete,get,list,update,watch');
  });

  it('hold no wildcard', () => {
    const text = JSON.stringify(listRules({ ...cluster, features: [...cluster.features, 'bindings'] }));
    assert.ok(!text.includes('*'), text);
  });
});
