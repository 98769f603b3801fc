import { configMapType, secretType, serviceType, statefulSetType } from '../../api/builtin-types.ts';
import { isObjectName, keyOf } from '../../api/meta.ts';
import type { KubernetesObject, NamespacedName, ObjectMetadata } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import { hashJson } from '../../base/hash.ts';
import type { Logger } from '../../base/logger.ts';
import type { Desired, Step } from '../../core/desired/steps.ts';
import { InvalidFieldError } from '../../core/findings.ts';
import { deadlineAnnotation } from '../../core/render/prometheus/retention.ts';
import { checkCustomService } from '../../core/render/shared/governing-service.ts';
import { unlessBlank } from '../../core/render/shared/rendered-objects.ts';
import type { ConfigMap, Secret, Service } from '../../core/render/shared/rendered-objects.ts';
import { reviseConfigMap, reviseSecret, reviseService } from '../../core/render/shared/revision.ts';
import type { Workload } from '../../core/render/shared/workload.ts';
import type { Informer } from '../../kubernetes/cache/informer.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isAbsent } from '../../kubernetes/client/errors.ts';
import type { Applier } from '../../runtime/applier.ts';
import { applyDaemon, applyShard } from './apply-sets.ts';
import type { SurplusFinder } from './follow.ts';
import { followAssets } from './follow.ts';
import type { WorkloadKind, WorkloadObject } from '../../core/kinds/kind.ts';
import { GuardRound } from './guard-round.ts';
import type { FightWatch } from './fights.ts';
import { judgeContests } from '../../core/status/contested.ts';
import type { Contest } from '../../core/status/contested.ts';
import type { Verdict } from '../../core/status/conditions.ts';
import type { AccessRequest } from '../../kubernetes/access.ts';
import type { SetComparison } from './live-sets.ts';
import type { Situations } from './situations.ts';
import { VolumeRound } from './volume-round.ts';
import type { WorkloadWatches } from './watches.ts';

export interface ApplyDeps {
  readonly kind: WorkloadKind;
  readonly client: KubernetesClient;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly fence: () => void;
  readonly applier: Applier;
  readonly watches: WorkloadWatches;
  readonly comparison: SetComparison;
  readonly surplus: SurplusFinder;
  readonly observeRecreate: () => void;
  readonly fights: FightWatch;
  /** What others keep changing of what the workload owns. */
  readonly observeContests: (owner: KubernetesObject, contests: readonly Contest[]) => void;
  /** Syncs the key again in so many milliseconds, however the sync that is under way ends. */
  readonly wakeLater: (key: string, ms: number) => void;
  readonly isOurs: (instance: WorkloadObject) => boolean;
  readonly situations: Pick<Situations, 'tell'>;
  /** What is to be told of volumes that are to have another size; undefined when none is. */
  readonly observeVolumes: (owner: KubernetesObject, verdict: Verdict | undefined) => void;
  /** What is to be told of PodDisruptionBudgets and NetworkPolicies; undefined when all are as asked for. */
  readonly observeGuards: (owner: KubernetesObject, verdict: Verdict | undefined) => void;
  /** Whether RBAC grants a request that is not worth a refusal. */
  readonly isAllowed: (request: AccessRequest) => Promise<boolean>;
}

/** The version that a metadata cache shows; undefined while it cannot say. */
function observe(cache: Informer<ObjectMetadata>, { metadata }: KubernetesObject): string | undefined {
  if (!cache.hasSynced()) return undefined;
  return cache.store.get(metadata.namespace ?? '', metadata.name ?? '')?.metadata.resourceVersion ?? '';
}

/**
 * Brings everything but status to what is desired, step by step (docs/reference/operator-runtime.md 3.3). Resolves with the
 * time in milliseconds after which a retained set is due, if one is.
 */
export async function applyDesired(deps: ApplyDeps, desired: Desired): Promise<number | undefined> {
  followOwned(deps, desired);
  const volumes = new VolumeRound(deps);
  const guards = new GuardRound(deps);
  const due: number[] = [];
  try {
    for (const step of desired.steps)
      due.push(...(await applyStep({ ...deps, volumes, guards }, desired.workload, step)));
  } catch (error) {
    tellVolumes(deps, desired.workload, volumes.verdict() ?? 'as-before');
    throw error;
  } finally {
    tellFights(deps, desired.workload);
  }
  tellVolumes(deps, desired.workload, volumes.verdict());
  // While something cannot be rendered it is not known what guards there should be.
  if (desired.failures.length === 0) tellGuards(deps, desired.workload, guards.verdict());
  due.push(...[volumes.dueMs(), guards.dueMs()].filter((ms) => ms !== undefined));
  return due.length === 0 ? undefined : Math.max(0, Math.min(...due));
}

/** Whoever keeps changing what is written here is named, and what is left to him for a while is written back when it is time. */
function tellFights({ fights, situations, observeContests, wakeLater }: ApplyDeps, { owner }: Workload): void {
  const key = keyOf(owner);
  const contests = fights.listOf(key);
  situations.tell(key, 'Contested', judgeContests(contests));
  observeContests(owner, contests);
  const ms = fights.dueMs(key);
  if (ms !== undefined) wakeLater(key, ms);
}

function tellVolumes(
  { situations, observeVolumes }: ApplyDeps,
  { owner }: Workload,
  verdict: Verdict | undefined | 'as-before',
): void {
  if (verdict === 'as-before') return;
  situations.tell(keyOf(owner), 'VolumesExpanded', verdict);
  observeVolumes(owner, verdict);
}

function tellGuards({ situations, observeGuards }: ApplyDeps, { owner }: Workload, verdict: Verdict | undefined): void {
  situations.tell(keyOf(owner), 'Guarded', verdict);
  observeGuards(owner, verdict);
}

async function applyStep(
  deps: ApplyDeps & { readonly volumes: VolumeRound; readonly guards: GuardRound },
  workload: Workload,
  step: Step,
): Promise<readonly number[]> {
  switch (step.kind) {
    case 'write':
      await write(deps, step, keyOf(workload.owner));
      return [];
    case 'prune':
      await prune(deps, workload, step);
      return [];
    case 'governing-service':
      await applyGoverningService(deps, workload);
      return [];
    case 'stateful-set':
      await applyShard(deps, step, workload);
      return [];
    case 'daemon-set':
      await applyDaemon(deps, step, workload);
      return [];
    case 'surplus-sets':
      return await removeSurplusSets(deps, workload, step);
    case 'guards':
      await deps.guards.apply(step, workload);
      return [];
  }
}

/** Where Secrets and ConfigMaps are read by name, those that are made here are among them. */
function followOwned({ kind, watches }: ApplyDeps, { workload, steps }: Desired): void {
  const { namespace = '' } = workload.owner.metadata;
  const written = steps.flatMap((step) => (step.kind === 'write' ? [step.object] : []));
  followAssets(
    watches,
    userOfOwned(kind, workload.owner),
    written.map((object) => ({
      kind: object.kind === 'Secret' ? ('Secret' as const) : ('ConfigMap' as const),
      namespace,
      name: object.metadata.name ?? '',
    })),
  );
}

/** Who needs the objects that were made for a workload. */
export function userOfOwned({ queueName }: WorkloadKind, { metadata }: KubernetesObject): string {
  return `${queueName} ${metadata.namespace ?? ''}/${metadata.name ?? ''} owned`;
}

type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>;

/** Made once, then the user's: whatever is in it is as it should be. */
const leaveAlone = (live: Secret) => ({ object: live, differences: [] });

async function write(
  { applier, watches }: ApplyDeps,
  { object, fingerprint, once }: StepOf<'write'>,
  user: string,
): Promise<void> {
  if (object.kind === 'ConfigMap') {
    const observedVersion = observe(watches.configMaps, object);
    const map: ConfigMap = object;
    await applier.apply({
      type: configMapType,
      object: map,
      fingerprint,
      revise: reviseConfigMap,
      observedVersion,
      user,
    });
    return;
  }
  const secret: Secret = object;
  if (once === true) {
    await applier.apply({ type: secretType, object: secret, fingerprint, revise: leaveAlone });
    return;
  }
  const observedVersion = observe(watches.secrets, secret);
  await applier.apply({ type: secretType, object: secret, fingerprint, revise: reviseSecret, observedVersion, user });
}

async function prune(deps: ApplyDeps, { owner }: Workload, step: StepOf<'prune'>): Promise<void> {
  const { applier, watches, surplus } = deps;
  const { namespace = '' } = owner.metadata;
  const [type, cache] =
    step.type === 'Secret' ? ([secretType, watches.secrets] as const) : ([configMapType, watches.configMaps] as const);
  const { prefix, wanted, names } = step;
  const live = await surplus.find(cache, { namespace, prefix, wanted, ...(names === undefined ? {} : { names }) });
  for (const { metadata } of step.choose(live, watches.statefulSets.store.list(namespace))) {
    await applier.delete(type, { namespace, name: metadata.name ?? '' }, { uid: metadata.uid });
  }
}

async function applyGoverningService(deps: ApplyDeps, workload: Workload): Promise<void> {
  const { namespace = '' } = workload.owner.metadata;
  const name = unlessBlank(workload.spec.serviceName);
  if (name !== undefined) {
    const found = isObjectName(name) ? await findService(deps, { namespace, name }) : undefined;
    const rejection = checkCustomService(workload.spec, found, deps.kind.labelPods(workload));
    if (rejection !== undefined) throw new InvalidFieldError(rejection);
    return;
  }
  const sharers = deps.watches.instances.store.list(namespace).filter(deps.isOurs);
  const object = deps.kind.renderGoverningService(sharers, workload.settings);
  if (object === undefined) return;
  const observedVersion = observe(deps.watches.services, object);
  const desired = {
    type: serviceType,
    object,
    fingerprint: hashJson(object),
    revise: reviseService,
    observedVersion,
    user: keyOf(workload.owner),
  };
  await deps.applier.apply(desired);
}

async function findService({ client }: ApplyDeps, name: NamespacedName): Promise<Service | undefined> {
  return client.get<Service>(serviceType, name).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
}

async function removeSurplusSets(
  deps: ApplyDeps,
  { owner }: Workload,
  step: StepOf<'surplus-sets'>,
): Promise<number[]> {
  const { namespace = '' } = owner.metadata;
  const now = deps.clock.now();
  const due: number[] = [];
  for (const decision of step.decide(deps.watches.statefulSets.store.list(namespace), now)) {
    const { name = '', uid } = decision.statefulSet.metadata;
    if (decision.kind === 'delete') {
      deps.logger.info('Surplus shard is deleted', { namespace, name });
      await deps.applier.delete(statefulSetType, { namespace, name }, { propagationPolicy: 'Foreground', uid });
      continue;
    }
    if (decision.kind === 'retain') await markRetained(deps, { namespace, name }, decision.deadline);
    if (decision.dueAt !== undefined) due.push(decision.dueAt - now);
  }
  return due;
}

async function markRetained(
  { client, fence, logger }: ApplyDeps,
  name: { namespace: string; name: string },
  deadline: string,
): Promise<void> {
  fence();
  logger.info('Surplus shard is retained', { ...name, deadline });
  const body = { metadata: { annotations: { [deadlineAnnotation]: deadline } } };
  await client.patch(statefulSetType, name, { kind: 'merge', body });
}
