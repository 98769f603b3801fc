import { findDecisive, rankChain } from './chain.ts';
import { describeDecisive } from './decisive.ts';
import type { Chain, Explanation, ExplanationVerdict, ObjectName } from './model.ts';
import { showObject } from './model.ts';
import { summarise } from './summary.ts';

/** What is asked about, and how far each workload and endpoint comes. */
export interface Findings {
  readonly subject: ObjectName;
  readonly chains: readonly Chain[];
}

const isFailure = (chain: Chain): boolean => chain.steps.some(({ verdict }) => verdict === 'fail');

/** Of each endpoint of each monitor the chain that comes furthest, whichever workload it is of. */
function chooseBest(chains: readonly Chain[]): Chain[] {
  const best = new Map<string, Chain>();
  const reached = chains.filter(({ job }) => job !== '');
  for (const chain of reached.length > 0 ? reached : chains) {
    const key = reached.length > 0 ? `${showObject(chain.monitor)} ${chain.endpoint}` : '';
    const known = best.get(key);
    if (known === undefined || rankChain(chain) > rankChain(known)) best.set(key, chain);
  }
  return [...best.values()];
}

function judge(best: readonly Chain[], subject: ObjectName): ExplanationVerdict {
  const scraped = best.filter((chain) => chain.scraped).length;
  if (scraped === best.length) return 'Scraped';
  // Of a pod or service it is enough that one monitor scrapes it.
  const isOwn = best.every(({ monitor }) => showObject(monitor) === showObject(subject));
  if (scraped > 0) return isOwn ? 'PartlyScraped' : 'Scraped';
  return best.some(isFailure) ? 'NotScraped' : 'Unknown';
}

/** The chain that the answer is about: one that fails where any does, the one that comes furthest. */
function choosePrimary(best: readonly Chain[], verdict: ExplanationVerdict): Chain | undefined {
  const isWanted = (chain: Chain): boolean => chain.scraped === (verdict === 'Scraped');
  const wanted = best.filter(isWanted);
  const [first] = [...wanted].sort((a, b) => rankChain(b) - rankChain(a));
  if (verdict !== 'Scraped') return first;
  return wanted.find((chain) => findDecisive(chain) !== undefined) ?? first;
}

/** The answer but for what was not read or was supposed: that is the same for all. */
export function weighChains({ subject, chains }: Findings): Omit<Explanation, 'notes'> {
  const best = chooseBest(chains);
  const verdict = judge(best, subject);
  const primary = choosePrimary(best, verdict);
  const decisive = primary === undefined ? undefined : findDecisive(primary);
  return {
    subject,
    verdict,
    ...describeDecisive(decisive, subject, 'Scraped'),
    summary: summarise({ subject, verdict, best, primary, decisive }),
    chains: [...new Set([primary, ...best, ...chains].flatMap((chain) => chain ?? []))],
  };
}
