import { joinSteps } from '../../../core/explain/chain-lines.ts';
import type { Chain } from '../../../core/explain/model.ts';
import type { Link } from '../../../core/explain/reasons.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { stateOf, writeState } from './states.ts';

/** Links that let some of what is to be scraped through. */
const counted: readonly Link[] = ['objects', 'port', 'endpoints', 'relabelling', 'shard', 'health'];

/** How many came through each link: "services 1 of 9 → endpoints 3 → relabelling 2 of 3". */
export function writeHops(chain: Chain): Markup {
  const hops = joinSteps(chain).filter(({ step }) => step.counts !== undefined && counted.includes(step.link));
  if (hops.length === 0) return nothing;
  return html`<ol class="hops" aria-label="How many came through">
    ${hops.map(({ title, step }) => {
      const { selected = 0, total = 0 } = step.counts ?? {};
      const state = step.verdict === 'pass' ? nothing : writeState(stateOf[step.verdict]);
      const of = selected === total ? nothing : html` <span class="of">of ${total}</span>`;
      return html`<li class="${stateOf[step.verdict]}">
        <span class="title">${title}</span> <strong>${selected}</strong>${of} ${state}
      </li>`;
    })}
  </ol>`;
}
