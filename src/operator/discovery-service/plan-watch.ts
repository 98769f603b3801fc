import { configMapType } from '../../api/builtin-types.ts';
import { keyOf } from '../../api/meta.ts';
import type { KubernetesObject, OwnerReference } from '../../api/meta.ts';
import { prometheusAgentType } from '../../api/prometheus-agent.ts';
import { prometheusType } from '../../api/prometheus.ts';
import { describeError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import { readPlanPart } from '../../core/served/read-plan.ts';
import type { PlanConfigMap, PlanPart } from '../../core/served/read-plan.ts';
import { planLabel } from '../../core/served/served-workload.ts';
import type { WorkloadPlan } from '../../discovery/service/served-jobs.ts';
import type { Informer, InformerOptions } from '../../kubernetes/cache/informer.ts';
import { createInformer } from '../../kubernetes/cache/informer.ts';

type PlanObject = KubernetesObject & PlanConfigMap;

export interface PlanWatchDeps {
  readonly informer: Informer<PlanObject>;
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

/** Puts the ConfigMaps of each workload together. One that cannot be read keeps what it said before, and is told of. */
export class PlanWatch {
  readonly #deps: PlanWatchDeps;
  /** By workload, then by name of the ConfigMap. */
  readonly #parts = new Map<string, Map<string, PlanPart>>();

  constructor(deps: PlanWatchDeps) {
    this.#deps = deps;
    deps.informer.addHandler({
      add: (object) => this.#take(object),
      update: (_, object) => this.#take(object),
      delete: (object) => this.#remove(object),
      synced: () => deps.onListed(),
    });
  }

  #take(object: PlanObject): void {
    const key = findWorkload(object);
    if (key === undefined) return;
    const parts = this.#parts.get(key) ?? new Map<string, PlanPart>();
    try {
      parts.set(keyOf(object), keepKnown(readPlanPart(object), parts.get(keyOf(object))));
    } catch (error) {
      this.#deps.logger.error('Cannot read a discovery plan; what it said before stays', {
        configMap: keyOf(object),
        err: describeError(error),
      });
      return;
    }
    this.#parts.set(key, parts);
    this.#tell(key, parts);
  }

  #remove(object: PlanObject): void {
    const key = findWorkload(object);
    const parts = this.#parts.get(key ?? '');
    if (key === undefined || parts === undefined) return;
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
