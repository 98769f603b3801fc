import type { KubernetesObject } from '../../api/meta.ts';
import { complete } from '../../base/interruptible.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import type { Version } from '../../base/version.ts';
import type { Lister } from '../listers.ts';
import type { LoadedJob } from './scrape-job.ts';
import { readGroupFeatures } from './features.ts';
import type { FeatureFlags, GroupFeatures } from './features.ts';
import type { GroupContext } from './groups/group-context.ts';
import { MetadataLabels } from './groups/metadata-labels.ts';
import type { Role, RoleObjects } from './groups/discovered-objects.ts';
import { groupBuilders } from './groups/roles.ts';
import { createPlainGroup } from './plain-groups.ts';
import { compileJob } from './scrape-job.ts';
import type { KubernetesSdConfig, RoleSelector, SdConfig } from './sd-config.ts';
import { compileFieldTerms, parseFieldSelector } from './selectors/field-selector.ts';
import { RuleCompiler } from '../relabel/compile-rules.ts';
import { parseLabelSelector } from '../selectors/label-query.ts';
import type { TargetGroup } from './target-group.ts';
import { TargetPool } from './target-pool.ts';

type RoleListers = { readonly [R in Role]: Lister<RoleObjects[R]> };

/** Objects of a cluster as they are at one moment, after the server's defaulting, by role and beyond. */
export interface ClusterObjects extends RoleListers {
  readonly namespaces: Lister<KubernetesObject>;
  readonly replicaSets: Lister<KubernetesObject>;
  readonly jobs: Lister<KubernetesObject>;
}

export interface OfflineOptions {
  /** Of the Prometheus whose behaviour is wanted. */
  readonly version: Version;
  readonly flags?: FeatureFlags;
  /** The namespace that Prometheus runs in, for `own_namespace`. */
  readonly ownNamespace?: string | undefined;
}

/** Discovery that needs more than the objects of a cluster: a file, an HTTP endpoint, another mechanism. */
export interface SkippedDiscovery {
  readonly jobName: string;
  readonly config: SdConfig;
  readonly reason: string;
}

export interface OfflineTargets {
  /** By job name, in the order of the jobs. */
  readonly pools: ReadonlyMap<string, TargetPool>;
  readonly skipped: readonly SkippedDiscovery[];
}

/**
 * The targets that a freshly started Prometheus would have with these jobs in that cluster.
 *
 * @throws {SyntaxError} when a relabelling regex is no RE2 expression.
 */
export function findTargetsOffline(
  jobs: readonly LoadedJob[],
  objects: ClusterObjects,
  options: OfflineOptions,
): OfflineTargets {
  return complete(findTargetsInPieces(jobs, objects, options));
}

/** The same, resting behind each job. @throws {SyntaxError} as `findTargetsOffline`. */
export function* findTargetsInPieces(
  jobs: readonly LoadedJob[],
  objects: ClusterObjects,
  options: OfflineOptions,
): Interruptible<OfflineTargets> {
  const skipped: SkippedDiscovery[] = [];
  const pools = new Map<string, TargetPool>();
  const finder = new TargetFinder(objects, options);
  for (const loaded of jobs) {
    const found = finder.find(loaded);
    skipped.push(...found.skipped);
    pools.set(loaded.job.jobName, found.pool);
    yield;
  }
  return { pools, skipped };
}

/** The targets of one job. */
export interface FoundJob {
  readonly pool: TargetPool;
  readonly skipped: readonly SkippedDiscovery[];
}

type Found = { readonly groups: readonly TargetGroup[] } | { readonly reason: string };

/** Finds the targets of jobs one by one: the pool of a job is made anew each time, what jobs have in common is not. */
export class TargetFinder {
  readonly #objects: ClusterObjects;
  readonly #options: OfflineOptions;
  readonly #features: GroupFeatures;
  readonly #compiler = new RuleCompiler();
  readonly #metadata = new MetadataLabels();
  /** Jobs that discover alike share their groups: what is in a namespace is the same for each of its monitors. */
  readonly #groups = new Map<string, readonly TargetGroup[]>();

  constructor(objects: ClusterObjects, options: OfflineOptions) {
    this.#objects = objects;
    this.#options = options;
    this.#features = readGroupFeatures(options.version);
  }

  /** @throws {SyntaxError} as `findTargetsOffline`. */
  find({ job, discovery }: LoadedJob): FoundJob {
    const { version, flags } = this.#options;
    const pool = new TargetPool(compileJob(job, version, { flags, compiler: this.#compiler }));
    const skipped: SkippedDiscovery[] = [];
    for (const config of discovery) {
      const found = this.#findGroups(config);
      if ('reason' in found) skipped.push({ jobName: job.jobName, config, reason: found.reason });
      else for (const group of found.groups) pool.set(config, group.source, group);
    }
    return { pool, skipped };
  }

  #findGroups(config: SdConfig): Found {
    switch (config.mechanism) {
      case 'kubernetes':
        return this.#findKubernetes(config);
      case 'static':
        return { groups: config.groups.map((group, index) => createPlainGroup(String(index), group)) };
      case 'file':
      case 'http':
        return { reason: `Cannot discover with ${config.mechanism} from the objects of a cluster alone` };
      case 'foreign':
        return { reason: `Cannot discover with ${config.name}` };
    }
  }

  #findKubernetes(config: KubernetesSdConfig): Found {
    const { role, namespaces } = config;
    const { ownNamespace } = this.#options;
    if (namespaces.ownNamespace && ownNamespace === undefined)
      return { reason: 'Cannot discover in the own namespace: it is not known' };
    const own = namespaces.ownNamespace && ownNamespace !== undefined ? [ownNamespace] : [];
    const names = [...(namespaces.names ?? []), ...own];
    const isCut = role !== 'node' && names.length > 0 && !names.includes('');
    try {
      const parts = isCut ? [...new Set(names)].map((name) => this.#build(config, name)) : [this.#build(config)];
      return { groups: parts.flat() };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { reason: error.message };
    }
  }

  /** Groups of one namespace, or of all. @throws {RangeError} for a field that objects are not selected by. */
  #build(config: KubernetesSdConfig, namespace?: string): readonly TargetGroup[] {
    const { role, selectors, attachMetadata } = config;
    const key = JSON.stringify([role, selectors, attachMetadata, namespace]);
    const groups = this.#groups.get(key) ?? this.#buildAnew(config, namespace);
    this.#groups.set(key, groups);
    return groups;
  }

  #buildAnew({ role, selectors, attachMetadata: attach }: KubernetesSdConfig, namespace?: string): TargetGroup[] {
    const select = <S extends Role>(one: S): Lister<RoleObjects[S]> =>
      selectObjects(one, this.#objects[one], { selectors, namespace });
    const context: GroupContext = {
      features: this.#features,
      attach,
      metadata: this.#metadata,
      listers: {
        pods: select('pod'),
        services: select('service'),
        nodes: select('node'),
        namespaces: this.#objects.namespaces,
        replicaSets: this.#objects.replicaSets,
        jobs: this.#objects.jobs,
      },
    };
    return buildGroups(role, select(role), context);
  }
}

function buildGroups<R extends Role>(role: R, objects: Lister<RoleObjects[R]>, context: GroupContext): TargetGroup[] {
  return objects.list().flatMap((object) => groupBuilders[role](object, context) ?? []);
}

/** What an informer with that selector in that namespace would hold. Nodes are in no namespace. */
function selectObjects<R extends Role>(
  role: R,
  objects: Lister<RoleObjects[R]>,
  { selectors, namespace }: { readonly selectors: readonly RoleSelector[]; readonly namespace: string | undefined },
): Lister<RoleObjects[R]> {
  const selector = selectors.find((one) => one.role === role);
  const matchesLabels = parseLabelSelector(selector?.label ?? '');
  const matchesFields = compileFieldTerms(role, parseFieldSelector(selector?.field ?? ''));
  const isSelected = (object: RoleObjects[R]): boolean => {
    const { labels, namespace: own } = object.metadata;
    if (role !== 'node' && namespace !== undefined && own !== namespace) return false;
    return matchesLabels(labels ?? {}) && matchesFields(object);
  };
  return {
    list: (within) => objects.list(within).filter(isSelected),
    get: (within, name) => {
      const found = objects.get(within, name);
      return found !== undefined && isSelected(found) ? found : undefined;
    },
  };
}
