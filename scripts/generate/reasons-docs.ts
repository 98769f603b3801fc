import { listedReasons } from '../../src/core/reasons/lookup.ts';
import type { ListedReason } from '../../src/core/reasons/lookup.ts';
import { reasonGroups } from '../../src/core/reasons/table.ts';
import type { Output } from './output.ts';

const folder = 'docs/reasons';

const head = `# Reasons and their codes

Each reason that explain, check, route, the webhook, rejections and conditions give has a code that stays what it is: it is safe in
runbooks, alerts and searches. \`stoker explain --code STK1203\` (or \`--code SeriesImpossible\`) prints a page; texts name the code in
brackets or on the line *Code*, JSON has it as \`code\` beside \`reason\`, and as \`causeCode\` beside \`cause\`.

(Written by \`npm run generate\` from \`src/core/reasons\`.)
`;

function renderPage({ code, reason, where, meaning, example, mend }: ListedReason): string {
  const wrong =
    example === undefined || mend === undefined
      ? 'Nothing is to be mended.\n'
      : `## Example\n\n\`\`\`text\n${example}\n\`\`\`\n\n## How it is mended\n\n${mend}\n`;
  return `# ${code} ${reason}\n\n${meaning}.\n\nGiven by: ${where}.\n\n${wrong}\n---\n[All reasons](README.md)\n`;
}

function renderIndex(): string {
  const sections = reasonGroups.map(({ title, where, digits }) => {
    const rows = listedReasons
      .filter(({ code }) => code.startsWith(`STK${digits}`))
      .map(({ code, reason, meaning }) => `| [${code}](${code}.md) | \`${reason}\` | ${meaning} |`);
    return `## ${title}\n\nGiven by: ${where}.\n\n| code | reason | means |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `${head}\n${sections.join('\n')}`;
}

/** docs/reasons: a page a code, and the list of them. */
export const reasonsDocsOutputs: readonly Output[] = [
  { path: `${folder}/README.md`, render: renderIndex },
  ...listedReasons.map((one) => ({ path: `${folder}/${one.code}.md`, render: () => renderPage(one) })),
];
