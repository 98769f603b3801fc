import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeDiff } from '../../../src/base/unified-diff.ts';

const lines = (...all: readonly (string | number)[]): string => all.map((line) => `${line}\n`).join('');

describe('writeDiff', () => {
  it('shows what changed with three lines around it', () => {
    assert.equal(
      writeDiff('f.yaml', lines(1, 2, 3, 4, 5, 6, 7, 8, 9), lines(1, 2, 3, 4, 'five', 'and', 6, 7, 8, 9)),
      lines('--- f.yaml', '+++ f.yaml', '@@ -2,7 +2,8 @@', ' 2', ' 3', ' 4', '-5', '+five', '+and', ' 6', ' 7', ' 8'),
    );
  });

  it('knows the begin and the end of a text', () => {
    assert.equal(writeDiff('f', lines(1), lines(1, 1)), lines('--- f', '+++ f', '@@ -1,1 +1,2 @@', ' 1', '+1'));
    assert.equal(writeDiff('f', '', lines(1)), lines('--- f', '+++ f', '@@ -0,0 +1,1 @@', '+1'));
    assert.equal(writeDiff('f', lines(1, 2), lines(2)), lines('--- f', '+++ f', '@@ -1,2 +1,1 @@', '-1', ' 2'));
    assert.equal(
      writeDiff('f', 'a\nb', 'a\nc'),
      lines(
        '--- f',
        '+++ f',
        '@@ -1,2 +1,2 @@',
        ' a',
        '-b',
        '\\ No newline at end of file',
        '+c',
        '\\ No newline at end of file',
      ),
    );
  });

  it('is empty when nothing changed', () => assert.equal(writeDiff('f', 'a', 'a'), ''));
});
