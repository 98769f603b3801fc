import type { AlertmanagerCase } from '../alertmanager-case.ts';
import { makeStep, plural } from '../case.ts';
import { setField } from '../fixes.ts';
import type { Step } from '../model.ts';
import { showObject } from '../model.ts';

const claim = { volumeClaimTemplate: { spec: { resources: { requests: { storage: '1Gi' } } } } };

/** Whether silences and the log of notifications outlive the Pods. */
export function judgeStorage({ view, routing, expected }: AlertmanagerCase): Step {
  const object = view.name;
  const at = 'spec.storage';
  const { storage } = routing.object.spec;
  const isLost = storage?.emptyDir !== undefined || storage?.ephemeral !== undefined;
  const isKept = storage?.volumeClaimTemplate !== undefined && !isLost;
  const compared = `${at} of ${showObject(object)}, ${plural(expected, 'replica')}`;
  if (isKept)
    return makeStep('storage', 'pass', { reason: 'StorageKept', object, at, compared, found: 'it has a volume' });
  const found =
    expected > 1
      ? 'no claim: when all Pods go at once, silences are gone, and what was notified is notified again'
      : 'no claim: silences are gone with the Pod, and what was notified is notified again';
  return makeStep('storage', 'warn', {
    reason: 'StorageMissing',
    object,
    at,
    compared,
    found,
    fixes: [setField(object, at, claim)],
  });
}
