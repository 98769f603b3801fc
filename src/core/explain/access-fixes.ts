import type { DiscoveryAccess } from './rbac.ts';
import { createObject, setField } from './fixes.ts';
import type { Fix, ObjectName } from './model.ts';
import type { RbacBinding, RbacObjects, RbacRole, RbacRule, ServiceAccountName } from './rbac.ts';
import { allowsRequest, builtInRoles, coversNamespace, findRole, namesAccountItself, namespaceOf } from './rbac.ts';

const apiGroup = 'rbac.authorization.k8s.io';
const apiVersion = `${apiGroup}/v1`;

const nameOf = (object: RbacRole | RbacBinding): ObjectName => ({
  kind: object.kind ?? '',
  namespace: namespaceOf(object),
  name: object.metadata.name ?? '',
});

interface Lack {
  readonly rbac: RbacObjects;
  readonly account: ServiceAccountName;
  readonly requests: readonly DiscoveryAccess[];
  /** "" for the whole cluster. */
  readonly place: string;
}

/** Kubernetes keeps these as they are: whoever edits them gives rights to everybody. */
function isEditable({ metadata }: RbacRole | RbacBinding): boolean {
  const { name = '', labels = {} } = metadata;
  return !name.startsWith('system:') && !builtInRoles.includes(name) && !('kubernetes.io/bootstrapping' in labels);
}

/** Edits of Roles and bindings that give an account what it lacks: in each namespace the smallest. */
export function proposeGrants(
  rbac: RbacObjects,
  account: ServiceAccountName,
  requests: readonly DiscoveryAccess[],
): readonly Fix[] {
  const places = [...new Set(requests.map(({ namespace }) => namespace))];
  const editable = { roles: rbac.roles.filter(isEditable), bindings: rbac.bindings.filter(isEditable) };
  const fixes = places.map((place) => {
    const lack = { rbac: editable, account, place, requests: requests.filter(({ namespace }) => namespace === place) };
    return correctSubject(lack) ?? extendRole(lack) ?? bindRole(lack) ?? writeRole(lack);
  });
  return fixes.length > 1 && fixes.every(({ change }) => change === 'create') ? [joinCreations(fixes)] : fixes;
}

/** Several objects to add are one edit: all of them are needed. */
function joinCreations(fixes: readonly Fix[]): Fix {
  const list = { apiVersion: 'v1', kind: 'List', metadata: {}, items: fixes.map(({ value }) => value) };
  return createObject(list, fixes.map(({ text }) => text).join('; and '));
}

const allowsAll = (role: RbacRole | undefined, requests: readonly DiscoveryAccess[]): boolean =>
  requests.every((request) => (role?.rules ?? []).some((rule) => allowsRequest(rule, request)));

/** A binding of the right role that names the account in another namespace, or another account. */
function correctSubject({ rbac, account, requests, place }: Lack): Fix | undefined {
  for (const binding of rbac.bindings) {
    if (!coversNamespace(binding, place) || !allowsAll(findRole(rbac, binding), requests)) continue;
    const subjects = binding.subjects ?? [];
    const sameName = subjects.findIndex(({ kind, name }) => kind === 'ServiceAccount' && name === account.name);
    if (sameName >= 0) return setField(nameOf(binding), `subjects[${sameName}].namespace`, account.namespace);
    const samePlace = subjects.findIndex(
      ({ kind, namespace }) => kind === 'ServiceAccount' && namespace === account.namespace,
    );
    if (samePlace >= 0) return setField(nameOf(binding), `subjects[${samePlace}].name`, account.name);
  }
  return undefined;
}

/** The role that the account has already, with what it lacks; a role that is gone is written anew. */
function extendRole({ rbac, account, requests, place }: Lack): Fix | undefined {
  const bindings = rbac.bindings.filter(
    (one) =>
      coversNamespace(one, place) && namesAccountItself(one, account) && !builtInRoles.includes(one.roleRef.name),
  );
  for (const binding of bindings) {
    const role = findRole(rbac, binding);
    if (role === undefined) return restoreRole(binding, requests);
    const missing = requests.filter((request) => !(role.rules ?? []).some((rule) => allowsRequest(rule, request)));
    return extendRule(role, missing) ?? setField(nameOf(role), 'rules', [...(role.rules ?? []), ...makeRules(missing)]);
  }
  return undefined;
}

/** More resources in a rule of the same group that has the verbs already. */
function extendRule(role: RbacRole, missing: readonly DiscoveryAccess[]): Fix | undefined {
  const rules = role.rules ?? [];
  const index = rules.findIndex((rule) =>
    missing.every((request) => allowsRequest({ ...rule, resources: ['*'] }, request)),
  );
  const rule = rules[index];
  if (rule === undefined) return undefined;
  const resources = [...new Set([...(rule.resources ?? []), ...missing.map(({ resource }) => resource)])];
  return setField(nameOf(role), `rules[${index}].resources`, resources);
}

function restoreRole(binding: RbacBinding, requests: readonly DiscoveryAccess[]): Fix {
  const { kind, name } = binding.roleRef;
  const metadata = kind === 'Role' ? { name, namespace: namespaceOf(binding) } : { name };
  const role: RbacRole = { apiVersion, kind, metadata, rules: makeRules(requests) };
  const where = `${binding.kind ?? ''} ${namespaceOf(binding)}/${binding.metadata.name ?? ''}`.replace(' /', ' ');
  return createObject(
    role,
    `create ${kind} ${name}, which ${where} refers to and which is not there, with ${showRules(requests)}`,
  );
}

/** Whether a role only reads, and no Secrets: others are not proposed to be bound, they would give more than is lacking. */
function isHarmless({ rules }: RbacRole): boolean {
  return (rules ?? []).every(
    ({ verbs = [], resources = [] }) =>
      verbs.every((verb) => ['get', 'list', 'watch'].includes(verb)) &&
      !resources.some((one) => one === '*' || one === 'secrets'),
  );
}

/** A role that allows it, and that nobody bound to the account there. */
function bindRole({ rbac, account, requests, place }: Lack): Fix | undefined {
  const role = rbac.roles.find(
    (one) =>
      allowsAll(one, requests) &&
      isHarmless(one) &&
      (one.kind === 'ClusterRole' || (place !== '' && namespaceOf(one) === place)),
  );
  if (role === undefined) return undefined;
  const { kind = '', metadata } = role;
  const binding = makeBinding(account, place, { kind, name: metadata.name ?? '' });
  return createObject(
    binding,
    `create a ${binding.kind ?? ''}${place === '' ? '' : ` in namespace ${place}`} of ${kind} ${metadata.name ?? ''} to ServiceAccount ${account.namespace}/${account.name}`,
  );
}

/** Role and binding together. */
function writeRole({ account, requests, place }: Lack): Fix {
  const kind = place === '' ? 'ClusterRole' : 'Role';
  const name = `prometheus-${account.name}`;
  const role: RbacRole = {
    apiVersion,
    kind,
    metadata: place === '' ? { name } : { name, namespace: place },
    rules: makeRules(requests),
  };
  const binding = makeBinding(account, place, { kind, name });
  const list = { apiVersion: 'v1', kind: 'List', metadata: {}, items: [role, binding] };
  return createObject(
    list,
    `create a ${kind}${place === '' ? '' : ` in namespace ${place}`} with ${showRules(requests)}, and a ${binding.kind ?? ''} to ServiceAccount ${account.namespace}/${account.name}`,
  );
}

function makeBinding(account: ServiceAccountName, place: string, role: { kind: string; name: string }): RbacBinding {
  return {
    apiVersion,
    kind: place === '' ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: place === '' ? { name: role.name } : { name: role.name, namespace: place },
    roleRef: { apiGroup, ...role } as RbacBinding['roleRef'],
    subjects: [{ kind: 'ServiceAccount', ...account }],
  };
}

/** One rule a group. */
function makeRules(requests: readonly DiscoveryAccess[]): RbacRule[] {
  const groups = [...new Set(requests.map(({ group }) => group))];
  return groups.map((group) => ({
    apiGroups: [group],
    resources: [...new Set(requests.filter((one) => one.group === group).map(({ resource }) => resource))],
    verbs: ['get', 'list', 'watch'],
  }));
}

function showRules(requests: readonly DiscoveryAccess[]): string {
  return `get, list and watch on ${[...new Set(requests.map(({ resource }) => resource))].join(', ')}`;
}
