/** A chain in lines, however they are shown. */
import type { Chain, Explanation, Step } from './model.ts';
import type { Link } from './reasons.ts';

const titles: Readonly<Record<string, string>> = {
  ServiceMonitor: 'services',
  PodMonitor: 'pods',
  Probe: 'targets',
  ScrapeConfig: 'targets',
};

const titleOf = (link: Link, { monitor }: Chain): string =>
  link === 'objects' ? (titles[monitor.kind] ?? 'monitors') : link;

const isLeftOut = ({ reason, verdict }: Step): boolean =>
  reason === 'NotReached' || (reason === 'NotAsked' && verdict === 'skipped');

/** One link, or neighbours that were left out for one reason. */
export interface ChainLine {
  /** Of the first link, counted from 1. */
  readonly number: number;
  /** "port", or "endpoints … health". */
  readonly title: string;
  readonly step: Step;
  /** Why it was left out; absent: it was looked at. */
  readonly leftOut?: string;
}

/** The links of a chain in their order; neighbours that were left out for one reason stand in one line. */
export function joinSteps(chain: Chain): ChainLine[] {
  const joined: { number: number; steps: Step[] }[] = [];
  for (const [index, step] of chain.steps.entries()) {
    const before = joined.at(-1);
    const neighbour = before?.steps[0];
    const isAlike =
      neighbour?.reason === step.reason && (step.reason === 'NotReached' || neighbour.compared === step.compared);
    if (neighbour !== undefined && isLeftOut(neighbour) && isLeftOut(step) && isAlike) before?.steps.push(step);
    else joined.push({ number: index + 1, steps: [step] });
  }
  return joined.flatMap(({ number, steps: [first, ...others] }) =>
    first === undefined ? [] : [writeLine({ number, title: titleOf(first.link, chain), step: first }, others)],
  );
}

function writeLine(line: ChainLine, others: readonly Step[]): ChainLine {
  const { step, title } = line;
  if (!isLeftOut(step)) return line;
  const last = others.at(-1);
  const leftOut = step.reason === 'NotAsked' ? step.compared : 'not reached';
  return { ...line, title: last === undefined ? title : `${title} … ${last.link}`, leftOut };
}

/** Nothing is to be looked up, and nothing to be mended. */
export const isWell = (reason: Explanation['reason']): boolean =>
  ['Scraped', 'Used', 'Notified', 'Healthy'].includes(reason);
