import { showFix } from '../../../core/explain/shown-fix.ts';
import type { ChainData } from '../page-source.ts';
import { writeCode, writeDiffLines } from './excerpt.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';

/** The edits that mend what is wrong, the first first: as a sentence, as a diff and as a command. */
export function writeFixes({ explanation, find }: ChainData): Markup {
  const { fixes, verdict } = explanation;
  if (fixes.length === 0) return nothing;
  return html`<section class="fixes">
    <h2>${verdict === 'Scraped' ? 'Hint' : 'Fix'}</h2>
    <ol>
      ${fixes.map((fix, index) => {
        const { text, held, diff, command } = showFix(fix, find(fix.object));
        const number = index + 1;
        return html`<li>
          <p class="fix-text">${index === 0 ? '' : 'or '}${text}</p>
          ${held === undefined ? nothing : html`<p class="held">Look at it first: ${held}</p>`}
          ${diff === undefined ? nothing : writeDiffLines(diff, `Fix ${number} as a diff`)}
          ${command === undefined ? nothing : writeCommand(command, number)}
        </li>`;
      })}
    </ol>
  </section>`;
}

const writeCommand = (command: string, number: number): Markup =>
  html`<div class="command">
    ${writeCode(command, `Fix ${number} as a command`)}
    <button type="button" class="copy" data-copy hidden>Copy</button>
  </div>`;
