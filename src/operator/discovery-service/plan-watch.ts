import { configMapType } from '../../api/builtin-types.ts';
import { keyOf } from '../../api/meta.ts';
import type { KubernetesObject, OwnerReference } from '../../api/meta.ts';
import { prometheusAgentType } from '../../api/prometheus-agent.ts';
import { prometheusType } from '../../api/prometheus.ts';
import type { Clock } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import { readPlanPart } from '../../core/served/read-plan.ts';
import type { PlanConfigMap, PlanPart } from '../../core/served/read-plan.ts';
import { planLabel } from '../../core/served/served-workload.ts';
import type { WorkloadPlan } from '../../discovery/service/served-jobs.ts';
import type { Informer, InformerOptions } from '../../kubernetes/cache/informer.ts';
import { createInformer } from '../../kubernetes/cache/informer.ts';
import { deafMs, silentPlansMs } from '../limits.ts';

type PlanObject = KubernetesObject & PlanConfigMap;

export interface PlanWatchDeps {
  readonly informer: Informer<PlanObject>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told of a plan that changed. Undefined: the workload has none any more. */
  readonly onPlan: (workload: string, plan: WorkloadPlan | undefined) => void;
  /** Told once all plans that there are have been told of. */
  readonly onListed: () => void;
}

/** The ConfigMaps that hold discovery plans, of all namespaces. */
export function createPlanInformer(
  parts: Pick<InformerOptions<PlanObject>, 'client' | 'clock' | 'random' | 'logger'>,
): Informer<PlanObject> {
  return createInformer<PlanObject>({ ...parts, type: configMapType, labelSelector: `${planLabel}=true` });
}

const workloadTypes = [prometheusType, prometheusAgentType];

/** "prometheuses/monitoring/main" of the workload that owns a plan; undefined: nobody's. */
function findWorkload({ metadata }: KubernetesObject): string | undefined {
  for (const { kind, name } of metadata.ownerReferences ?? ([] as readonly OwnerReference[])) {
    const type = workloadTypes.find((one) => one.kind === kind);
    if (type !== undefined) return `${type.plural}/${metadata.namespace ?? ''}/${name}`;
  }
  return undefined;
}

/** Puts the ConfigMaps of each workload together. One that cannot be read is told of, and its workload is not answered for. */
export class PlanWatch {
  readonly #deps: PlanWatchDeps;
  /** By workload, then by name of the ConfigMap. */
  readonly #parts = new Map<string, Map<string, PlanPart>>();
  /** By workload, the ConfigMaps that cannot be read. */
  readonly #unreadable = new Map<string, Set<string>>();

  constructor(deps: PlanWatchDeps) {
    this.#deps = deps;
    deps.informer.addHandler({
      add: (object) => this.#take(object),
      update: (_, object) => this.#take(object),
      delete: (object) => this.#remove(object),
      synced: () => deps.onListed(),
    });
  }

  /** Whether all that the plan of a workload says is known. */
  isReadable(workload: string): boolean {
    return !this.#unreadable.has(workload);
  }

  /** How many workloads have a plan that cannot be read. */
  get unreadable(): number {
    return this.#unreadable.size;
  }

  /** Whether a plan that changes would be noticed: the API server has been heard lately. One that says no has been. */
  get isHeard(): boolean {
    const { failingSince, quietSince, refusals } = this.#deps.informer.health();
    const now = this.#deps.clock.now();
    if (refusals.length > 0) return true;
    return now - (failingSince ?? now) < deafMs && now - (quietSince ?? now) < silentPlansMs;
  }

  #take(object: PlanObject): void {
    const key = findWorkload(object);
    if (key === undefined) return;
    const parts = this.#parts.get(key) ?? new Map<string, PlanPart>();
    try {
      parts.set(keyOf(object), keepKnown(readPlanPart(object), parts.get(keyOf(object))));
    } catch (error) {
      this.#unreadable.set(key, (this.#unreadable.get(key) ?? new Set()).add(keyOf(object)));
      this.#deps.logger.error('Cannot read a discovery plan: nothing is answered for its workload', {
        ...{ workload: key, configMap: keyOf(object), err: describeError(error) },
      });
      return;
    }
    this.#setReadable(key, object);
    this.#parts.set(key, parts);
    this.#tell(key, parts);
  }

  #setReadable(key: string, object: PlanObject): void {
    const unreadable = this.#unreadable.get(key);
    unreadable?.delete(keyOf(object));
    if (unreadable?.size === 0) this.#unreadable.delete(key);
  }

  #remove(object: PlanObject): void {
    const key = findWorkload(object);
    if (key === undefined) return;
    this.#setReadable(key, object);
    const parts = this.#parts.get(key);
    if (parts === undefined) return;
    parts.delete(keyOf(object));
    if (parts.size === 0) this.#parts.delete(key);
    this.#tell(key, parts);
  }

  #tell(key: string, parts: ReadonlyMap<string, PlanPart>): void {
    const [first] = parts.values();
    const jobs = new Map([...parts.values()].flatMap((part) => [...part.jobs]));
    this.#deps.onPlan(key, first === undefined ? undefined : { workload: first.workload, jobs });
  }
}

const describe = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === 'bigint') return String(inner);
    return inner instanceof Map ? [...inner] : inner;
  });

/** What is as it was is the same object, so that what is run for it goes on. */
function keepKnown(next: PlanPart, known: PlanPart | undefined): PlanPart {
  if (known === undefined) return next;
  const workload = describe(known.workload) === describe(next.workload) ? known.workload : next.workload;
  const jobs = [...next.jobs].map(([name, loaded]) => {
    const before = known.jobs.get(name);
    return [name, before !== undefined && describe(before) === describe(loaded) ? before : loaded] as const;
  });
  return { workload, jobs: new Map(jobs) };
}
