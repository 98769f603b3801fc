import type { Chain } from '../../../core/explain/model.ts';
import { shownTargets } from '../../limits.ts';
import { html, nothing } from './markup.ts';
import type { Markup } from './markup.ts';

/** The targets that are scraped, with what the replica that does so says of each. */
export function writeTargets({ targets }: Chain): Markup {
  if (targets.length === 0) return nothing;
  const more = targets.length > shownTargets ? html`<li>and ${targets.length - shownTargets} more</li>` : nothing;
  return html`<ul class="targets" aria-label="Targets">
    ${targets.slice(0, shownTargets).map(({ url, health }) => html`<li><code>${url}</code> ${health}</li>`)} ${more}
  </ul>`;
}
