import { readFileSync } from 'node:fs';
import { isJsonObject } from '../../base/json.ts';
import { parseLocatedDocuments } from '../../base/yaml-positions.ts';
import { Version } from '../../base/version.ts';
import { YamlError } from '../../base/yaml.ts';
import { newestKnown } from '../../core/alertmanager-config/alertmanager-shape.ts';
import { createLoadContext } from '../../core/prometheus-config/load-context.ts';
import { readSilences } from '../../core/routing/read-silences.ts';
import type { Silence } from '../../core/routing/silences.ts';
import { ExitError, exitCodes } from '../io.ts';
import { isTestFile, listFiles } from '../manifests.ts';

/** What one assertion about routes says. */
export interface RouteAssertion {
  /** FILE:LINE:COLUMN. */
  readonly place: string;
  readonly alertmanager: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
  readonly at: string | undefined;
  /** Other alerts that fire. */
  readonly firing: readonly ReadonlyMap<string, string>[];
  readonly silences: readonly Silence[];
  readonly receivers: readonly string[];
}

/** A file of tests. */
export interface TestFile {
  readonly file: string;
  readonly routes: readonly RouteAssertion[];
  /** The part in promtool's format; undefined when there are no tests of rules. */
  readonly rules: Readonly<Record<string, unknown>> | undefined;
}

/** All files of tests below the paths. @throws {ExitError} for one that cannot be read, with FILE:LINE:COLUMN. */
export function readTestFiles(paths: readonly string[]): TestFile[] {
  return listFiles(paths)
    .filter(isTestFile)
    .flatMap((file) => readTestFile(file));
}

type Locate = (path: string) => string;

const refuse = (place: string, message: string): ExitError => new ExitError(exitCodes.usage, `${place}: ${message}`);

function readTestFile(file: string): TestFile[] {
  try {
    const all = parseLocatedDocuments(readFileSync(file, 'utf8'), file);
    // A manifest may be called so, too.
    const documents = all.filter(({ value }) => !isJsonObject(value) || value['kind'] === undefined);
    return documents.map((document) => {
      const { value } = document;
      const placeOf: Locate = (path) => {
        const { line, column } = document.locate(path, 'name');
        return `${file}:${line}:${column}`;
      };
      if (!isJsonObject(value)) throw refuse(placeOf(''), 'Cannot use a file of tests that is no mapping');
      const { routes = [], ...rules } = value;
      if (!Array.isArray(routes)) throw refuse(placeOf('routes'), 'Cannot use "routes": want a list');
      const list: readonly unknown[] = routes;
      return {
        file,
        routes: list.map((one, at) => readAssertion(one, `routes[${at}]`, placeOf)),
        rules: rules['tests'] === undefined ? undefined : rules,
      };
    });
  } catch (error) {
    if (error instanceof YamlError) throw new ExitError(exitCodes.usage, error.message);
    throw error;
  }
}

const known = ['alertmanager', 'labels', 'at', 'with', 'silences', 'receivers'];

function readAssertion(value: unknown, path: string, placeOf: Locate): RouteAssertion {
  if (!isJsonObject(value)) throw refuse(placeOf(path), 'Cannot use an item of "routes" that is no mapping');
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw refuse(placeOf(`${path}.${unknown}`), `Cannot use "${unknown}": known are ${known.join(', ')}`);
  const { alertmanager, labels, at, with: firing = [], silences = [], receivers } = value;
  const text = (key: string, given: unknown): string | undefined => {
    if (given === undefined || typeof given === 'string') return given;
    throw refuse(placeOf(`${path}.${key}`), `Cannot use "${key}": want a text in quotes`);
  };
  if (!Array.isArray(firing)) throw refuse(placeOf(`${path}.with`), 'Cannot use "with": want a list of labels');
  const others: readonly unknown[] = firing;
  return {
    place: placeOf(path),
    alertmanager: text('alertmanager', alertmanager),
    labels: readLabelMap(labels, `${path}.labels`, placeOf),
    at: text('at', at),
    firing: others.map((one, index) => readLabelMap(one, `${path}.with[${index}]`, placeOf)),
    silences: readSilenceList(silences, `${path}.silences`, placeOf),
    receivers: readNames(receivers, `${path}.receivers`, placeOf),
  };
}

function readLabelMap(value: unknown, path: string, placeOf: Locate): ReadonlyMap<string, string> {
  if (!isJsonObject(value)) throw refuse(placeOf(path), `Cannot use "${path}": want a mapping of labels`);
  return new Map(
    Object.entries(value).map(([name, one]) => {
      if (typeof one === 'string') return [name, one];
      throw refuse(placeOf(`${path}.${name}`), `Cannot use label "${name}": want a text in quotes`);
    }),
  );
}

function readSilenceList(value: unknown, path: string, placeOf: Locate): readonly Silence[] {
  try {
    return readSilences(value, path, createLoadContext(Version.parse(newestKnown), 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw refuse(placeOf(path), error.message);
    throw error;
  }
}

function readNames(value: unknown, path: string, placeOf: Locate): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [undefined];
  return list.map((one) => {
    if (typeof one === 'string') return one;
    throw refuse(placeOf(path), `Cannot use "${path}": want a list of receivers; [] for nobody`);
  });
}
