import type { KubernetesObject, ResourceType } from '../../api/meta.ts';

/** One action that discovery needs. `namespace` "" is all of them, or a resource that is in none. */
export interface DiscoveryAccess {
  readonly verb: 'list' | 'watch';
  /** "" for the core group. */
  readonly group: string;
  /** The plural. */
  readonly resource: string;
  readonly namespace: string;
}

export type AccessAnswer = 'yes' | 'no' | 'unknown';

export interface RbacRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly verbs?: readonly string[];
  readonly resourceNames?: readonly string[];
}

export interface RbacRole extends KubernetesObject {
  readonly rules?: readonly RbacRule[] | null;
  readonly aggregationRule?: unknown;
}

export interface RbacSubject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface RbacBinding extends KubernetesObject {
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly RbacSubject[] | null;
}

/** Roles, ClusterRoles, RoleBindings and ClusterRoleBindings, as far as they are known. */
export interface RbacObjects {
  readonly roles: readonly RbacRole[];
  readonly bindings: readonly RbacBinding[];
}

export interface ServiceAccountName {
  readonly namespace: string;
  readonly name: string;
}

const group = 'rbac.authorization.k8s.io';
const rbacType = (plural: string, kind: string, namespaced: boolean): ResourceType => ({
  ...{ group, version: 'v1', plural, kind, namespaced },
});

/** The types of `RbacObjects`. */
export const rbacTypes: readonly ResourceType[] = [
  rbacType('roles', 'Role', true),
  rbacType('clusterroles', 'ClusterRole', false),
  rbacType('rolebindings', 'RoleBinding', true),
  rbacType('clusterrolebindings', 'ClusterRoleBinding', false),
];

const rbacGroup = /^rbac\.authorization\.k8s\.io\//;

/** Picks the objects of RBAC out of manifests. */
export function readRbac(objects: readonly KubernetesObject[]): RbacObjects {
  const ofKinds = (...kinds: string[]): KubernetesObject[] =>
    objects.filter(({ apiVersion = '', kind = '' }) => rbacGroup.test(apiVersion) && kinds.includes(kind));
  return {
    roles: ofKinds('Role', 'ClusterRole'),
    bindings: ofKinds('RoleBinding', 'ClusterRoleBinding') as RbacBinding[],
  };
}

const holds = (list: readonly string[] | undefined, wanted: string): boolean =>
  (list ?? []).some((one) => one === '*' || one === wanted);

/** Whether a rule allows listing or watching all objects of a resource. */
export function allowsRequest(rule: RbacRule, { verb, group, resource }: Omit<DiscoveryAccess, 'namespace'>): boolean {
  const isWhole = (rule.resourceNames ?? []).length === 0;
  return isWhole && holds(rule.verbs, verb) && holds(rule.apiGroups, group) && holds(rule.resources, resource);
}

/** Roles of Kubernetes itself that allow what discovery needs in namespaces; `view` and more allow all of it. */
export const builtInRoles = ['cluster-admin', 'admin', 'edit', 'view'];

function isSubject({ kind, name, namespace }: RbacSubject, account: ServiceAccountName, place: string): boolean {
  const groups = ['system:authenticated', 'system:serviceaccounts', `system:serviceaccounts:${account.namespace}`];
  if (kind === 'Group') return groups.includes(name);
  if (kind === 'User') return name === `system:serviceaccount:${account.namespace}:${account.name}`;
  return kind === 'ServiceAccount' && name === account.name && (namespace ?? place) === account.namespace;
}

export const namespaceOf = ({ metadata }: KubernetesObject): string => metadata.namespace ?? '';

/** Whether a binding reaches a namespace; "" asks for all of them. */
export function coversNamespace(binding: RbacBinding, namespace: string): boolean {
  return binding.kind === 'ClusterRoleBinding' || (namespace !== '' && namespaceOf(binding) === namespace);
}

/** Whether a binding names the account itself, not a group that it is in. */
export function namesAccountItself(
  { subjects, ...binding }: RbacBinding,
  { namespace, name }: ServiceAccountName,
): boolean {
  const place = namespaceOf(binding);
  return (subjects ?? []).some(
    (one) => one.kind === 'ServiceAccount' && one.name === name && (one.namespace ?? place) === namespace,
  );
}

/** Whether a binding names the account, or a group that it is in. */
function namesAccount(binding: RbacBinding, account: ServiceAccountName): boolean {
  return (binding.subjects ?? []).some((subject) => isSubject(subject, account, namespaceOf(binding)));
}

/** The role that a binding refers to, when it is known. */
export function findRole({ roles }: RbacObjects, binding: RbacBinding): RbacRole | undefined {
  const { kind, name } = binding.roleRef;
  return roles.find(
    (role) =>
      role.kind === kind &&
      role.metadata.name === name &&
      (kind === 'ClusterRole' || namespaceOf(role) === namespaceOf(binding)),
  );
}

/**
 * Whether the manifests say anything about an account: a binding names it, or one of its name in another namespace.
 * Where they do not, its rights may well be given elsewhere.
 */
export function mentionsAccount({ bindings, roles }: RbacObjects, { name }: ServiceAccountName): boolean {
  const isNamed = bindings.some(({ subjects }) => (subjects ?? []).some((one) => one.name === name));
  return isNamed || roles.some(({ metadata }) => metadata.name?.includes(name) === true);
}

function reviewBinding(objects: RbacObjects, binding: RbacBinding, request: DiscoveryAccess): AccessAnswer {
  const role = findRole(objects, binding);
  if (role === undefined) return builtInRoles.includes(binding.roleRef.name) ? 'yes' : 'no';
  if ((role.rules ?? []).some((rule) => allowsRequest(rule, request))) return 'yes';
  return role.aggregationRule === undefined ? 'no' : 'unknown';
}

/** What Roles and bindings in manifests say of one request. */
export function reviewRbac(objects: RbacObjects, account: ServiceAccountName, request: DiscoveryAccess): AccessAnswer {
  if (!mentionsAccount(objects, account)) return 'unknown';
  const answers = objects.bindings
    .filter((binding) => coversNamespace(binding, request.namespace) && namesAccount(binding, account))
    .map((binding) => reviewBinding(objects, binding, request));
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}
