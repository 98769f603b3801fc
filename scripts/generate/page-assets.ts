import { readFileSync } from 'node:fs';
import type { Output } from './output.ts';

const folder = new URL('../../src/web/page/assets/', import.meta.url);

/** Texts as the bundle holds them: without what stands only for readers of the source. */
function readAsset(name: string): string {
  const text = readFileSync(new URL(name, folder), 'utf8');
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('//')).join('\n');
}

const quote = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;

/** Style, script and icon of the page as a module: the bundle is one file, with nothing beside it. */
export const pageAssetsOutput: Output = {
  path: 'src/web/page/assets.ts',
  render: () =>
    [
      '/** Generated from src/web/page/assets/ by `npm run generate`. */',
      `export const pageStyle =\n  ${quote(readAsset('page.css'))};`,
      '',
      `export const pageScript =\n  ${quote(readAsset('page.js'))};`,
      '',
      `export const pageIcon =\n  ${quote(readAsset('icon.svg'))};`,
      '',
    ].join('\n'),
};
