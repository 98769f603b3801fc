import type { ResourceType } from '../../../src/api/meta.ts';

export const rbacGroup = 'rbac.authorization.k8s.io';

/** @param kind Role, ClusterRole, RoleBinding or ClusterRoleBinding */
export function rbacType(kind: string): ResourceType {
  const plural = `${kind.toLowerCase()}s`;
  return { group: rbacGroup, version: 'v1', plural, kind, namespaced: !kind.startsWith('Cluster') };
}
