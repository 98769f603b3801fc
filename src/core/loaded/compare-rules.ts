import { createHash } from 'node:crypto';
import type { Interruptible } from '../../base/interruptible.ts';
import { parseYamlVerbatim } from '../../base/yaml.ts';
import { asMapping, isList } from '../prometheus-config/values.ts';
import type { ConfigComparison } from './compare-config.ts';
import { compareGroup, nameOfGroup } from './compare-group.ts';
import type { PrintedGroup } from './read-rules.ts';

/** Of each file that was found the same, by its path: digests of how it was written and printed. */
export type KnownRuleFiles = Map<string, string>;

/** The rule files of one workload. */
export interface RuleFiles {
  /** Texts by "name of the ConfigMap/key". */
  readonly files: ReadonlyMap<string, string>;
  /** What the names of its rule ConfigMaps begin with: rules of other folders are the user's own. */
  readonly prefix: string;
  /** Labels that the program puts on all rules when it prints them: what rules say of them does not count. */
  readonly ownLabels: ReadonlySet<string>;
}

export interface ComparedRules {
  readonly written: RuleFiles;
  readonly printed: readonly PrintedGroup[];
  /** Files that were found the same are not read again; what is no longer there is forgotten. */
  readonly known: KnownRuleFiles;
}

/**
 * Whether a Prometheus or ThanosRuler has loaded the rules that were written: each group of each file with its rules in their
 * order, and no other group. It ends at the first difference. It may rest behind each file and group.
 *
 * Not seen: `query_offset`, which no program tells, and the interval of groups that have none of their own.
 */
export function* compareRules({ written, printed, known }: ComparedRules): Interruptible<ConfigComparison> {
  const byFile = groupByFile(printed, written.prefix);
  const settled = new Map<string, string>();
  for (const [path, text] of written.files) {
    const groups = byFile.get(path) ?? [];
    const id = digest(JSON.stringify([text, groups, [...written.ownLabels]]));
    if (known.get(path) !== id) {
      const place = yield* compareFile(text, groups, written.ownLabels);
      if (place !== undefined) return { same: false, place: `${place} of rule file ${path}` };
    }
    settled.set(path, id);
    yield;
  }
  for (const [path, [group]] of byFile)
    if (group !== undefined && !written.files.has(path))
      return { same: false, place: `group "${group.name}" of rule file ${path}, which is not written any more` };
  known.clear();
  for (const [path, id] of settled) known.set(path, id);
  return { same: true };
}

/** Those of the operator's ConfigMaps, by "name of the ConfigMap/key". */
function groupByFile(printed: readonly PrintedGroup[], prefix: string): ReadonlyMap<string, readonly PrintedGroup[]> {
  const byFile = new Map<string, PrintedGroup[]>();
  for (const group of printed) {
    const path = group.file.split('/').slice(-2).join('/');
    if (!path.startsWith(prefix)) continue;
    const groups = byFile.get(path);
    if (groups === undefined) byFile.set(path, [group]);
    else groups.push(group);
  }
  return byFile;
}

function* compareFile(
  text: string,
  printed: readonly PrintedGroup[],
  ownLabels: ReadonlySet<string>,
): Interruptible<string | undefined> {
  const list = asMapping(parseYamlVerbatim(text), 'rules')['groups'] ?? null;
  const byName = new Map(printed.map((group) => [group.name, group]));
  for (const one of isList(list) ? list : []) {
    const group = asMapping(one, 'group');
    const name = nameOfGroup(group);
    const place = compareGroup(group, byName.get(name), ownLabels);
    if (place !== undefined) return place;
    byName.delete(name);
    yield;
  }
  for (const name of byName.keys()) return `group "${name}", which is not written any more,`;
  return undefined;
}

const digest = (text: string): string => createHash('sha1').update(text).digest('base64');
