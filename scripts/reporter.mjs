// A short reporter for node:test: failures whole, skips with their reason, lines that tests print as diagnostics, counts.

const leaf = (data) => data.details?.type !== 'suite';

/** A test that reads what is not beside a clone (test/shared-material.ts). */
const isAbsent = (reason) => String(reason).startsWith('absent: ');

/** Yields the lines of the report; the closing lines are those of node's own spec reporter. */
export default async function* report(source) {
  const totals = { tests: 0, pass: 0, fail: 0, skipped: 0, absent: 0 };
  for await (const { type, data } of source) {
    if (type === 'test:diagnostic' && data.nesting > 0) yield `  ℹ ${data.message}\n`;
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (!leaf(data) && type === 'test:pass' && data.skip === undefined) continue;
    if (leaf(data)) totals.tests += 1;
    if (data.skip !== undefined) {
      totals.skipped += 1;
      if (!leaf(data)) totals.tests += 1;
      if (isAbsent(data.skip)) totals.absent += 1;
      yield `  ﹣ ${data.name}: skipped: ${data.skip === true ? 'no reason given' : data.skip}\n`;
    } else if (type === 'test:pass') totals.pass += 1;
    else {
      if (leaf(data)) totals.fail += 1;
      const cause = data.details.error.cause ?? data.details.error;
      if (data.details.error.failureType !== 'subtestsFailed') {
        yield `  ✖ ${data.name} (${data.file ?? ''}:${data.line ?? ''})\n${String(cause.stack ?? cause.message ?? cause).replaceAll(/^/gm, '      ')}\n`;
      }
    }
  }
  for (const [word, count] of Object.entries(totals)) yield `ℹ ${word} ${count}\n`;
}
