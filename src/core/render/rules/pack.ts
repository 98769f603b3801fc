import { compareBytes } from '../../../base/order.ts';
import type { RuleFile } from './rule-file.ts';
import { ruleConfigMapBytes } from '../../limits.ts';

/**
 * Distributes rule files to ConfigMaps: in the order of their names, a new one begun when a file does not fit the
 * current one. Always one at least, which may be empty.
 */
export function packRuleFiles(files: readonly RuleFile[]): RuleFile[][] {
  const packs: RuleFile[][] = [[]];
  let size = 0;
  for (const file of [...files].sort((a, b) => compareBytes(a.name, b.name))) {
    if (size > 0 && size + file.size > ruleConfigMapBytes) {
      packs.push([]);
      size = 0;
    }
    packs.at(-1)?.push(file);
    size += file.size;
  }
  return packs;
}
