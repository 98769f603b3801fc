// A reporter for node:test that writes what the summary needs, one JSON object a line:
//   { test, file, line, outcome, error? }   each test that ended; `test` is its name after those of its suites
//   { file, start, end }                    each file, in ms since 1970
// Of a file that could not be loaded node says that it failed; why stands in what it wrote to stderr.
import { relative } from 'node:path';
import { isFile, readError, readOutcome } from './events.mjs';

export default async function* record(source) {
  const names = [];
  const started = new Map();
  const complaints = new Map();
  for await (const event of source) {
    const { type, data } = event;
    if (type === 'test:dequeue' && isFile(data)) started.set(data.file, Date.now());
    if (type === 'test:complete' && isFile(data)) {
      const start = started.get(data.file);
      yield `${JSON.stringify({ file: data.file, start, end: start + data.details.duration_ms })}\n`;
    }
    if (type === 'test:stderr') complaints.set(data.file, (complaints.get(data.file) ?? '') + data.message);
    if (type === 'test:start') names.splice(data.nesting, names.length, data.name);
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const outcome = readOutcome(event);
    if (outcome === undefined) continue;
    const test = [...names.slice(0, data.nesting), data.name].join(' › ');
    const { file, line } = data;
    const record = { test: isFile(data) ? relative(process.cwd(), file) : test, file, line, outcome };
    if (outcome === 'fail') record.error = isFile(data) ? (complaints.get(file) ?? '') : readError(data);
    yield `${JSON.stringify(record)}\n`;
  }
}
