import { splitKey } from '../../../src/api/meta.ts';
import type { Api } from './api.ts';
import { rbacGroup as apiGroup, rbacType } from './rbac-type.ts';

export interface Grant {
  readonly rules: readonly unknown[];
  readonly users?: readonly string[];
  readonly groups?: readonly string[];
}

/** Makes a role and its binding. @param key "namespace/name", or the name alone for the whole cluster */
export async function grant(api: Api, key: string, { rules, users = [], groups = [] }: Grant): Promise<void> {
  const { namespace, name } = splitKey(key);
  const scope = namespace === '' ? 'Cluster' : '';
  const metadata = { name, ...(namespace === '' ? {} : { namespace }) };
  const subjects = [
    ...users.map((user) => ({ kind: 'User', apiGroup, name: user })),
    ...groups.map((group) => ({ kind: 'Group', apiGroup, name: group })),
  ];
  await api.create(rbacType(`${scope}Role`), { metadata, rules });
  await api.create(rbacType(`${scope}RoleBinding`), {
    metadata,
    roleRef: { apiGroup, kind: `${scope}Role`, name },
    subjects,
  });
}
