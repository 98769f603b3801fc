import { isJsonObject } from '../../base/json.ts';
import { dumpYaml } from '../../base/yaml.ts';
import type { ObjectName } from '../explain/model.ts';

/** Where a line comes from. */
export interface LineOrigin {
  readonly object: ObjectName;
  /** Path of the field; "" where nothing more is known. */
  readonly at: string;
}

/** One line of a configuration, masked. */
export interface ConfigurationLine {
  readonly text: string;
  /** Absent where nobody asked for it, or nothing is known. */
  readonly origin?: LineOrigin;
}

/** What is to be done at a place: keys, and "[index]" for items. `hidden` stands in the place of what may not be shown. */
export type DescribePlace = (path: readonly string[]) => {
  readonly origin?: LineOrigin | undefined;
  readonly hidden?: string;
};

interface Writing {
  readonly describe: DescribePlace;
  /** So many levels of keys and items have an origin of their own; what is below is written as one. */
  readonly levels: number;
}

/** The lines of a mapping, with the origin of each. @param value masked already */
export function writeLines(value: unknown, writing: Writing): ConfigurationLine[] {
  return isJsonObject(value) ? [...writeMapping(value, [], writing)] : writeWhole(value, [], writing);
}

/** The lines of one item of a list. */
export function writeItemLines(value: unknown, writing: Writing): ConfigurationLine[] {
  return writeLines(value, writing).map(({ text, ...rest }, index) => ({
    text: `${index === 0 ? '- ' : '  '}${text}`,
    ...rest,
  }));
}

function* writeMapping(
  fields: Readonly<Record<string, unknown>>,
  path: readonly string[],
  writing: Writing,
): Generator<ConfigurationLine> {
  for (const [key, value] of Object.entries(fields)) yield* writeField([key, value], path, writing);
}

function* writeField(
  [key, value]: readonly [string, unknown],
  above: readonly string[],
  writing: Writing,
): Generator<ConfigurationLine> {
  const path = [...above, key];
  const isOpen = path.length < writing.levels;
  if (isOpen && Array.isArray(value) && value.length > 0) {
    yield headLine(key, path, writing);
    for (const [index, item] of value.entries())
      yield* indent(writeWhole([item], [...path, `[${index}]`], writing), '  ');
  } else if (isOpen && isJsonObject(value) && Object.keys(value).length > 0) {
    yield headLine(key, path, writing);
    for (const line of writeMapping(value, path, writing)) yield* indent([line], '  ');
  } else yield* writeWhole({ [key]: value }, path, writing);
}

const headLine = (key: string, path: readonly string[], { describe }: Writing): ConfigurationLine =>
  makeLine(dumpYaml({ [key]: null }).replace(/ null\n$/, ''), describe(path).origin);

function writeWhole(value: unknown, path: readonly string[], { describe }: Writing): ConfigurationLine[] {
  const { origin, hidden } = describe(path);
  const text = hidden === undefined ? dumpYaml(value).trimEnd() : `# ${hidden}`;
  return text.split('\n').map((line) => makeLine(line, origin));
}

const makeLine = (text: string, origin: LineOrigin | undefined): ConfigurationLine =>
  origin === undefined ? { text } : { text, origin };

const indent = (lines: readonly ConfigurationLine[], by: string): ConfigurationLine[] =>
  lines.map(({ text, ...rest }) => ({ text: `${by}${text}`, ...rest }));
