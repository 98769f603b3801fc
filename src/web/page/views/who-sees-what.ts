import type { OwnRead, Rights } from '../rights.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';
import { writeTable } from './table.ts';

/** Whom the page is shown to, and what is read for it. */
export const writeRights = ({ callers, you, reads }: Rights): Markup =>
  html`<h1>Who sees what</h1>
    <p>
      Shown is ${callers}.
      ${you === undefined ? 'Nobody is asked who they are.' : html`You are <strong>${you}</strong>.`}
    </p>
    <h2>What is read</h2>
    <p>
      With the rights of what serves this page: those of the operator, or yours where it is <code>stoker page</code>.
      Nothing is written.
    </p>
    ${writeTable({
      caption: 'What is read',
      columns: ['Resources', 'API group', 'Namespace', 'Verbs', 'Why'],
      rows: reads.map(writeRead),
      empty: 'Nothing is read.',
    })}`;

const writeRead = ({ group, resources, verbs, namespace, why }: OwnRead) => ({
  key: `${group} ${resources.join()} ${namespace}`,
  cells: [
    resources.join(', '),
    group === '' ? 'core' : group,
    namespace === '' ? 'all' : namespace,
    verbs.join(', '),
    why,
  ],
});
