import { cutText } from '../../base/cut-text.ts';
import { toldMessageBytes } from '../limits.ts';
import { describeShrinking, sizeField } from '../render/shared/storage-change.ts';
import type { StorageChange } from '../render/shared/storage-change.ts';
import type { Verdict } from './conditions.ts';
import { findUnfinished } from './volume-claims.ts';
import type { ClaimReport } from './volume-claims.ts';

/** Why claims are not expanded. */
export type ExpansionRefusal =
  | { readonly kind: 'not-permitted' }
  /** `className` is undefined when the claim has none. */
  | { readonly kind: 'class'; readonly claim: string; readonly className: string | undefined }
  /** `message` is the API server's. */
  | { readonly kind: 'server'; readonly claim: string; readonly message: string };

/** What was found of the volumes of one set that are to have another size. */
export interface VolumeState {
  readonly set: string;
  readonly change: StorageChange;
  /** Of a larger size, by ordinal. */
  readonly claims: readonly ClaimReport[];
  readonly refusal?: ExpansionRefusal | undefined;
}

/** The condition VolumesExpanded: undefined, which is no condition, when no size differs. What is refused is told before what goes on. */
export function judgeVolumes(states: readonly VolumeState[]): Verdict | undefined {
  const all = states.map(judgeSetVolumes);
  const worst = order.find((reason) => all.some((one) => one.reason === reason));
  if (worst === undefined) return undefined;
  const lines = all.filter(({ reason }) => reason === worst).map(({ message }) => message);
  return { status: 'False', reason: worst, message: cutText(lines.join('\n'), toldMessageBytes) };
}

const order = [
  ...(['ShrinkingRefused', 'ClassNotExpandable', 'ExpansionNotPermitted', 'ExpansionFailed'] as const),
  'VolumesExpanding',
] as const;

interface SetVerdict {
  readonly reason: (typeof order)[number];
  readonly message: string;
}

/** What is told of the volumes of one set. */
export function judgeSetVolumes({ set, change, claims, refusal }: VolumeState): SetVerdict {
  if (change.kind === 'shrink') return { reason: 'ShrinkingRefused', message: describeShrinking(set, change) };
  if (refusal !== undefined) return judgeRefusal(set, change, refusal);
  const progress = describeProgress(set, change, claims);
  const { name, problem } = findUnfinished(claims) ?? {};
  if (problem === undefined) return { reason: 'VolumesExpanding', message: progress };
  return { reason: 'ExpansionFailed', message: `${progress}: ${problem} (kubectl describe pvc ${name ?? ''})` };
}

const aboutUs = { reason: 'ExpansionNotPermitted' } as const;

function judgeRefusal(set: string, { from, to }: StorageChange, refusal: ExpansionRefusal): SetVerdict {
  const cannot = `Cannot expand the volumes of StatefulSet "${set}" from "${from}" to "${to}"`;
  if (refusal.kind === 'not-permitted')
    return {
      ...aboutUs,
      message: `${cannot}: RBAC does not let the operator get and patch persistentvolumeclaims here. Apply its Role or ClusterRole again`,
    };
  const { claim } = refusal;
  if (refusal.kind === 'server')
    return { reason: 'ExpansionFailed', message: `${cannot}: claim "${claim}": ${refusal.message}` };
  const { className } = refusal;
  const why =
    className === undefined
      ? `claim "${claim}" has no StorageClass`
      : `StorageClass "${className}" of claim "${claim}" does not allow it`;
  const allow = className === undefined ? '' : `set allowVolumeExpansion: true on the class, or `;
  return {
    reason: 'ClassNotExpandable',
    message: `${cannot}: ${why}; ${allow}set ${sizeField} back to "${from}"; for new claims alone: kubectl delete statefulset ${set} --cascade=orphan, it is made anew with "${to}"`,
  };
}

function describeProgress(set: string, { to }: StorageChange, claims: readonly ClaimReport[]): string {
  const done = claims.filter(({ state }) => state === 'grown').length;
  const next = findUnfinished(claims);
  const count = `${done} of ${claims.length} claims of StatefulSet "${set}" ${claims.length === 1 ? 'is' : 'are'} "${to}"`;
  if (next === undefined) return `${count}, the set is made anew around its pods`;
  return `${count}, "${next.name}" ${next.state === 'unbound' ? 'waits for its volume' : 'is being expanded'}`;
}
