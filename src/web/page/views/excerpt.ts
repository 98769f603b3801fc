import type { ExcerptLine } from '../../../core/explain/shown-object.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** Lines of YAML with their numbers; the one that is meant is marked, by a sign as well. */
export function writeExcerpt(title: string, lines: readonly ExcerptLine[]): Markup {
  const rows = lines.map(({ number, text, isMarked }) => {
    const line = html`<span class="number">${number}</span> <span>${isMarked ? '▶' : ' '}</span> ${text}`;
    return isMarked ? html`<mark>${line}</mark>${'\n'}` : html`${line}${'\n'}`;
  });
  return html`<figure class="excerpt">
    <figcaption>${title}</figcaption>
    ${writeCode(rows, title)}
  </figure>`;
}

/** Text in lines, which scrolls by keyboard where it is wide. */
export const writeCode = (lines: unknown, label: string): Markup =>
  html`<pre tabindex="0" role="group" aria-label="${label}"><code>${lines}</code></pre>`;

const kinds: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed' };

/** A unified diff, its lines told apart by their first character and by colour. */
export function writeDiffLines(diff: string, label: string): Markup {
  const lines = diff.trimEnd().split('\n');
  const rows = lines.map((line) => {
    const kind = /^(?:---|\+\+\+) /.test(line) ? undefined : kinds[line.charAt(0)];
    return kind === undefined ? html`${line}${'\n'}` : html`<span class="${kind}">${line}</span>${'\n'}`;
  });
  return writeCode(rows, label);
}
