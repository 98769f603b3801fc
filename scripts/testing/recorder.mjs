// A reporter for node:test that writes what the summary needs, one JSON object a line:
//   { test, file, line?, outcome, error? }   each test that ended; `test` is its name after those of its suites
//   { file, start, end }                     each file, in ms since 1970
// Files are those of the repository, not what they were compiled to. The file of a test is that of its outermost suite: node
// names the one where `it` was called, which may be a helper of many.
// Of a file that could not be loaded node says that it failed; why stands in what it wrote to stderr.
import { relative } from 'node:path';
import { sourceFile } from './compile.mjs';
import { isFile, readError, readOutcome } from './events.mjs';

/** Where in the file an error came from, by its stack. */
function lineIn(file, error = '') {
  const at = error.indexOf(`${file}:`);
  return at < 0 ? undefined : Number.parseInt(error.slice(at + file.length + 1), 10);
}

export default async function* record(source) {
  const suites = [];
  const started = new Map();
  const complaints = new Map();
  for await (const event of source) {
    const { type, data } = event;
    if (type === 'test:dequeue' && isFile(data)) started.set(data.file, Date.now());
    if (type === 'test:complete' && isFile(data)) {
      const start = started.get(data.file);
      yield `${JSON.stringify({ file: sourceFile(data.file), start, end: start + data.details.duration_ms })}\n`;
    }
    if (type === 'test:stderr') complaints.set(data.file, (complaints.get(data.file) ?? '') + data.message);
    if (type === 'test:start') suites.splice(data.nesting, suites.length, data);
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const outcome = readOutcome(event);
    if (outcome === undefined) continue;
    const file = sourceFile(suites[0]?.file ?? data.file);
    const names = [...suites.slice(0, data.nesting), data].map(({ name }) => name);
    const record = { test: isFile(data) ? relative(process.cwd(), file) : names.join(' › '), file, outcome };
    if (outcome === 'fail') record.error = (isFile(data) && complaints.get(data.file)) || readError(data);
    record.line = lineIn(file, record.error) ?? (sourceFile(data.file) === file ? data.line : undefined);
    yield `${JSON.stringify(record)}\n`;
  }
}
