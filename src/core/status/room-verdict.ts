import type { KubernetesObject } from '../../api/meta.ts';
import { largestSecretBytes, toldFileShare } from '../limits.ts';
import type { Verdict } from './conditions.ts';

/** A step, of which those count that write what users may fill. */
interface WritingStep {
  readonly kind: string;
  readonly object?: KubernetesObject | undefined;
  readonly room?: { readonly bytes: number; readonly beyond: string };
}

/** How full the fullest file is that is written for a workload. */
export interface RoomReport {
  /** Of what a Secret or ConfigMap holds: 1 is full. */
  readonly share: number;
  /** The condition NearLimit; undefined, which is no condition, while there is room. */
  readonly verdict: Verdict | undefined;
}

/** Of the Secrets and ConfigMaps that users may fill; undefined when none is written. */
export function judgeRoom(steps: readonly WritingStep[]): RoomReport | undefined {
  let fullest: RoomReport | undefined;
  for (const step of steps) {
    if (step.object === undefined || step.room === undefined) continue;
    const { bytes, beyond } = step.room;
    const share = bytes / largestSecretBytes;
    if (fullest !== undefined && fullest.share >= share) continue;
    const { kind = '', metadata } = step.object;
    const what = `${kind} "${metadata.name ?? ''}" is ${Math.floor(share * 100)} % full`;
    const message = `${what}: beyond the ${largestSecretBytes} bytes that it holds ${beyond}`;
    const verdict: Verdict = { status: 'True', reason: 'FileNearlyFull', message };
    fullest = { share, verdict: share > toldFileShare ? verdict : undefined };
  }
  return fullest;
}
