import { isWell, joinSteps } from '../../../core/explain/chain-lines.ts';
import type { ChainLine } from '../../../core/explain/chain-lines.ts';
import { findDecisive } from '../../../core/explain/chain.ts';
import type { Chain, Explanation, ExplanationVerdict, Step } from '../../../core/explain/model.ts';
import { showName, showObject } from '../../../core/explain/model.ts';
import { excerptField } from '../../../core/explain/shown-object.ts';
import { codeOf, findReason } from '../../../core/reasons/lookup.ts';
import type { ChainData } from '../page-source.ts';
import { configurationPath } from './addresses.ts';
import { writeExcerpt } from './excerpt.ts';
import { writeFixes } from './fixes.ts';
import { writeKey } from '../../../core/overview/row-key.ts';
import { writeHops } from './hops.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { stateOf, writeState } from './states.ts';
import type { State } from './states.ts';
import { writeTargets } from './scraped-targets.ts';
import { writeTraces } from './traces.ts';

const verdicts: Readonly<Record<ExplanationVerdict, readonly [state: State, word: string]>> = {
  Scraped: ['ok', 'scraped'],
  PartlyScraped: ['warning', 'partly scraped'],
  NotScraped: ['failed', 'not scraped'],
  Used: ['ok', 'used'],
  NotUsed: ['failed', 'not used'],
  Notified: ['ok', 'notified'],
  NotNotified: ['failed', 'not notified'],
  Healthy: ['ok', 'healthy'],
  NotHealthy: ['failed', 'not healthy'],
  Unknown: ['unknown', 'unknown'],
};

/** State and word of an answer. */
export const writeVerdict = (verdict: ExplanationVerdict): Markup => writeState(...verdicts[verdict]);

/** The answer first, the evidence below it, the next step last: as `stoker explain` has it. */
export function writeChainBody(data: ChainData): Markup {
  const { explanation } = data;
  const { subject, verdict, summary, chains, notes } = explanation;
  const [primary, ...others] = chains;
  return html`<article class="chain" data-list="objects" data-key="${writeKey(subject)}">
    <h1><span class="kind">${subject.kind}</span> ${showName(subject)}</h1>
    <p class="answer">${writeVerdict(verdict)} <span class="summary">${summary}</span></p>
    ${writeReason(explanation)} ${primary === undefined ? nothing : writeOne(primary, data, true)} ${writeFixes(data)}
    ${others.length === 0 ? nothing : writeOthers(others, data)}
    ${
      notes.length === 0
        ? nothing
        : html`<ul class="notes">
            ${notes.map((note) => html`<li>${note}</li>`)}
          </ul>`
    }
  </article>`;
}

/** Code and meaning of what decided. */
function writeReason({ reason, cause }: Explanation): Markup {
  if (isWell(reason)) return nothing;
  const decisive = cause ?? reason;
  const names = [reason, ...(cause === undefined ? [] : [cause])].map((one) => `${codeOf(one)} ${one}`);
  return html`<p class="reason">
    <strong>${names.join(', ')}</strong>: ${findReason(decisive)?.meaning}
    <code>stoker explain --code ${codeOf(decisive)}</code>
  </p>`;
}

const nameChain = ({ monitor, endpoint, workload, alertmanager }: Chain): string =>
  [
    showObject(monitor),
    ...(endpoint === '' ? [] : [endpoint.replace(/^spec\./, '')]),
    `and ${showObject(workload)}`,
    ...(alertmanager === undefined ? [] : [`and ${showObject(alertmanager)}`]),
  ].join(' ');

/** The link that is shown open: the one that decides, else one that nothing is known of, save rights: they are seldom known. */
const findOpen = (chain: Chain): Step | undefined =>
  findDecisive(chain) ?? chain.steps.find(({ verdict, link }) => verdict === 'unknown' && link !== 'access');

function writeOne(chain: Chain, data: ChainData, isOpen: boolean): Markup {
  const decisive = findOpen(chain);
  const title = nameChain(chain);
  return html`<section class="way">
    <h2>${title}</h2>
    ${writeHops(chain)}
    <ol class="steps">
      ${joinSteps(chain).map((line) => writeStep(line, data, isOpen && line.step === decisive))}
    </ol>
    ${writeTargets(chain)} ${data.hasConfigurations === true ? writeConfigurationLink(chain) : nothing}
  </section>`;
}

/** What has jobs has them in a configuration. */
const writeConfigurationLink = ({ job, monitor, workload }: Chain): Markup =>
  job === ''
    ? nothing
    : html`<p>
        <a href="${configurationPath(workload, monitor)}">Its jobs in the configuration of ${showObject(workload)}</a>
      </p>`;

/** Chains of other endpoints and workloads: closed, with their outcome. */
const writeOthers = (others: readonly Chain[], data: ChainData): Markup =>
  html`<section class="others">
    <h2>Other endpoints and workloads</h2>
    ${others.map((chain) => {
      const decisive = findDecisive(chain);
      const state = chain.scraped ? 'ok' : stateOf[decisive?.verdict ?? 'unknown'];
      const why = chain.scraped || decisive === undefined ? '' : `: ${decisive.compared}; ${decisive.found}`;
      return html`<details>
        <summary>${writeState(state)} ${nameChain(chain)}${why}</summary>
        ${writeOne(chain, data, false)}
      </details>`;
    })}
  </section>`;

function writeStep(line: ChainLine, data: ChainData, isDecisive: boolean): Markup {
  const { step, leftOut } = line;
  const state = stateOf[step.verdict];
  const head = writeHead(line);
  if (leftOut !== undefined) return html`<li class="step skipped">${head}</li>`;
  const more = writeEvidence(step, data);
  const mark = isDecisive ? html`data-decisive="${step.link}"` : nothing;
  if (more === nothing) return html`<li class="step ${state}" ${mark}>${head}</li>`;
  return html`<li class="step ${state}" ${mark} data-row>
    <details ${isDecisive ? html`open` : nothing}>
      <summary>${head}</summary>
      ${more}
    </details>
  </li>`;
}

/** Number, state, title, what was compared and what was found. */
const writeHead = ({ number, title, step, leftOut }: ChainLine): Markup =>
  html`<span class="number">${number}</span> ${writeState(stateOf[step.verdict])} <span class="title">${title}</span>
    <span class="compared">${leftOut ?? step.compared}</span>
    ${step.found === '' ? nothing : html`<span class="found">${step.found}</span>`}`;

/** The field that decided, in the YAML of its object; and what replicas were seen to do. */
function writeEvidence({ object, at, load, operands }: Step, { find }: ChainData): Markup {
  const known = object.name === '' ? undefined : find(object);
  const title = `${showObject(object)}${at === '' ? '' : ` ${at}`}`;
  const excerpt = known === undefined ? nothing : writeExcerpt(title, excerptField(known, at));
  if (operands?.trace !== undefined) return html`${excerpt} ${writeTraces(operands.trace())}`;
  if (load === undefined) return excerpt;
  return html`${excerpt}
    <ul class="replicas">
      ${load.replicas.map(({ name, state, since }) => html`<li>${name}: ${state} since ${since}</li>`)}
    </ul>`;
}
