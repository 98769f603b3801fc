import type { ResourceType } from '../../api/meta.ts';
import { keyOf, splitKey } from '../../api/meta.ts';
import {
  configMapType,
  disruptionBudgetType,
  networkPolicyType,
  secretType,
  serviceType,
} from '../../api/builtin-types.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { AssetObjects } from '../../core/assets/store.ts';
import type { DisruptionDefaults } from '../../core/disruption/policy.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import type { RepairPolicy } from '../../core/status/repair.ts';
import type { AccessRequest } from '../../kubernetes/access.ts';
import type { InformerHealth } from '../../kubernetes/cache/informer.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import type { EventRecorder } from '../../kubernetes/events/event-recorder.ts';
import type { MetricsProvider } from '../../kubernetes/workqueue/metrics.ts';
import { createDefaultLimiter } from '../../kubernetes/workqueue/rate-limiters.ts';
import { createRateLimitingQueue } from '../../kubernetes/workqueue/rate-limiting-queue.ts';
import type { RateLimitingQueue } from '../../kubernetes/workqueue/rate-limiting-queue.ts';
import { Applier } from '../../runtime/applier.ts';
import { Coalescer } from '../../runtime/coalescer.ts';
import { Controller } from '../../runtime/controller.ts';
import type { Turns } from '../../runtime/turns.ts';
import { AssetFetcher } from './asset-fetcher.ts';
import { BindingFailures } from './binding-failures.ts';
import { ChangeGate } from './change-gate.ts';
import type { DesiredObserver } from './desired-observer.ts';
import { FightWatch } from './fights.ts';
import type { Fleet } from './fleet.ts';
import { followAssets } from './follow.ts';
import { listStale } from './stale-bindings.ts';
import { Ledger } from './ledger.ts';
import { SetComparison } from './live-sets.ts';
import { Scrapings } from './scrapings.ts';
import type { ScrapingsOf } from './scrapings.ts';
import { Situations } from './situations.ts';
import type { Verdict } from '../../core/status/conditions.ts';
import { readVerdict } from '../../core/status/situations.ts';
import type { SituationalCondition } from '../../core/status/situations.ts';
import type { MissingAccess } from '../../core/kinds/missing-access.ts';
import type { WorkloadMetrics } from './metrics.ts';
import { listConditions } from './observed-conditions.ts';
import { listOutdatedOwners } from './outdated.ts';
import { RejectionReporter } from './rejections.ts';
import { RemarkReporter } from './remarks.ts';
import { addWorkloadHandlers } from './handlers.ts';
import type { WorkloadObject, WorkloadKind } from '../../core/kinds/kind.ts';
import { createReconcile } from './reconcile.ts';
import { createStatusReconcile } from './status.ts';
import type { WorkloadWatches } from './watches.ts';
import { listInformers } from './watches.ts';
import { coalesceLongestMs, coalesceQuietMs, longestRetryMs, ownWriteMs } from '../limits.ts';

export interface WorkloadControllerDeps {
  readonly kind: WorkloadKind;
  readonly client: KubernetesClient;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: OperatorSettings;
  readonly watches: WorkloadWatches;
  readonly events: Pick<EventRecorder, 'record'>;
  readonly metrics: WorkloadMetrics;
  readonly queueMetrics?: MetricsProvider | undefined;
  /** Throws when this replica may not write (any more). */
  readonly fence: () => void;
  readonly workers: number;
  /** In which all syncs of the process compute. */
  readonly turns: Turns;
  readonly repairPolicy: RepairPolicy;
  /** When pods may be disrupted, for workloads that say nothing of it. */
  readonly disruption: DisruptionDefaults;
  /** All workloads of the operator, whatever their kind. */
  readonly fleet: Fleet;
  /** Only objects with this controller id; "" means those without one. */
  readonly controllerId: string;
  /** Whether somebody tells how the targets of selected objects are, by `tellScraping`. */
  readonly observesScraping?: boolean | undefined;
  /** Is shown what every sync renders. */
  readonly observer?: DesiredObserver | undefined;
  /** What RBAC grants. Default: everything. */
  readonly access?: WorkloadAccess | undefined;
}

/** What a controller asks about its permissions. */
export interface WorkloadAccess {
  /** For requests that are not worth a refusal. */
  isAllowed(request: AccessRequest): Promise<boolean>;
  listMissing(): readonly MissingAccess[];
}

const fullAccess: WorkloadAccess = { isAllowed: () => Promise.resolve(true), listMissing: () => [] };

const controllerIdAnnotation = 'operator.prometheus.io/controller-id';
const manager = 'PrometheusOperator';
const ownedTypes = {
  ...{ Secret: secretType, ConfigMap: configMapType, Service: serviceType },
  ...{ PodDisruptionBudget: disruptionBudgetType, NetworkPolicy: networkPolicyType },
};

function createFetcher({ kind, client, watches, logger }: WorkloadControllerDeps): AssetFetcher {
  return new AssetFetcher({
    client,
    secrets: watches.secrets.store,
    configMaps: watches.configMaps.store,
    follow: (user, references) => followAssets(watches, `${kind.queueName} ${user}`, references),
    logger,
  });
}

function createQueue({ clock, queueMetrics }: WorkloadControllerDeps, name: string): RateLimitingQueue {
  const limiter = createDefaultLimiter(clock, { longestMs: longestRetryMs });
  return createRateLimitingQueue({ name, clock, metrics: queueMetrics, limiter });
}

const createCoalescer = (clock: Clock, deliver: (key: string) => void): Coalescer =>
  new Coalescer({ clock, quietMs: coalesceQuietMs, maxWaitMs: coalesceLongestMs, deliver });

const isOfController = ({ metadata }: WorkloadObject, id: string): boolean =>
  (metadata.annotations?.[controllerIdAnnotation] ?? '') === id;

/** What tells people about single objects. */
function createReporters({ kind, events, logger, metrics }: WorkloadControllerDeps) {
  const reporting = { events, logger, reportingController: kind.reportingController };
  const observeFailures = (count: number): void => metrics.observeBindingFailures(count);
  return {
    rejections: new RejectionReporter(reporting),
    remarks: new RemarkReporter(reporting),
    bindingFailures: new BindingFailures({ ...reporting, observeFailures }),
  };
}

/** One cache, by the kind it holds, and how it is. */
export interface CacheHealth {
  readonly type: ResourceType;
  readonly health: InformerHealth;
}

/** Everything that brings the objects of one kind of workload to life: two queues, for syncs and for status, and their workers. */
export class WorkloadController {
  readonly #deps: WorkloadControllerDeps;
  readonly #syncs: Controller;
  readonly #statuses: Controller;
  readonly #coalescer: Coalescer;
  readonly #wakeStatus: (key: string) => void;
  readonly #situations: Situations;
  readonly #scrapings: Scrapings;
  readonly #applier: Applier;
  readonly #fetcher: AssetFetcher;
  /** Keys that wait for a cache to be filled. */
  readonly #heldUp = new Set<string>();

  constructor(deps: WorkloadControllerDeps) {
    const { kind, client, clock, logger, settings, watches, metrics, fence, workers, access = fullAccess } = deps;
    this.#deps = deps;
    const queue = createQueue(deps, kind.queueName);
    const statusQueue = createQueue(deps, `${kind.queueName}_status`);
    this.#wakeStatus = (key) => statusQueue.add(key);
    this.#coalescer = createCoalescer(clock, (key) => queue.add(key));
    const fights = new FightWatch({ client, clock, manager });
    this.#applier = new Applier({ client, clock, fence, fieldManager: manager, gate: fights });
    const ledger = new Ledger(metrics);
    const situations = (this.#situations = new Situations(this.#wakeStatus));
    this.#scrapings = new Scrapings(deps.observesScraping === true, (key) => this.#coalescer.add(key));
    const isOurs = (instance: WorkloadObject): boolean => isOfController(instance, deps.controllerId);
    const fetcher = createFetcher(deps);
    this.#fetcher = fetcher;
    const shared = {
      ...{ kind, client, clock, logger, settings, watches, metrics, fence, ledger, situations, isOurs },
      comparison: new SetComparison(),
    };
    const reporters = createReporters(deps);
    const wakeSync = (key: string): void => this.#coalescer.add(key);
    const gate = new ChangeGate({ ...deps, ...shared, ...reporters, wakeSync });
    const reconcile = createReconcile({
      ...shared,
      ...{ ...reporters, gate, fights, scrapings: this.#scrapings },
      turns: deps.turns,
      applier: this.#applier,
      fetcher,
      wakeStatus: this.#wakeStatus,
      wakeLater: (key, ms) => queue.addAfter(key, ms),
      heldUp: this.#heldUp,
      observer: deps.observer,
      isAllowed: (request) => access.isAllowed(request),
    });
    this.#syncs = new Controller({ queue, workers, reconcile, clock, logger, metrics });
    this.#statuses = new Controller({
      queue: statusQueue,
      workers,
      reconcile: createStatusReconcile({
        ...shared,
        repairPolicy: deps.repairPolicy,
        onObserved: (key) => gate.look(key),
        listMissing: () => access.listMissing(),
      }),
      clock,
      logger,
    });
    metrics.observeConditions(() => listConditions(watches.instances.store, isOurs));
    this.#addHandlers(isOurs, fetcher);
  }

  /** Starts the workers; the caches are run by whoever made them. */
  start(signal: AbortSignal): void {
    this.#syncs.start(signal);
    this.#statuses.start(signal);
  }

  /** Lets syncs that are under way end, their status included. */
  async stop(): Promise<void> {
    this.#coalescer.stop();
    await this.#syncs.stop();
    await this.#statuses.stop();
  }

  /** Other permissions than before: what failed may work now, and every status may tell of them. */
  refresh(): void {
    for (const instance of this.#deps.watches.instances.store.list()) {
      this.#coalescer.add(keyOf(instance));
      this.#wakeStatus(keyOf(instance));
    }
  }

  /** Puts a condition into the status of a workload, or takes it out (undefined). @param key "namespace/name" */
  tell(key: string, type: SituationalCondition, verdict: Verdict | undefined): void {
    this.#situations.tell(key, type, verdict);
  }

  /** What bindings say of the targets of what the workload selects. */
  tellScraping(key: string, scrapings: ScrapingsOf): void {
    this.#scrapings.tell(key, scrapings);
  }

  /** What the status of a workload says, as far as the cache has it. */
  recall(key: string, type: SituationalCondition): Verdict | undefined {
    const { namespace, name } = splitKey(key);
    const { status } = this.#deps.watches.instances.store.get(namespace, name) ?? {};
    return readVerdict(status?.conditions?.find((condition) => condition.type === type));
  }

  /** Contents of Secrets and ConfigMaps as the last syncs saw them; nothing before the first. */
  listAssets(): AssetObjects {
    return this.#fetcher.list();
  }

  /** The caches it reads. */
  listCaches(): CacheHealth[] {
    return listInformers(this.#deps.watches).map((informer) => ({ type: informer.type, health: informer.health() }));
  }

  #addHandlers(isOurs: (instance: WorkloadObject) => boolean, fetcher: AssetFetcher): void {
    const { kind, clock, watches, metrics, settings } = this.#deps;
    const { StatusForConfigurationResources: binds } = settings.gates;
    const wakeSync = (key: string): void => this.#coalescer.add(key);
    addWorkloadHandlers({
      kind,
      watches,
      isOurs,
      metrics,
      wakeSync,
      wakeStatus: this.#wakeStatus,
      wakeOwned: (key, { kind: ownedKind, object, action }) => {
        const type = ownedTypes[ownedKind];
        if (action === 'delete') this.#applier.forgetDeleted(type, object.metadata);
        clock.schedule(ownWriteMs, () => {
          if (this.#applier.isKnown(type, object.metadata)) return;
          metrics.observeTrigger(ownedKind, action);
          wakeSync(key);
        });
      },
      usersOf: (reference) => fetcher.usersOf(reference),
      listOutdated: (ofKind, namespace) => {
        const cache = ofKind === 'Secret' ? watches.secrets : watches.configMaps;
        const owners = listOutdatedOwners(this.#applier, cache, { owner: kind.type.kind, namespace });
        return [...new Set([...fetcher.listOutdated(ofKind, namespace), ...owners])];
      },
      listStale: (where) => (binds ? listStale(kind, watches, where) : []),
      heldUp: this.#heldUp,
    });
  }
}
