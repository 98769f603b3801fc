import { describeDrop } from '../targets/trace-target.ts';
import { plural } from './case.ts';
import { isUsedKind } from './kind-words.ts';
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
  /** Of an alert: the receiver that is wanted. */
  readonly receiver?: string | undefined;
}

type Sentence = (step: Step, chain: Chain) => string;

/** What a step says in half a sentence, where what it compared does not say it well. */
const sentences: Readonly<Partial<Record<ReasonCode, Sentence>>> = {
  NoWorkload: ({ compared, found }) => `${compared}; ${found}`,
  NamespaceSelectorUnset: (step, { workload }) => `${showName(workload)} looks in its own namespace alone`,
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
  PortNotFound: ({ operands, found }) => `no port of the Service is named ${JSON.stringify(operands?.port)}; ${found}`,
  PortIsNumber: ({ compared }) => `${compared}, and it holds a number`,
  TargetPortNotDeclared: ({ compared, found }) => `${compared}; ${found}`,
  AccessDenied: ({ object, found }) => `ServiceAccount ${showName(object)} ${found}`,
  DroppedByRule: ({ object, at, operands }) =>
    `${showObject(object)} ${at} drops its targets (${operands?.drop === undefined ? '' : describeDrop(operands.drop)})`,
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

const joinNames = (names: readonly string[]): string => [...new Set(names)].join(' and ');

interface Told extends SummaryInput {
  readonly who: string;
  /** What decided; "" where nothing is to be said. */
  readonly why: string;
}

const answers: Readonly<Record<ExplanationVerdict, (told: Told) => string>> = {
  Scraped: summariseScraped,
  PartlyScraped: ({ who, why, primary }) => `${who} is only partly scraped: ${primary?.endpoint ?? ''}: ${why}`,
  NotScraped: ({ who, why }) => `${who} is NOT scraped: ${why}`,
  Used: ({ who, why, best }) =>
    butFor(`${who} is used by ${joinNames(best.map(({ workload }) => showName(workload)))}`, why),
  NotUsed: ({ who, why }) => `${who} is NOT used: ${why}`,
  Notified: summariseNotified,
  NotNotified: (told) =>
    `${told.receiver ?? 'Nobody'} is ${told.receiver === undefined ? '' : 'NOT '}notified of ${told.subject.name}${countOthers(told)}: ${told.why}`,
  Healthy: ({ who, why }) => butFor(`${who} is healthy`, why),
  NotHealthy: ({ who, why }) => `${who} is NOT healthy: ${why}`,
  Unknown: ({ subject, why, receiver }) => `Whether ${tellUnknown(subject, receiver)} cannot be said: ${why}`,
};

/** The answer in one sentence. */
export function summarise(input: SummaryInput): string {
  const { subject, verdict } = input;
  const who = subject.kind === 'Target' ? subject.name : showName(subject);
  return endSentence(answers[verdict]({ ...input, who, why: tellDecisive(input) }));
}

const butFor = (answer: string, why: string): string => (why === '' ? answer : `${answer}. But: ${why}`);

function tellUnknown(subject: ObjectName, receiver = 'anybody'): string {
  if (subject.kind === 'Alert') return `${receiver} is notified of ${subject.name}`;
  const who = subject.kind === 'Target' ? subject.name : showName(subject);
  return `${who} is ${isUsedKind(subject.kind) ? 'used' : 'scraped'}`;
}

function summariseNotified({ best, subject, why }: Told): string {
  const told = best.flatMap(({ receivers = [], alertmanager }) =>
    receivers.map((receiver) => `${receiver} of ${alertmanager === undefined ? '' : showName(alertmanager)}`),
  );
  return butFor(`${subject.name} notifies ${joinNames(told)}`, why);
}

/** Of several alerts that fire it is said how many are lost. */
function countOthers({ best }: SummaryInput): string {
  const lost = best.filter(({ scraped }) => !scraped).length;
  return best.length > 1 ? ` (${lost} of ${best.length})` : '';
}

const tellDecisive = ({ decisive, primary }: SummaryInput): string =>
  decisive === undefined || primary === undefined ? '' : tell(decisive, primary);

function summariseScraped({ subject, best, who, why }: Told): string {
  const scraping = best.filter(({ scraped }) => scraped);
  const by = joinNames(scraping.map(({ workload }) => showName(workload)));
  const isOwn = scraping.every(({ monitor }) => showObject(monitor) === showObject(subject));
  const through = isOwn ? '' : ` through ${joinNames(scraping.map(({ monitor }) => showObject(monitor)))}`;
  return butFor(`${who} is scraped by ${by}${through}: ${plural(countTargets(best), 'target')}`, why);
}
