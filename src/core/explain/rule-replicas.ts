import type { PrometheusRule } from '../../api/prometheus-rule.ts';
import type { RulerFacts, LoadedGroup, LoadedRule } from './running.ts';
import type { UseCase } from './links/used.ts';

/** A replica that told its rules. */
export interface AskedRuler extends RulerFacts {
  readonly groups: readonly LoadedGroup[];
}

/** What the replicas of the workload say; nothing where they are not to be asked. */
export function listRulers({ facts, view }: UseCase): readonly RulerFacts[] {
  return facts.asks.replicas ? facts.askRulers(view.name, view.object) : [];
}

/** Those that told their rules. */
export function listAskedRulers(one: UseCase): AskedRuler[] {
  return listRulers(one).flatMap(({ groups, ...rest }) => (groups === undefined ? [] : [{ ...rest, groups }]));
}

/** The key of a rule file begins with these; the uid, which manifests seldom have, comes behind (docs/reference/rendering.md 3.9). */
export function startOfRuleFile({ monitor: { metadata } }: UseCase): string {
  const { namespace = '', name = '' } = metadata;
  return `${namespace}-${name}-`;
}

/** The groups that a replica has of the object. */
export function findGroups(one: UseCase, { groups }: AskedRuler): readonly LoadedGroup[] {
  const start = startOfRuleFile(one);
  const own = new Set((one.monitor as PrometheusRule).spec.groups?.map(({ name }) => name));
  return groups.filter(({ file, name }) => baseName(file).startsWith(start) && own.has(name));
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The rules that a replica has of the object: those that are asked about. */
export function findRules(one: UseCase, ruler: AskedRuler): readonly LoadedRule[] {
  const { rule } = one;
  const groups = findGroups(one, ruler).filter(({ name }) => rule === undefined || name === rule.group);
  return groups.flatMap(({ rules }) => rules.filter(({ name }) => rule === undefined || name === rule.name));
}
