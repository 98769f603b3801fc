import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { parseYamlDocuments } from '../../src/base/yaml.ts';
import { explainGrowth } from './regexps/growth.ts';

const src = fileURLToPath(new URL('../../src/', import.meta.url));

interface Found {
  readonly place: string;
  readonly literals: readonly string[];
  readonly made: readonly string[];
}

function readFile(place: string): Found {
  const literals: string[] = [];
  const made: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) literals.push(node.text);
    if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp') made.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(place, readFileSync(`${src}${place}`, 'utf8'), ts.ScriptTarget.Latest, true));
  return { place, literals, made };
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFile(name.replaceAll('\\', '/')));

function listPatterns(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'pattern' in value && typeof value.pattern === 'string' ? [value.pattern] : [];
  return [...own, ...Object.values(value).flatMap(listPatterns)];
}

function explain(literal: string): string | undefined {
  const end = literal.lastIndexOf('/');
  return explainGrowth(literal.slice(1, end), literal.slice(end + 1));
}

describe('explainGrowth', () => {
  const slow: Readonly<Record<string, RegExp>> = {
    '/^(?:_?[0-7]+)*$/': /exponential/,
    '/^(?:a|a)*$/': /exponential/,
    '/^(?:a*)*b/': /exponential/,
    '/^(?:a|ab|b)*c/': /exponential/,
    '/^\\d+\\.?\\d*$/': /quadratic/,
    '/-+$/': /quadratic/,
    '/^.*:.*:$/': /quadratic/,
    '/^a(?:b*b*c)?/': /quadratic/,
  };
  for (const [literal, kind] of Object.entries(slow)) {
    it(`finds ${literal}`, () => assert.match(explain(literal) ?? 'nothing', kind));
  }
  for (const literal of [
    '/^\\d+(?:\\.\\d*)?$/',
    '/#(.*)/s',
    '/^[a-z]+(?:-[a-z]+)*$/',
    '/"(?:[^"\\\\]|\\\\.)*"/y',
    '/-*/',
  ]) {
    it(`lets ${literal} pass`, () => assert.equal(explain(literal), undefined));
  }
});

describe('regular expressions of src', () => {
  it('take time in proportion to the text, whatever it is', () => {
    const slow = files.flatMap(({ place, literals }) =>
      literals.flatMap((literal) => {
        const growth = explain(literal);
        return growth === undefined ? [] : [`src/${place}: ${literal}: ${growth}`];
      }),
    );
    assert.deepEqual(slow, [], 'write it so that each character can be read in one way only, or without a RegExp');
  });

  /** What is put together in code, with what keeps it linear. */
  const made: Readonly<Record<string, string>> = {
    'base/glob.ts': 'a class, which takes one character',
    'base/go-regexp.ts': 'isLinear has proven it (test/unit/base/go-regexp/linear.test.ts)',
    'core/alertmanager-config/matchers/classic.ts': 'one class, repeated once',
    'core/alertmanager-config/matchers/utf8.ts': 'one class, repeated once',
    'core/field-checks/check-shape.ts': 'patterns of our CRDs, see below, on short texts',
    'core/promql/tokens.ts': 'a copy of a literal, with a place of its own',
    'sandbox/table/json-path.ts': 'a copy of a literal, with a place of its own',
  };
  it('are put together in code only where something else proves them', () => {
    assert.deepEqual(
      files
        .filter((file) => file.made.length > 0)
        .map(({ place }) => place)
        .sort(),
      Object.keys(made),
    );
  });

  it('that stand in the CRDs never take a time that explodes; to texts longer than a line RE2 applies them', () => {
    const folder = fileURLToPath(new URL('../../crds/', import.meta.url));
    const patterns = new Set(
      readdirSync(folder)
        .filter((name) => name.endsWith('.yaml'))
        .flatMap((name) => listPatterns(parseYamlDocuments(readFileSync(`${folder}${name}`, 'utf8')))),
    );
    assert.ok(patterns.size > 5, `only ${patterns.size} patterns found`);
    const slow = [...patterns].filter((pattern) => {
      const growth = explainGrowth(pattern.replaceAll('(?i)', ''), 'i');
      return growth?.includes('exponential') ?? false;
    });
    assert.deepEqual(slow, []);
  });
});
