import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { listSources, readSource } from './imports.ts';

/** CONTRIBUTING.md: functions of about 25 lines; most are shorter. The linter has the hard ends. */
const usual = 20;

interface Sized {
  readonly place: string;
  readonly lines: number;
}

/** Functions and methods with a body of their own, and how many lines each has; those in one line too. */
function listFunctions(file: string): Sized[] {
  const source = ts.createSourceFile(file, readSource(file), ts.ScriptTarget.ESNext, true);
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
  const found: Sized[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const begin = lineOf(node.getStart());
      found.push({ place: `src/${file}:${begin + 1}`, lines: lineOf(node.end) - begin + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('functions', () => {
  const named = listSources()
    .flatMap(listFunctions)
    .filter(({ lines }) => lines > 1)
    .sort((a, b) => a.lines - b.lines);

  it(`of more than one line have at most ${usual} lines, nine in ten of them`, (test) => {
    const at = (share: number): Sized | undefined => named[Math.ceil(share * named.length) - 1];
    const [half, ninth, longest] = [at(0.5)?.lines ?? 0, at(0.9)?.lines ?? 0, at(1)];
    test.diagnostic(
      `${named.length} functions: half have at most ${half} lines, 90 % at most ${ninth}; the longest is ${longest?.place ?? ''} with ${longest?.lines ?? 0}`,
    );
    assert.ok(named.length > 3_000, `only ${named.length} functions were found`);
    assert.ok(ninth <= usual, `nine in ten functions have up to ${ninth} lines`);
  });
});
