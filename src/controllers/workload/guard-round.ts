import { disruptionBudgetType, networkPolicyType } from '../../api/builtin-types.ts';
import { keyOf } from '../../api/meta.ts';
import type { ObjectMetadata, ResourceType } from '../../api/meta.ts';
import { describeError } from '../../base/errors.ts';
import { hashJson } from '../../base/hash.ts';
import type { Logger } from '../../base/logger.ts';
import { chooseSurplusGuards } from '../../core/desired/guard-steps.ts';
import type { GuardStep } from '../../core/desired/guard-steps.ts';
import { budgetAnnotation, policyAnnotation } from '../../core/render/shared/guard-choice.ts';
import { isGuardOf } from '../../core/render/shared/guard.ts';
import type { Guard, GuardKind } from '../../core/render/shared/guard.ts';
import { reviseGuard } from '../../core/render/shared/revision.ts';
import type { Workload } from '../../core/render/shared/workload.ts';
import type { Verdict } from '../../core/status/conditions.ts';
import { describeTaken, judgeGuards } from '../../core/status/guard-verdict.ts';
import type { GuardRemark } from '../../core/status/guard-verdict.ts';
import type { Informer } from '../../kubernetes/cache/informer.ts';
import { isForbidden, isInvalid, isNotFound } from '../../kubernetes/client/errors.ts';
import type { Applier } from '../../runtime/applier.ts';
import { takenNameLookMs } from '../limits.ts';
import type { WorkloadWatches } from './watches.ts';

export interface GuardDeps {
  readonly applier: Applier;
  readonly watches: Pick<WorkloadWatches, 'disruptionBudgets' | 'networkPolicies'>;
  readonly logger: Logger;
}

const types: Readonly<Record<GuardKind, ResourceType>> = {
  PodDisruptionBudget: disruptionBudgetType,
  NetworkPolicy: networkPolicyType,
};
const annotations = { PodDisruptionBudget: budgetAnnotation, NetworkPolicy: policyAnnotation } as const;

/** The object of the name is somebody else's. */
class NameTakenError extends Error {
  override readonly name = 'NameTakenError';
}

/** What one sync of a workload does about its PodDisruptionBudgets and NetworkPolicy. What the API server refuses is told of and fails nothing. */
export class GuardRound {
  readonly #deps: GuardDeps;
  readonly #remarks: GuardRemark[] = [];

  constructor(deps: GuardDeps) {
    this.#deps = deps;
  }

  /** @throws what may be otherwise when it is tried again. */
  async apply(step: GuardStep, workload: Workload): Promise<void> {
    this.#remarks.push(...step.remarks);
    for (const object of step.objects) await this.#tell(object, this.#write(object, workload));
    for (const kind of step.settled) await this.#prune(step, workload, kind);
  }

  /** The condition Guarded. */
  verdict(): Verdict | undefined {
    return judgeGuards(this.#remarks);
  }

  /** Objects of others are not watched: milliseconds until it is worth another look, if it is. */
  dueMs(): number | undefined {
    const isLookedAt = this.#remarks.some(({ reason }) => reason === 'GuardNameTaken' || reason === 'GuardNotWritten');
    return isLookedAt ? takenNameLookMs : undefined;
  }

  async #write(object: Guard, { owner }: Workload): Promise<void> {
    const cache = this.#cacheOf(object.kind as GuardKind);
    const { namespace = '', name = '' } = object.metadata;
    const observed = cache?.store.get(namespace, name)?.metadata.resourceVersion ?? '';
    const result = await this.#deps.applier.apply<Guard>({
      type: types[object.kind as GuardKind],
      object,
      fingerprint: hashJson(object),
      revise: (live, desired) => {
        if (!isGuardOf(live, owner)) throw new NameTakenError(describeTaken(object, annotationOf(object)));
        return reviseGuard(live, desired);
      },
      observedVersion: cache?.hasSynced() === true ? observed : undefined,
      user: keyOf(owner),
    });
    if (result === 'created' || result === 'updated')
      this.#deps.logger.info('Guard applied', { key: keyOf(owner), kind: object.kind, name, result });
  }

  /** What is refused for good is told of. */
  async #tell({ kind = '', metadata: { name = '' } }: Guard, written: Promise<void>): Promise<void> {
    try {
      await written;
    } catch (error) {
      if (error instanceof NameTakenError) this.#remarks.push({ reason: 'GuardNameTaken', message: error.message });
      else if (!isForbidden(error) && !isInvalid(error) && !isNotFound(error)) throw error;
      else {
        const message = `Cannot write ${kind} "${name}": ${describeError(error)}`;
        this.#remarks.push({ reason: 'GuardNotWritten', message });
      }
    }
  }

  /** Only what the cache shows: what comes with its first list wakes the workload that it belongs to. */
  async #prune(step: GuardStep, { owner }: Workload, kind: GuardKind): Promise<void> {
    const cache = this.#cacheOf(kind);
    if (cache === undefined) return;
    const { namespace = '' } = owner.metadata;
    const live = cache.store.list(namespace).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    for (const { metadata } of chooseSurplusGuards(step, owner, { kind, live })) {
      const { name = '', uid } = metadata;
      this.#deps.logger.info('Guard is deleted', { key: keyOf(owner), kind, name });
      await this.#deps.applier.delete(types[kind], { namespace, name }, { uid }).catch((error: unknown) => {
        if (!isForbidden(error)) throw error;
        const message = `Cannot delete ${kind} "${name}": ${describeError(error)}`;
        this.#remarks.push({ reason: 'GuardNotWritten', message });
      });
    }
  }

  #cacheOf(kind: GuardKind): Informer<ObjectMetadata> | undefined {
    const { disruptionBudgets, networkPolicies } = this.#deps.watches;
    return kind === 'PodDisruptionBudget' ? disruptionBudgets : networkPolicies;
  }
}

const annotationOf = ({ kind }: Guard): string => annotations[kind as GuardKind];
