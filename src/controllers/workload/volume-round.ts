import type { StatefulSet } from '../../core/render/shared/rendered-objects.ts';
import { withSize } from '../../core/render/shared/storage-change.ts';
import type { Verdict } from '../../core/status/conditions.ts';
import { findUnfinished } from '../../core/status/volume-claims.ts';
import { judgeVolumes } from '../../core/status/volume-verdict.ts';
import type { VolumeState } from '../../core/status/volume-verdict.ts';
import { expansionLookMs, refusedExpansionLookMs } from '../limits.ts';
import { expandVolumes } from './volumes.ts';
import type { VolumeDeps } from './volumes.ts';

/** A set as far as it can be had with the volumes that are there. */
export interface SizedSet {
  /** With the size that the live one has, where that is another. */
  readonly object: StatefulSet;
  /** All claims have the wanted size, and the set does not say so yet. */
  readonly isReady: boolean;
  /** They have not, or cannot have it. */
  readonly isHeld: boolean;
}

/** What one sync of a workload does about the sizes of its volumes: the sets one after the other, one claim at a time. */
export class VolumeRound {
  readonly #deps: VolumeDeps;
  readonly #states: VolumeState[] = [];

  constructor(deps: VolumeDeps) {
    this.#deps = deps;
  }

  /** Takes the next step for one set. @param live as the cache has it. */
  async proceed(live: StatefulSet | undefined, desired: StatefulSet): Promise<SizedSet> {
    if (live === undefined || live.metadata.deletionTimestamp !== undefined)
      return { object: desired, isReady: false, isHeld: false };
    const mayAsk = !this.#states.some(isUnderWay);
    const state = await expandVolumes(this.#deps, { live, desired, mayAsk });
    if (state === undefined) return { object: desired, isReady: false, isHeld: false };
    this.#states.push(state);
    const isReady =
      state.change.kind === 'grow' && state.refusal === undefined && findUnfinished(state.claims) === undefined;
    return { object: withSize(desired, state.change.from), isReady, isHeld: !isReady };
  }

  /** The condition VolumesExpanded. */
  verdict(): Verdict | undefined {
    return judgeVolumes(this.#states);
  }

  /** Milliseconds until it is worth another look, if it is. */
  dueMs(): number | undefined {
    if (this.#states.some(isUnderWay)) return expansionLookMs;
    return this.#states.some(({ refusal }) => refusal !== undefined) ? refusedExpansionLookMs : undefined;
  }
}

const isUnderWay = ({ change, claims, refusal }: VolumeState): boolean =>
  change.kind === 'grow' && refusal === undefined && findUnfinished(claims) !== undefined;
