/**
 * Expands claims whose class allows it, as a storage driver and the kubelet do: Resizing, then FileSystemResizePending, and once a Pod
 * on a machine uses the claim its capacity is what was asked for.
 */
import { keyOf, splitKey } from '../../../api/meta.ts';
import { compareQuantities } from '../../../base/quantity.ts';
import { formatTime } from '../../../base/time.ts';
import { expansionStepMs } from '../../limits.ts';
import type { ApiObject } from '../../api.ts';
import { isUsed } from '../claim-protection.ts';
import type { ControllerContext, Running } from '../context.ts';
import { startController } from '../context.ts';
import { isTerminating } from '../owners.ts';
import { claims, nameOf, pods, read, storageClasses } from '../resources.ts';
import type { Claim, ClaimStatus } from '../shapes.ts';

type Phase = 'none' | 'Resizing' | 'FileSystemResizePending';

/** Volumes that somebody made by hand: there is no driver to expand them. */
const byHand = 'kubernetes.io/no-provisioner';

export function startVolumeExpander(context: ControllerContext): Running {
  const { api, clock } = context;
  /** When a claim came to where it is, by the monotonic clock. */
  const since = new Map<string, { readonly phase: Phase; readonly at: number }>();
  return startController(context, {
    name: 'volume-expander',
    observe: (watch, queue) => {
      watch(claims, (claim, gone) => {
        if (gone) since.delete(keyOf(claim));
        else queue.add(keyOf(claim));
      });
      watch(pods, ({ metadata, spec }) => {
        for (const { persistentVolumeClaim: used } of spec.volumes ?? [])
          if (used !== undefined) queue.add(`${metadata.namespace ?? ''}/${used.claimName}`);
      });
    },
    sync: (key, queue) => {
      const claim = read(api, claims, splitKey(key));
      if (claim === undefined || isTerminating(claim) || !isToGrow(context, claim)) return;
      const phase = phaseOf(claim);
      const known = since.get(key);
      const now = clock.monotonic();
      if (known?.phase !== phase) since.set(key, { phase, at: now });
      const left = phase === 'none' ? 0 : (known?.phase === phase ? known.at : now) + expansionStepMs - now;
      if (left > 0) queue.addAfter(key, left);
      else if (phase !== 'FileSystemResizePending' || isUsed(context, claim)) advance(context, claim, phase);
    },
  });
}

const sizeOf = ({ spec }: Claim): string => spec.resources?.requests?.storage ?? '0';

function isToGrow({ api }: ControllerContext, claim: Claim): boolean {
  const { phase, capacity = {} } = claim.status ?? {};
  if (phase !== 'Bound' || compareQuantities(sizeOf(claim), capacity.storage ?? '0') <= 0) return false;
  const found = read(api, storageClasses, { namespace: '', name: claim.spec.storageClassName ?? '' });
  return found?.allowVolumeExpansion === true && found.provisioner !== byHand;
}

function phaseOf({ status }: Claim): Phase {
  const types = new Set(status?.conditions?.map(({ type }) => type));
  if (types.has('FileSystemResizePending')) return 'FileSystemResizePending';
  return types.has('Resizing') ? 'Resizing' : 'none';
}

function advance({ api, clock }: ControllerContext, claim: Claim, phase: Phase): void {
  const { conditions: _conditions, ...rest } = claim.status ?? {};
  const lastTransitionTime = formatTime(clock.now());
  const at = (type: Phase): ClaimStatus => ({ ...rest, conditions: [{ type, status: 'True', lastTransitionTime }] });
  const next = { none: at('Resizing'), Resizing: at('FileSystemResizePending') };
  const status =
    phase === 'FileSystemResizePending'
      ? { ...rest, capacity: { ...rest.capacity, storage: sizeOf(claim) } }
      : next[phase];
  const stored = read(api, claims, nameOf(claim));
  if (stored !== undefined) api.updateStatus(claims, { ...stored, status } as ApiObject);
}
