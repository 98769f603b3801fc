import { alertmanagerType } from '../../api/alertmanager.ts';
import { writeLabels } from '../routing/matching.ts';
import type { Chain, Explanation, ObjectName, Step, Verdict } from './model.ts';
import { showName, showObject } from './model.ts';
import type { Link } from './reasons.ts';
import { codeOf } from '../reasons/lookup.ts';
import { findDecisive } from './chain.ts';
import { isWell, joinSteps } from './chain-lines.ts';
import { isUsedKind } from './kind-words.ts';

/** How to write for one reader. */
export interface TextStyle {
  /** Colours and symbols; words otherwise. */
  readonly isTerminal: boolean;
  /** FILE:LINE:COLUMN of a field, where it is known. */
  readonly locate: (object: ObjectName, at: string) => string | undefined;
}

const width = 100;
const indent = 22;

const signs: Readonly<Record<Verdict, readonly [symbol: string, word: string, colour: string]>> = {
  pass: ['✓', 'ok  ', '32'],
  fail: ['✗', 'FAIL', '31'],
  warn: ['!', 'warn', '33'],
  unknown: ['?', '?   ', '33'],
  skipped: ['·', '-   ', '90'],
};

function showSign(verdict: Verdict, { isTerminal }: TextStyle): string {
  const [symbol, word, colour] = signs[verdict];
  return isTerminal ? `\u001b[${colour}m${symbol}\u001b[0m   ` : word;
}

/** Text in lines of at most `most` characters, broken at spaces; words that are longer stand alone. */
export function wrap(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= most || line === '') line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** A text behind a head; what follows the first line is indented under it. */
export function hang(head: string, text: string, from = indent): string {
  const [first = '', ...rest] = wrap(text, width - from);
  return [`${head}${first}`, ...rest.map((line) => `${' '.repeat(from)}${line}`)]
    .map((line) => line.trimEnd())
    .join('\n');
}

/** @param name number and title of the link */
function writeStep(name: readonly [number | '', string], step: Step, style: TextStyle): string {
  const [number, title] = name;
  const head = `${String(number).padStart(3)} ${showSign(step.verdict, style)} ${title.padEnd(12)} `;
  const gap = step.compared === '' || step.found === '' ? '' : '  ';
  const together = `${step.compared}${gap}${step.found === '' ? '' : `(${step.found})`}`;
  if (together.length <= width - indent) return `${head}${together}`.trimEnd();
  const parts = [step.compared, step.found].filter((part) => part !== '');
  return parts.map((part, index) => hang(index === 0 ? head : ' '.repeat(indent), part)).join('\n');
}

/** The links of the first chain; where other workloads fail at a link, that is said below it. */
function writeChain(chain: Chain, others: readonly Chain[], style: TextStyle): string[] {
  return joinSteps(chain).flatMap(({ number, title, step, leftOut }) =>
    leftOut === undefined
      ? [writeStep([number, title], step, style), ...writeOthers(step.link, others, style)]
      : [`${String(number).padStart(3)} ${showSign('skipped', style)} ${title}: ${leftOut}`],
  );
}

function writeOthers(link: Link, others: readonly Chain[], style: TextStyle): string[] {
  return others.flatMap((other) => {
    const step = findDecisive(other);
    if (other.scraped || step?.link !== link || step.verdict === 'pass') return [];
    const who = step.object.name === other.workload.name ? '' : `${showName(other.workload)}: `;
    return [writeStep(['', ''], { ...step, compared: `${who}${step.compared}` }, style)];
  });
}

function writePlace({ object, at, reason }: Explanation, style: TextStyle): string[] {
  if (isWell(reason)) return [];
  const place = style.locate(object, at);
  return place === undefined ? [] : [`  At    ${place}: ${showObject(object)}${at === '' ? '' : ` ${at}`}`];
}

/** What to look up; the cause of a rejection says more than that there is one. */
function writeCode({ reason, cause }: Explanation): string[] {
  if (isWell(reason)) return [];
  const names = [reason, ...(cause === undefined ? [] : [cause])].map((one) => `${codeOf(one)} ${one}`);
  return [`  Code  ${names.join(', ')}  (stoker explain --code ${codeOf(cause ?? reason)})`];
}

function writeFixes({ fixes, verdict }: Explanation): string[] {
  const title = verdict === 'Scraped' ? 'Hint' : 'Fix ';
  return fixes.map(({ text }, index) => {
    const plain = text.replace(/^or /, '');
    return hang(index === 0 ? `  ${title}  ` : '        ', index === 0 ? plain : `or ${plain}`, 8);
  });
}

const shownTargets = 5;

/** One line for each other endpoint, and the targets of those that are scraped. */
function writeEndpoints(chains: readonly Chain[]): string[] {
  const withTargets = chains.filter(
    ({ monitor }) => !isUsedKind(monitor.kind) && monitor.kind !== alertmanagerType.kind,
  );
  return withTargets.flatMap((chain) => {
    const name = chain.endpoint === '' ? showObject(chain.monitor) : chain.endpoint.replace(/^spec\./, '');
    if (!chain.scraped) {
      const step = findDecisive(chain);
      return [hang('  ', `${name} is not scraped either: ${step?.compared ?? ''}; ${step?.found ?? ''}`, 4)];
    }
    const more = chain.targets.length > shownTargets ? [`    and ${chain.targets.length - shownTargets} more`] : [];
    const targets = chain.targets
      .slice(0, shownTargets)
      .map(({ url, health }) => `    ${url}${health === undefined ? '' : `  ${health}`}`);
    return [`  ${name} is scraped by ${showName(chain.workload)}:`, ...targets, ...more];
  });
}

/** Chains of other endpoints and monitors that came as far as the first; one of each. */
function listBeside(primary: Chain, others: readonly Chain[]): Chain[] {
  const isSame = (chain: Chain): boolean =>
    chain.endpoint === primary.endpoint && showObject(chain.monitor) === showObject(primary.monitor);
  const seen = new Set<string>();
  return others.filter((chain) => {
    const key = `${showObject(chain.monitor)} ${chain.endpoint}`;
    if (chain.job === '' || isSame(chain) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The workload, and of an alert the Alertmanager. */
const showWay = ({ workload, alertmanager }: Chain): string =>
  `${showObject(workload)}${alertmanager === undefined ? '' : ` and ${showObject(alertmanager)}`}`;

/** Of an alert: what is known of it. */
const writeLabelsOf = ({ labels }: Chain): string[] =>
  labels === undefined ? [] : [hang('  ', writeLabels(new Map(Object.entries(labels))), 2), ''];

/** The answer first, the evidence below, the next step last; lines of at most 100 characters where words allow it. */
export function writeText(explanation: Explanation, style: TextStyle): string {
  const { summary, chains, notes } = explanation;
  const [primary, ...others] = chains;
  const answer = wrap(summary, width).join('\n');
  if (primary === undefined) return `${answer}\n`;
  const sameMonitor = others.filter(
    (other) => showObject(other.monitor) === showObject(primary.monitor) && showWay(other) !== showWay(primary),
  );
  const about = [showObject(primary.monitor), primary.endpoint === '' ? '' : primary.endpoint.replace(/^spec\./, '')];
  const sections = [
    [answer],
    [
      ...(chains.length > 1
        ? [hang('  ', `${about.filter((part) => part !== '').join(' ')} and ${showWay(primary)}:`, 2)]
        : []),
      ...writeLabelsOf(primary),
      ...writeChain(primary, sameMonitor, style),
    ],
    [...writePlace(explanation, style), ...writeCode(explanation), ...writeFixes(explanation)],
    writeEndpoints(primary.scraped ? [primary, ...listBeside(primary, others)] : listBeside(primary, others)),
    notes.map((note) => hang('  Note  ', note, 8)),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}
