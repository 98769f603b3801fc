import { fileURLToPath } from 'node:url';
import { customKinds } from '../../src/api/kinds.ts';
import { readTypeNames } from './api-docs/names.ts';
import { renderPage } from './api-docs/page.ts';
import type { Output } from './output.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** docs/api.md: all kinds and their types, from the descriptions in src/api. */
export const apiDocsOutput: Output = {
  path: 'docs/api.md',
  render: async () => `${renderPage(customKinds, await readTypeNames(root))}\n`,
};
