import { dumpYaml } from '../../base/yaml.ts';
import { hang } from '../../core/explain/explanation-text.ts';
import { findNearestReason, findReason } from '../../core/reasons/lookup.ts';
import type { ListedReason } from '../../core/reasons/lookup.ts';
import { ExitError, exitCodes } from '../io.ts';

const indent = 11;

/** The entry of the table for people: what it means, how it reads, how it is mended. */
function writeReason({ code, reason, meaning, example, mend, where }: ListedReason): string {
  const parts = { Means: meaning, Example: example, Mend: mend, From: where, Page: `docs/reasons/${code}.md` };
  const lines = Object.entries(parts).flatMap(([title, text]) =>
    text === undefined ? [] : [hang(`  ${title}`.padEnd(indent), text, indent)],
  );
  return `${code}  ${reason}\n\n${lines.join('\n')}\n`;
}

/** The formats of `-o` with `--code`. */
const formats: Readonly<Record<string, (reason: ListedReason) => string>> = {
  text: writeReason,
  json: (reason) => `${JSON.stringify(reason, null, 2)}\n`,
  yaml: (reason) => dumpYaml(JSON.parse(JSON.stringify(reason))),
};

/**
 * What a code, or the name of a reason, means.
 * @throws {ExitError} with code 2, naming the nearest one, when there is none.
 */
export function explainCode(wanted: string, output: string): string {
  const format = formats[output];
  if (format === undefined)
    throw new ExitError(exitCodes.usage, `Cannot print as "${output}": known are ${Object.keys(formats).join(', ')}`);
  const found = findReason(wanted);
  if (found !== undefined) return format(found);
  const near = findNearestReason(wanted);
  const hint =
    near === undefined ? 'want one such as STK1203 or SeriesImpossible' : `did you mean ${near.code} (${near.reason})?`;
  throw new ExitError(exitCodes.usage, `Cannot find code or reason "${wanted}": ${hint}`);
}
