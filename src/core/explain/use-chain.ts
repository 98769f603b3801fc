import { makeStep } from './case.ts';
import { judgeEvaluated } from './links/evaluation.ts';
import { judgeWatched } from './links/operator.ts';
import { judgeReached } from './links/reached.ts';
import { judgeRoutesLoaded } from './links/routes-loaded.ts';
import { judgeWritten } from './links/written.ts';
import { judgeRulesLoaded } from './links/rules-loaded.ts';
import { judgeNamespaceSelector } from './links/selection.ts';
import { judgeSeries } from './links/series.ts';
import { judgeShards } from './links/split-rules.ts';
import type { RulesCase } from './links/opened-rules.ts';
import { isNamed, judgeNamedOrLabels, judgeUse } from './links/used.ts';
import type { UseCase } from './links/used.ts';
import type { Step } from './model.ts';
import type { Link } from './reasons.ts';

/** A link, and what judges it. */
export type UseLink<T extends UseCase = UseCase> = readonly [link: Link, judge: (one: T) => Step];

/** The links that decide whether a workload uses an object which it does not scrape. */
export const useLinks: readonly UseLink[] = [
  ['operator', judgeWatched],
  ['namespace', judgeNamespaceSelector],
  ['labels', judgeNamedOrLabels],
  ['valid', judgeUse],
];

/** What is looked at of rules beyond that, up to their evaluation. */
export const ruleLinks: readonly UseLink<RulesCase>[] = [
  ...useLinks,
  ['series', judgeSeries],
  ['shards', judgeShards],
  ['written', judgeWritten],
  ['loaded', judgeRulesLoaded],
  ['evaluated', judgeEvaluated],
];

/** The same of routes. */
export const configLinks: readonly UseLink[] = [...useLinks, ['loaded', judgeRoutesLoaded], ['reached', judgeReached]];

const needed = new Set<Link>(useLinks.map(([link]) => link));

/** Nothing is known of what comes after it. */
export const endsUse = ({ verdict, link }: Step): boolean =>
  verdict === 'fail' || (verdict === 'unknown' && needed.has(link));

export interface UseWalk {
  /** One for each link: those behind one that fails are not reached. */
  readonly steps: readonly Step[];
  readonly passed: boolean;
}

/** Goes along the links until one fails, or something must be asked first. */
export function walkUse(one: RulesCase, links: readonly UseLink<RulesCase>[]): UseWalk {
  const steps: Step[] = [];
  for (const [link, judge] of links) {
    const isOver = one.facts.hasOpen() || steps.some(endsUse);
    const isSkipped = isOver || (link === 'namespace' && isNamed(one));
    steps.push(isSkipped ? makeStep(link, 'skipped', { reason: 'NotReached', object: one.name }) : judge(one));
  }
  return { steps, passed: !steps.some(endsUse) };
}
