import type { RelabelTrace, TracedRule } from '../../../core/explain/model.ts';
import { showObject } from '../../../core/explain/model.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { writeState } from './states.ts';
import type { State } from './states.ts';

const states: Readonly<Record<RelabelTrace['outcome'], readonly [State, string]>> = {
  active: ['ok', 'kept'],
  dropped: ['failed', 'dropped'],
  failed: ['failed', 'failed'],
};

/** Each target opens into its labels before the first rule, what each rule changed, and its labels in the end. */
export const writeTraces = (traces: readonly RelabelTrace[]): Markup =>
  traces.length === 0
    ? nothing
    : html`<h3>Targets, rule by rule</h3>
        ${traces.map(
          (trace) =>
            html`<details class="trace">
              <summary>${writeState(...states[trace.outcome])} <code>${trace.target}</code></summary>
              ${writeLabels('Labels as discovered', trace.discovered)}
              <ol class="rules">
                ${trace.steps.map(writeRule)}
              </ol>
              ${writeLabels(trace.outcome === 'active' ? 'Labels of the target' : 'Labels in the end', trace.labels)}
            </details>`,
        )}`;

const writeLabels = (title: string, labels: Readonly<Record<string, string>>): Markup =>
  html`<h4>${title}</h4>
    <ul class="labels">
      ${Object.entries(labels).map(([name, value]) => html`<li><code>${name}="${value}"</code></li>`)}
    </ul>`;

function writeRule({ rule, action, kept, changes, object, at }: TracedRule): Markup {
  const origin = object === undefined ? '' : `from ${showObject(object)} ${at ?? ''}`;
  const what = kept ? (changes.length === 0 ? 'changes nothing' : '') : 'drops the target';
  return html`<li value="${rule}">
    <strong>${action}</strong> ${what} <span class="found">${origin}</span>
    ${
      changes.length === 0
        ? nothing
        : html`<ul>
            ${changes.map(({ name, before, after }) => html`<li><code>${name}</code>: ${writeChange(before, after)}</li>`)}
          </ul>`
    }
  </li>`;
}

/** "" stands for no label. */
const writeChange = (before: string, after: string): Markup => {
  const show = (value: string): Markup => (value === '' ? html`none` : html`<code>"${value}"</code>`);
  return html`${show(before)} → ${show(after)}`;
};
