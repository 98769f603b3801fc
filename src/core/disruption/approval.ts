import { hashJson } from '../../base/hash.ts';
import { isChangeable } from '../render/shared/immutable-fields.ts';
import type { SetObject } from './effect.ts';

/**
 * What stands for the pods that a workload is to have: 16 hexadecimal digits of the templates and the fields of its sets that
 * cannot be changed in place. Who approves it approves that they become so, whatever they are now: it changes with each thing
 * that restarts pods, and not with how many of them there are.
 */
export function hashPods(sets: readonly SetObject[]): string {
  const parts = sets.map(({ kind = '', metadata, spec }) => {
    const fields = Object.entries(spec).filter(([field]) => field === 'template' || !isChangeable(kind, field));
    return { kind, name: metadata.name, spec: Object.fromEntries(fields) };
  });
  return BigInt(hashJson(parts)).toString(16).padStart(16, '0');
}
