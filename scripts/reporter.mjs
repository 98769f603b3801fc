// A short reporter for node:test: failures whole, skips with their reason, lines that tests print as diagnostics, counts.
import { sourceFile } from './testing/compile.mjs';
import { readError, readOutcome } from './testing/events.mjs';

const describe = {
  pass: () => '',
  fail: (data) =>
    `  ✖ ${data.name} (${sourceFile(data.file ?? '')}:${data.line ?? ''})\n${readError(data).replaceAll(/^/gm, '      ')}\n`,
  skipped: ({ name, skip }) => `  ﹣ ${name}: skipped: ${skip === true ? 'no reason given' : skip}\n`,
};
describe.absent = describe.skipped;

/** Yields the lines of the report; the closing lines are those of node's own spec reporter. */
export default async function* report(source) {
  const totals = { tests: 0, pass: 0, fail: 0, skipped: 0 };
  for await (const event of source) {
    const { type, data } = event;
    if (type === 'test:diagnostic' && data.nesting > 0) yield `  ℹ ${data.message}\n`;
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const outcome = readOutcome(event);
    if (outcome === undefined) continue;
    totals.tests += 1;
    totals[outcome === 'absent' ? 'skipped' : outcome] += 1;
    yield describe[outcome](data);
  }
  for (const [word, count] of Object.entries(totals)) yield `ℹ ${word} ${count}\n`;
}
