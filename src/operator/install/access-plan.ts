import type { Program } from '../../core/kinds/kind.ts';
import type { AccessRule, AccessScope, AssetAccess, Feature } from './rules.ts';
import { accessRules, workloadFeatures } from './rules.ts';

type ByKind = ReadonlyMap<Program, readonly string[]>;

/** What decides which rules hold where; empty lists of namespaces mean the whole cluster. */
export interface AccessOptions {
  /** Where monitors and rules live. */
  readonly namespaces: readonly string[];
  /** Where workloads live, of all kinds or by the kind; `namespaces` when absent. */
  readonly workloadNamespaces?: readonly string[] | ByKind | undefined;
  /** Where AlertmanagerConfigs live; `namespaces` when absent. */
  readonly configNamespaces?: readonly string[] | undefined;
  /** Secrets and ConfigMaps are watched where monitors live, too, not only where workloads do. */
  readonly watchAssetsEverywhere?: boolean | undefined;
  /** Where the operator runs. */
  readonly operatorNamespace: string;
  /** Where the Service of the kubelets is; absent when none is kept. */
  readonly kubeletNamespace?: string | undefined;
  readonly assetAccess: AssetAccess;
  readonly features: readonly Feature[];
}

/** As in a Role or ClusterRole. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

export interface RoleRules {
  readonly namespace: string;
  readonly rules: readonly PolicyRule[];
}

export interface InstallRules {
  /** Of the ClusterRole; none when Roles are enough. */
  readonly cluster: readonly PolicyRule[];
  /** By namespace, sorted. */
  readonly roles: readonly RoleRules[];
}

/** A rule of the table and the namespace it holds in; "" for the whole cluster. */
export interface Grant {
  readonly rule: AccessRule;
  readonly namespace: string;
}

const union = (a: readonly string[], b: readonly string[]): readonly string[] =>
  a.length === 0 || b.length === 0 ? [] : [...new Set([...a, ...b])];

/** Where workloads live, of those kinds that the rule is about. */
function listWorkloadNamespaces({ of, features }: AccessRule, options: AccessOptions): readonly string[] {
  const { workloadNamespaces = options.namespaces } = options;
  if (!('get' in workloadNamespaces)) return workloadNamespaces;
  const about = of === undefined ? workloadFeatures.filter((feature) => features.includes(feature)) : [of];
  return (about.length === 0 ? workloadFeatures : about)
    .map((feature) => workloadNamespaces.get(feature) ?? [])
    .reduce(union);
}

/** Namespaces in which a rule holds: [""] for the whole cluster, [] when its scope cannot be had. */
function listNamespaces(rule: AccessRule, options: AccessOptions): readonly string[] {
  const { namespaces, configNamespaces = namespaces, watchAssetsEverywhere = false, operatorNamespace } = options;
  const orCluster = (list: readonly string[]): readonly string[] => (list.length === 0 ? [''] : list);
  const workloads = listWorkloadNamespaces(rule, options);
  const all = [workloads, configNamespaces].reduce(union, namespaces);
  const byScope: Readonly<Record<AccessScope, readonly string[]>> = {
    workloads: orCluster(workloads),
    selected: orCluster(namespaces),
    configs: orCluster(configNamespaces),
    all: orCluster(all),
    assets: orCluster(watchAssetsEverywhere ? all : union(workloads, configNamespaces)),
    own: [operatorNamespace],
    kubelet: options.kubeletNamespace === undefined ? [] : [options.kubeletNamespace],
    cluster: all.length === 0 ? [''] : [],
  };
  return byScope[rule.scope];
}

/** Every rule that holds, once a namespace, in the order of the table. */
export function listGrants(options: AccessOptions): Grant[] {
  const holds = (rule: AccessRule): boolean =>
    rule.features.some((feature) => options.features.includes(feature)) &&
    (rule.assetAccess ?? options.assetAccess) === options.assetAccess;
  return accessRules.filter(holds).flatMap((rule) =>
    listNamespaces(rule, options)
      .filter((namespace) => rule.only === undefined || (rule.only === 'cluster') === (namespace === ''))
      .map((namespace) => ({ rule, namespace })),
  );
}

/** Rules of one role: what several rows say of a resource is said once, and resources with the same verbs go together. */
function foldRules(rules: readonly AccessRule[]): PolicyRule[] {
  const verbs = new Map<string, Set<string>>();
  for (const { group, resources, verbs: more } of rules) {
    for (const resource of resources) {
      const key = `${group}\n${resource}`;
      verbs.set(key, new Set([...(verbs.get(key) ?? []), ...more]));
    }
  }
  const folded = new Map<string, { group: string; resources: string[]; verbs: string[] }>();
  for (const [key, set] of verbs) {
    const [group = '', resource = ''] = key.split('\n');
    const sorted = [...set].sort();
    const id = `${group}\n${sorted.join()}`;
    const found = folded.get(id);
    if (found === undefined) folded.set(id, { group, resources: [resource], verbs: sorted });
    else found.resources.push(resource);
  }
  return [...folded.values()].map(({ group, ...rest }) => ({ apiGroups: [group], ...rest }));
}

/**
 * The exact rules for RBAC manifests. The operator's own namespace has a Role in every mode, when a feature needs one.
 * @example
 * const { cluster, roles } = listRules({ namespaces: ['shop'], operatorNamespace: 'stoker', assetAccess: 'get', features });
 */
export function listRules(options: AccessOptions): InstallRules {
  const grants = listGrants(options);
  const rulesIn = (namespace: string): PolicyRule[] =>
    foldRules(grants.filter((grant) => grant.namespace === namespace).map(({ rule }) => rule));
  const namespaces = [...new Set(grants.map(({ namespace }) => namespace))].filter((name) => name !== '').sort();
  return { cluster: rulesIn(''), roles: namespaces.map((namespace) => ({ namespace, rules: rulesIn(namespace) })) };
}
