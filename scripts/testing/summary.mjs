// What stands at the end of a run: one row a suite, the slowest files, what failed. Of a run in CI only the last 8 kB are kept.
import { relative } from 'node:path';

const slowest = 10;
/** Of each failure; of all of them together: where there is no room for errors there may be for names, the rest is counted. */
const excerpt = { lines: 10, characters: 600, all: 4_000, names: 6_000 };

/**
 * How many of a suite's tests ended how, and the seconds from the start of its first file to the end of its last: suites may
 * overlap.
 * @param records of all suites
 */
export function count({ suite, folder, files }, records) {
  const mine = records.filter(({ file }) => file.startsWith(`${folder}/`));
  const tests = mine.filter(({ outcome }) => outcome !== undefined);
  const times = mine.filter(({ start }) => start !== undefined);
  const number = (wanted) => tests.filter(({ outcome }) => outcome === wanted).length;
  const [pass, fail, absent] = [number('pass'), number('fail'), number('absent')];
  const seconds =
    times.length === 0
      ? 0
      : (Math.max(...times.map(({ end }) => end)) - Math.min(...times.map(({ start }) => start))) / 1000;
  return {
    suite,
    files: files.length,
    tests: tests.length,
    pass,
    fail,
    skipped: number('skipped') + absent,
    absent,
    seconds,
  };
}

const row = ([first, ...cells], why = '') =>
  `${String(first).padEnd(13)} ${cells.map((cell) => String(cell).padStart(6)).join(' ')}  ${why}`.trimEnd();

/** @param rows what {@link count} makes, with `why` a suite is a failure; '' when it is none */
export function printTable(rows) {
  const cells = (r) => [r.files, r.tests, r.pass, r.fail, r.skipped, r.seconds.toFixed(0)];
  return [
    row(['suite', 'files', 'tests', 'pass', 'fail', 'skip', 's']),
    ...rows.map((r) => row([r.suite, ...cells(r)], r.why)),
  ];
}

export function printSlowest(records, root) {
  const files = records.filter(({ start }) => start !== undefined);
  const longest = files.toSorted((a, b) => b.end - b.start - (a.end - a.start)).slice(0, slowest);
  return longest.map(
    ({ file, start, end }) => `${((end - start) / 1000).toFixed(1).padStart(7)} s  ${relative(root, file)}`,
  );
}

/** The beginning of an error, without the frames of node itself. */
function cut(error) {
  const lines = error.split('\n').filter((line) => line.trim() !== '' && !/^\s+at .*\(node:/.test(line));
  const text = lines.slice(0, excerpt.lines).join('\n');
  return (text.length > excerpt.characters ? `${text.slice(0, excerpt.characters)} …` : text).replaceAll(/^/gm, '    ');
}

/** Each test that failed: its name, where it stands and the beginning of its error, as far as there is room. */
export function printFailures(records, root) {
  const failed = records.filter(({ outcome }) => outcome === 'fail');
  const lines = [];
  let length = 0;
  for (const [at, { test, file, line, error }] of failed.entries()) {
    const name = `✖ ${test} (${relative(root, file)}${line === undefined ? '' : `:${line}`})`;
    const text = cut(error);
    const added = length + name.length + text.length <= excerpt.all ? [name, text] : [name];
    length += added.join('\n').length;
    if (length > excerpt.names) return [...lines, `✖ and ${failed.length - at} more`];
    lines.push(...added);
  }
  return lines;
}
