/** What came of one test. */
export interface TestResult {
  readonly file: string;
  /** FILE:LINE:COLUMN, or the file. */
  readonly place: string;
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  /** What is wrong, or why it was skipped, line by line; none when it passed. */
  readonly lines: readonly string[];
}

interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function summarise(results: readonly TestResult[]): Summary {
  const count = (wanted: TestResult['result']): number => results.filter(({ result }) => result === wanted).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

/** How results are printed, by the value of `--output`. */
export const testFormats: Readonly<Record<string, (results: readonly TestResult[]) => string>> = {
  text: writeText,
  json: (results) => `${JSON.stringify({ ...summarise(results), tests: results }, null, 2)}\n`,
  junit: writeJunit,
};

const words = { passed: 'ok  ', failed: 'FAIL', skipped: 'skip' } as const;

function writeText(results: readonly TestResult[]): string {
  const lines = results.map(({ place, name, result, lines: [first = '', ...rest] }) => {
    const head = `${words[result]}  ${place}: ${name}${first === '' ? '' : `: ${first.trim()}`}\n`;
    return head + rest.map((line) => `      ${line}\n`).join('');
  });
  const { passed, failed, skipped } = summarise(results);
  return `${lines.join('')}${passed} passed, ${failed} failed, ${skipped} skipped\n`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeXml = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);

function writeJunit(results: readonly TestResult[]): string {
  const files = [...new Set(results.map(({ file }) => file))];
  const suites = files.map((file) => {
    const own = results.filter((one) => one.file === file);
    const { failed, skipped } = summarise(own);
    const attributes = `name="${escapeXml(file)}" tests="${own.length}" failures="${failed}" skipped="${skipped}"`;
    return `  <testsuite ${attributes}>\n${own.map(writeCase).join('')}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

function writeCase({ place, name, result, lines }: TestResult): string {
  const head = `    <testcase classname="${escapeXml(place)}" name="${escapeXml(name)}"`;
  if (result === 'passed') return `${head}/>\n`;
  const element = result === 'failed' ? 'failure' : 'skipped';
  return `${head}>\n      <${element} message="${escapeXml(lines[0] ?? '')}">${escapeXml(lines.join('\n'))}</${element}>\n    </testcase>\n`;
}
