import { LabelSet } from '../relabel/label-set.ts';
import type { PlainGroup } from './sd-config.ts';
import type { TargetGroup } from './target-group.ts';

/** A group as people write it: addresses, and labels for all of them. `extra` beats what is written. */
export function createPlainGroup(
  source: string,
  { targets, labels }: PlainGroup,
  extra: Readonly<Record<string, string>> = {},
): TargetGroup {
  return {
    source,
    labels: LabelSet.from({ ...labels, ...extra }),
    targets: targets.map((address) => LabelSet.ofPairs(['__address__', address])),
  };
}

/** The group that takes a source's targets away. */
export function createEmptyGroup(source: string): TargetGroup {
  return { source, labels: LabelSet.empty, targets: [] };
}
