import { plural } from './case.ts';
import type { Chain, ExplanationVerdict, ObjectName, Step } from './model.ts';
import { showName, showObject } from './model.ts';
import type { ReasonCode } from './reasons.ts';

export interface SummaryInput {
  readonly subject: ObjectName;
  readonly verdict: ExplanationVerdict;
  /** One for each endpoint. */
  readonly best: readonly Chain[];
  readonly primary: Chain | undefined;
  readonly decisive: Step | undefined;
}

type Sentence = (step: Step, chain: Chain) => string;

/** What a step says in half a sentence, where what it compared does not say it well. */
const sentences: Readonly<Partial<Record<ReasonCode, Sentence>>> = {
  NoWorkload: () => 'there is no Prometheus or PrometheusAgent',
  NamespaceSelectorUnset: (step, { workload }) => `${showName(workload)} looks for monitors in its own namespace alone`,
  NamespaceLabelsDiffer: ({ found }, { workload }) => `${showName(workload)} does not select its namespace: ${found}`,
  SelectorUnset: ({ at }, { workload }) => `${at} of ${showName(workload)} is null, which selects nothing`,
  LabelsDiffer: ({ found }, { workload }) => `its labels do not match the selector of ${showName(workload)}: ${found}`,
  Unmanaged: (_, { workload }) => `${showName(workload)} has no selectors of monitors at all`,
  WorkloadPaused: (_, { workload }) => `${showName(workload)} is paused`,
  Rejected: ({ at, found }) => `${at === '' ? '' : `${at}: `}${found}`,
  NoServiceMatches: ({ found }) => `no Service matches its selector; ${found}`,
  NoPodMatches: ({ found }) => `no Pod matches its selector; ${found}`,
  NoIngressMatches: ({ found }) => `no Ingress matches its selector; ${found}`,
  InOtherNamespace: ({ found }) => `it does not look in the right namespace; ${found}`,
  SelectorMatchesPods: () => 'its selector matches labels of Pods, not of a Service',
  SelectorMatchesServices: () => 'its selector matches labels of a Service, not of Pods',
  NamespaceSelectorsIgnored: (_, { workload }) => `${showName(workload)} ignores namespaceSelectors`,
  PortNotFound: ({ compared, found }) => `no port of the Service is named ${compared.replace(/^\S+ /, '')}; ${found}`,
  PortIsNumber: ({ compared }) => `${compared}, and it holds a number`,
  TargetPortNotDeclared: ({ compared, found }) => `${compared}; ${found}`,
  AccessDenied: ({ object, found }) => `ServiceAccount ${showName(object)} ${found}`,
  DroppedByRule: ({ object, at, found }) =>
    `${showObject(object)} ${at} drops its targets (${found.split(';')[0] ?? ''})`,
};

function tell(step: Step, chain: Chain): string {
  const sentence = sentences[step.reason];
  if (sentence !== undefined) return sentence(step, chain);
  return [step.compared, step.found].filter((part) => part !== '').join('; ');
}

function countTargets(best: readonly Chain[]): number {
  return new Set(best.flatMap(({ targets }) => targets.map(({ url }) => url))).size;
}

const endSentence = (text: string): string => (text.endsWith('?') ? text : `${text}.`);

/** The answer in one sentence. */
export function summarise({ subject, verdict, best, primary, decisive }: SummaryInput): string {
  const who = subject.kind === 'Target' ? subject.name : showName(subject);
  const why = decisive === undefined || primary === undefined ? '' : tell(decisive, primary);
  const scraping = best.filter(({ scraped }) => scraped);
  const by = [...new Set(scraping.map(({ workload }) => showName(workload)))].join(' and ');
  switch (verdict) {
    case 'Scraped': {
      const through = scraping.every(({ monitor }) => showObject(monitor) === showObject(subject))
        ? ''
        : ` through ${[...new Set(scraping.map(({ monitor }) => showObject(monitor)))].join(' and ')}`;
      const answer = `${who} is scraped by ${by}${through}: ${plural(countTargets(best), 'target')}.`;
      return why === '' ? answer : endSentence(`${answer} But: ${why}`);
    }
    case 'PartlyScraped':
      return endSentence(`${who} is only partly scraped: ${primary?.endpoint ?? ''}: ${why}`);
    case 'NotScraped':
      return endSentence(`${who} is NOT scraped: ${why}`);
    case 'Unknown':
      return endSentence(`Whether ${who} is scraped cannot be said: ${why}`);
  }
}
