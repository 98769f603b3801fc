/** The PersistentVolumeClaims of a StatefulSet: made with the Pods, kept or deleted as the retention policy says. */
import type { OwnerReference } from '../../../api/meta.ts';
import type { SandboxApi } from '../../api.ts';
import { renderControllerReference, renderOwnerReference } from '../owners.ts';
import type { NewObject } from '../resources.ts';
import { claims, nameOf, read } from '../resources.ts';
import type { Claim, Pod, StatefulSet } from '../shapes.ts';
import { claimNameOf, ordinalOf } from './identity.ts';

/** Creates what is missing of an ordinal's claims; returns their names. */
export function createMissingClaims(api: SandboxApi, set: StatefulSet, ordinal: number): string[] {
  const created: string[] = [];
  for (const template of set.spec.volumeClaimTemplates ?? []) {
    const id = claimNameOf(set, template, ordinal);
    if (read(api, claims, id) !== undefined) continue;
    const { labels, annotations } = template.metadata;
    const claim: NewObject = {
      metadata: {
        ...id,
        labels: { ...labels, ...set.spec.selector.matchLabels },
        ...(annotations === undefined ? {} : { annotations }),
      },
      spec: template.spec,
    };
    api.create(claims, claim);
    created.push(id.name);
  }
  return created;
}

/** Sets the owners of the Pods' claims, so that the garbage collector deletes them when the policy wants it. */
export function syncClaimOwners(
  api: SandboxApi,
  set: StatefulSet,
  pods: readonly Pod[],
  condemned: readonly Pod[],
): void {
  for (const pod of pods) {
    for (const template of set.spec.volumeClaimTemplates ?? []) {
      const claim = read(api, claims, claimNameOf(set, template, ordinalOf(set, pod)));
      if (claim !== undefined) syncOwners(api, claim, { set, pod, isCondemned: condemned.includes(pod) });
    }
  }
}

interface ClaimSituation {
  readonly set: StatefulSet;
  readonly pod: Pod;
  readonly isCondemned: boolean;
}

function syncOwners(api: SandboxApi, claim: Claim, { set, pod, isCondemned }: ClaimSituation): void {
  const { whenDeleted, whenScaled } = set.spec.persistentVolumeClaimRetentionPolicy ?? {};
  const byPod = whenScaled === 'Delete' && isCondemned;
  const bySet = whenDeleted === 'Delete' && !byPod;
  const others = (claim.metadata.ownerReferences ?? []).filter(
    ({ uid }) => uid !== set.metadata.uid && uid !== pod.metadata.uid,
  );
  const wanted: OwnerReference[] = [
    ...others,
    ...(bySet ? [renderControllerReference(set)] : []),
    ...(byPod ? [renderOwnerReference(pod)] : []),
  ];
  const uids = (references: readonly OwnerReference[]) => references.map(({ uid }) => uid).join();
  if (uids(wanted) === uids(claim.metadata.ownerReferences ?? [])) return;
  api.patch(claims, nameOf(claim), { kind: 'merge', body: { metadata: { ownerReferences: wanted } } });
}
