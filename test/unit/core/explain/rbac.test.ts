import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { proposeGrants } from '../../../../src/core/explain/access-fixes.ts';
import type { DiscoveryAccess } from '../../../../src/core/explain/rbac.ts';
import type { RbacBinding, RbacObjects, RbacRole, RbacSubject } from '../../../../src/core/explain/rbac.ts';
import { reviewRbac } from '../../../../src/core/explain/rbac.ts';

const account = { namespace: 'monitoring', name: 'prometheus' };
const subject: RbacSubject = { kind: 'ServiceAccount', ...account };
const request: DiscoveryAccess = { verb: 'list', group: '', resource: 'endpoints', namespace: 'shop' };

const clusterRole = (name: string, resources: string[], verbs = ['get', 'list', 'watch']): RbacRole => ({
  kind: 'ClusterRole',
  metadata: { name },
  rules: [{ apiGroups: [''], resources, verbs }],
});
const bind = (kind: string, role: string, subjects: RbacSubject[], namespace?: string): RbacBinding => ({
  kind,
  metadata: { name: role, ...(namespace === undefined ? {} : { namespace }) },
  roleRef: { kind: 'ClusterRole', name: role },
  subjects,
});
const reader = clusterRole('prometheus', ['endpoints']);

describe('rights read from manifests', () => {
  const review = (objects: RbacObjects, wanted = request): string => reviewRbac(objects, account, wanted);

  it('are given by a ClusterRoleBinding everywhere, by a RoleBinding in its namespace alone', () => {
    const wide = { roles: [reader], bindings: [bind('ClusterRoleBinding', 'prometheus', [subject])] };
    assert.deepEqual([review(wide), review(wide, { ...request, namespace: '' })], ['yes', 'yes']);
    const narrow = { roles: [reader], bindings: [bind('RoleBinding', 'prometheus', [subject], 'shop')] };
    const places = ['shop', 'pay', ''].map((namespace) => review(narrow, { ...request, namespace }));
    assert.deepEqual(places, ['yes', 'no', 'no']);
  });

  it('are not given to another account, for another verb, or for single names', () => {
    const other = bind('ClusterRoleBinding', 'prometheus', [{ ...subject, namespace: 'default' }]);
    assert.equal(review({ roles: [reader], bindings: [other] }), 'no');
    const bound = [bind('ClusterRoleBinding', 'prometheus', [subject])];
    assert.equal(review({ roles: [clusterRole('prometheus', ['endpoints'], ['get'])], bindings: bound }), 'no');
    const named = { ...reader, rules: [{ ...reader.rules?.[0], resourceNames: ['checkout'] }] };
    assert.equal(review({ roles: [named], bindings: bound }), 'no');
  });

  it('are given through groups and wildcards, and by roles of Kubernetes that are not among the files', () => {
    const group = { kind: 'Group', name: 'system:serviceaccounts:monitoring' };
    const all = clusterRole('everything', ['*'], ['*']);
    const wanted = {
      roles: [all, clusterRole('prometheus', [])],
      bindings: [bind('ClusterRoleBinding', 'everything', [group])],
    };
    assert.equal(review(wanted), 'yes');
    assert.equal(review({ roles: [], bindings: [bind('RoleBinding', 'view', [subject], 'shop')] }), 'yes');
  });

  it('are unknown where the files say nothing of the account', () => {
    const other = bind('ClusterRoleBinding', 'grafana', [{ ...subject, name: 'grafana' }]);
    assert.equal(review({ roles: [clusterRole('grafana', ['pods'])], bindings: [other] }), 'unknown');
  });
});

describe('edits that give rights', () => {
  const propose = (objects: RbacObjects): string[] =>
    proposeGrants(objects, account, [request]).map(({ text }) => text);

  it('never touch what belongs to Kubernetes, nor bind more than is lacking', () => {
    const everybody = bind('ClusterRoleBinding', 'system:basic-user', [
      { kind: 'Group', name: 'system:authenticated' },
    ]);
    const admin = clusterRole('cluster-admin', ['*'], ['*']);
    const operator = clusterRole('prometheus-operator', ['endpoints', 'secrets'], ['*']);
    const roles = [clusterRole('system:basic-user', []), admin, operator];
    assert.deepEqual(propose({ roles, bindings: [everybody] }), [
      'create a Role in namespace shop with get, list and watch on endpoints, and a RoleBinding to ServiceAccount monitoring/prometheus',
    ]);
  });

  it('leave groups alone that the account is in', () => {
    const team = bind('ClusterRoleBinding', 'team', [{ kind: 'Group', name: 'system:serviceaccounts' }]);
    const [text = ''] = propose({ roles: [clusterRole('team', ['pods'])], bindings: [team] });
    assert.match(text, /^create a Role in namespace shop/);
  });

  it('are the smallest: the subject, then the rule, then a binding', () => {
    const wrong = bind('ClusterRoleBinding', 'prometheus', [{ ...subject, namespace: 'default' }]);
    assert.deepEqual(propose({ roles: [reader], bindings: [wrong] }), [
      'in ClusterRoleBinding prometheus set subjects[0].namespace to "monitoring"',
    ]);
    const bound = bind('ClusterRoleBinding', 'prometheus', [subject]);
    assert.deepEqual(propose({ roles: [clusterRole('prometheus', ['pods'])], bindings: [bound] }), [
      'in ClusterRole prometheus set rules[0].resources to ["pods", "endpoints"]',
    ]);
    assert.deepEqual(propose({ roles: [reader], bindings: [] }), [
      'create a RoleBinding in namespace shop of ClusterRole prometheus to ServiceAccount monitoring/prometheus',
    ]);
  });
});
