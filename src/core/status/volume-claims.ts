import type { PersistentVolumeClaimSpec, PersistentVolumeClaimStatus } from '../../api/core/claim.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { compareQuantities } from '../../base/quantity.ts';

/** A PersistentVolumeClaim as the API server has it. */
export interface VolumeClaimObject extends KubernetesObject {
  readonly spec: PersistentVolumeClaimSpec;
  readonly status?: PersistentVolumeClaimStatus;
}

/**
 * How far a claim is: `small`: to be asked for more; `unbound`: has no volume yet, so that nothing can be asked; `growing`: its
 * driver is at work, or has failed; `grown`: it has the size, or lacks but the file system, which the kubelet grows.
 */
export type ClaimState = 'small' | 'unbound' | 'growing' | 'grown';

export interface ClaimReport {
  readonly name: string;
  readonly state: ClaimState;
  /** What the driver or the kubelet says is wrong. */
  readonly problem?: string | undefined;
}

/** As Kubernetes calls them from 1.31 on. */
const errorConditions: ReadonlySet<string> = new Set(['ControllerResizeError', 'NodeResizeError']);

const isAtLeast = (size: string | number | undefined, wanted: string): boolean =>
  size !== undefined && compareQuantities(size, wanted) >= 0;

function findProblem({
  conditions = [],
  allocatedResourceStatuses = {},
}: PersistentVolumeClaimStatus): string | undefined {
  const error = conditions.find(({ type, status }) => errorConditions.has(type) && status === 'True');
  const { storage } = allocatedResourceStatuses;
  const isRefused = storage?.endsWith('Infeasible') === true || storage?.endsWith('Failed') === true;
  if (error === undefined) return isRefused ? `its driver says ${storage}` : undefined;
  const { message = '', reason = '', type } = error;
  return [message, reason, type].find((text) => text !== '');
}

/** @param wanted a quantity. */
export function reportClaim({ metadata, spec, status = {} }: VolumeClaimObject, wanted: string): ClaimReport {
  const requested = String(spec.resources?.requests?.storage ?? 0);
  const problem = findProblem(status);
  const state = judgeClaim(status, { requested, wanted, hasFailed: problem !== undefined });
  const { name = '' } = metadata;
  return state === 'growing' ? { name, state, problem } : { name, state };
}

function judgeClaim(
  status: PersistentVolumeClaimStatus,
  {
    requested,
    wanted,
    hasFailed,
  }: { readonly requested: string; readonly wanted: string; readonly hasFailed: boolean },
): ClaimState {
  const hasAsked = isAtLeast(requested, wanted);
  if (hasAsked && isAtLeast(status.capacity?.storage, wanted)) return 'grown';
  // More was asked for before than can be had: from Kubernetes 1.34 on a request may go back to what is more than the volume has.
  const isTooMuch = hasFailed && !isAtLeast(wanted, requested);
  if (!hasAsked || isTooMuch) return status.phase === 'Bound' ? 'small' : 'unbound';
  return isLeftToKubelet(status) && !hasFailed ? 'grown' : 'growing';
}

const isLeftToKubelet = ({ conditions = [] }: PersistentVolumeClaimStatus): boolean =>
  conditions.some(({ type, status }) => type === 'FileSystemResizePending' && status === 'True');

/** The first claim that has not the size: the others wait for it, so that a driver that fails hits one pod. */
export const findUnfinished = (reports: readonly ClaimReport[]): ClaimReport | undefined =>
  reports.find(({ state }) => state !== 'grown');
