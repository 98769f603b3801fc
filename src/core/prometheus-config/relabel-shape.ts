import { SharedMapping } from '../../base/yaml-writer.ts';
import { readRelabelRule } from './relabel-config.ts';
import { listOf } from './shape.ts';
import type { KeyCheck } from './shape.ts';

const rule: KeyCheck = (value, { semantics, regexps, known }) => {
  if (value instanceof SharedMapping && known.has(value)) return;
  readRelabelRule(value, semantics, regexps);
  if (value instanceof SharedMapping) known.add(value);
};

/** A list of rules. @param empty what Prometheus says of one that is null. */
export const relabelRules = (empty: string): KeyCheck => listOf(rule, empty);
