import type { Verdict } from '../../../core/explain/model.ts';
import type { RowState } from '../../../core/overview/overview.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** How something is: never said by its colour alone. */
export type State = 'ok' | 'failed' | 'warning' | 'unknown' | 'skipped';

const signs: Readonly<Record<State, readonly [symbol: string, word: string]>> = {
  ok: ['✓', 'ok'],
  failed: ['✗', 'failed'],
  warning: ['!', 'warning'],
  unknown: ['?', 'unknown'],
  skipped: ['·', 'not reached'],
};

export const stateOf: Readonly<Record<Verdict, State>> = {
  pass: 'ok',
  fail: 'failed',
  warn: 'warning',
  unknown: 'unknown',
  skipped: 'skipped',
};

/** Symbol and word of a state. @param word in the place of the usual one */
export function writeState(state: State, word?: string): Markup {
  const [symbol, usual] = signs[state];
  return html`<span class="state ${state}"
    ><span class="sign" aria-hidden="true">${symbol}</span> ${word ?? usual}</span
  >`;
}

/** Of a row of a list: its state is one of those of steps. */
export const writeRowState = (state: RowState): Markup => writeState(state);
