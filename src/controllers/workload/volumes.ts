import { storageClassType, volumeClaimType } from '../../api/builtin-types.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { StatefulSet } from '../../core/render/shared/rendered-objects.ts';
import { judgeStorage, nameClaim } from '../../core/render/shared/storage-change.ts';
import type { StorageChange } from '../../core/render/shared/storage-change.ts';
import { findUnfinished, reportClaim } from '../../core/status/volume-claims.ts';
import type { ClaimReport, VolumeClaimObject } from '../../core/status/volume-claims.ts';
import type { ExpansionRefusal, VolumeState } from '../../core/status/volume-verdict.ts';
import type { AccessRequest } from '../../kubernetes/access.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isAbsent, isConflict, isForbidden, isInvalid } from '../../kubernetes/client/errors.ts';

export interface VolumeDeps {
  readonly client: Pick<KubernetesClient, 'get' | 'patch'>;
  readonly fence: () => void;
  readonly isAllowed: (request: AccessRequest) => Promise<boolean>;
}

/**
 * Takes the next step towards the size that the volumes of a set are to have: at most one claim is asked for more, and none before
 * all that come before it have it. What is in the cluster says how far that is. Resolves with undefined when no size differs.
 * @param mayAsk false while the claims of another set are being expanded: nothing is asked then.
 */
export async function expandVolumes(
  deps: VolumeDeps,
  { live, desired, mayAsk }: { readonly live: StatefulSet; readonly desired: StatefulSet; readonly mayAsk: boolean },
): Promise<VolumeState | undefined> {
  const change = judgeStorage(live, desired);
  if (change === undefined) return undefined;
  const { namespace = '', name: set = '' } = live.metadata;
  const state = { set, change, claims: [] };
  if (change.kind === 'shrink') return state;
  if (!(await isPermitted(deps, namespace))) return { ...state, refusal: { kind: 'not-permitted' } };
  const found = await readClaims(deps, live, change.template);
  const claims = found.map((claim) => reportClaim(claim, change.to));
  const next = findUnfinished(claims);
  if (next?.state !== 'small' || !mayAsk) return { ...state, claims };
  const claim = found.find(({ metadata }) => metadata.name === next.name);
  const refusal = claim === undefined ? undefined : await expand(deps, claim, change);
  return { ...state, claims: refusal === undefined ? markAsked(claims, next) : claims, refusal };
}

/** The claim that was asked for more just now. */
const markAsked = (claims: readonly ClaimReport[], { name }: ClaimReport): ClaimReport[] =>
  claims.map((one) => (one.name === name ? { name, state: 'growing' } : one));

async function isPermitted({ isAllowed }: VolumeDeps, namespace: string): Promise<boolean> {
  const { group, plural: resource } = volumeClaimType;
  const answers = ['get', 'patch'].map((verb) => isAllowed({ verb, group, resource, namespace }));
  return (await Promise.all(answers)).every((isGranted) => isGranted);
}

/** Of the pods that the set has, by ordinal; those that are missing or go are made of the new template. */
async function readClaims({ client }: VolumeDeps, set: StatefulSet, template: string): Promise<VolumeClaimObject[]> {
  const { namespace = '', name = '' } = set.metadata;
  const found: VolumeClaimObject[] = [];
  for (let ordinal = 0; ordinal < (set.spec.replicas ?? 1); ordinal += 1) {
    const id = { namespace, name: nameClaim(template, name, ordinal) };
    const claim = await client.get<VolumeClaimObject>(volumeClaimType, id).catch(ignoreAbsent);
    if (claim !== undefined && claim.metadata.deletionTimestamp === undefined) found.push(claim);
  }
  return found;
}

function ignoreAbsent(error: unknown): undefined {
  if (!isAbsent(error)) throw error;
  return undefined;
}

/** Asks for the size, unless the class is known not to allow it. What the server refuses is told, not thrown. */
async function expand(
  deps: VolumeDeps,
  { metadata, spec }: VolumeClaimObject,
  { to }: StorageChange,
): Promise<ExpansionRefusal | undefined> {
  const { namespace = '', name = '', uid, resourceVersion } = metadata;
  const className = spec.storageClassName === '' ? undefined : spec.storageClassName;
  if (className === undefined || !(await mayBeExpandable(deps, className)))
    return { kind: 'class', claim: name, className };
  deps.fence();
  const body = { metadata: { uid, resourceVersion }, spec: { resources: { requests: { storage: to } } } };
  try {
    await deps.client.patch(volumeClaimType, { namespace, name }, { kind: 'merge', body });
    return undefined;
  } catch (error) {
    // Its driver has written it in between: it is looked at again.
    if (isConflict(error)) return undefined;
    if (!(isForbidden(error) || isInvalid(error))) throw error;
    return { kind: 'server', claim: name, message: error.message };
  }
}

interface StorageClass extends KubernetesObject {
  readonly allowVolumeExpansion?: boolean;
}

/** Where the class may not be read the API server says, when it is asked for more, whether the class allows it. */
async function mayBeExpandable({ client, isAllowed }: VolumeDeps, name: string): Promise<boolean> {
  const { group, plural: resource } = storageClassType;
  if (!(await isAllowed({ verb: 'get', group, resource, name }))) return true;
  try {
    const found = await client.get<StorageClass>(storageClassType, { namespace: '', name });
    return found.allowVolumeExpansion === true;
  } catch (error) {
    if (isForbidden(error)) return true;
    if (isAbsent(error)) return false;
    throw error;
  }
}
