import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { YamlEditError, editYaml, removeDocument } from '../../../src/base/yaml-edit.ts';
import { parseYamlDocuments } from '../../../src/base/yaml.ts';

interface Document {
  [name: string]: unknown;
}

/** Edits the first document as `change` does. */
function edit(text: string, change: (document: Document) => void): string {
  const [document] = parseYamlDocuments(text) as Document[];
  const wanted = structuredClone(document ?? {});
  change(wanted);
  return editYaml(text, { document: 0, path: [] }, wanted);
}

const at = (document: Document, name: string): Document => document[name] as Document;
const listOf = (document: Document, name: string): unknown[] => document[name] as unknown[];

/** What it does, the text before, the edit, the text after. */
const cases: readonly (readonly [string, string, (document: Document) => void, string])[] = [
  ['a scalar keeps its comment', 'a: 1 # one\nb: 2\n', (doc) => (doc.a = 'x'), 'a: x # one\nb: 2\n'],
  ['a scalar is quoted where it must be', 'a: x\n', (doc) => (doc.a = 'yes'), "a: 'yes'\n"],
  ['a quoted key stays quoted', '"a/b": x\nc: y\n', (doc) => (doc['a/b'] = 'z'), '"a/b": z\nc: y\n'],
  [
    'a member goes behind the last one, before comments of what follows',
    'm:\n  a: 1 # one\n  # of n\nn: 2\n',
    (doc) => (at(doc, 'm').b = { c: [1] }),
    'm:\n  a: 1 # one\n  b:\n    c:\n      - 1\n  # of n\nn: 2\n',
  ],
  ['a name without a value gets one', 'm:\nn: 2\n', (doc) => (doc.m = { a: 1 }), 'm:\n  a: 1\nn: 2\n'],
  ['an empty mapping is filled', 'm: {} # m\nn: 2\n', (doc) => (doc.m = { a: 1 }), 'm:\n  a: 1 # m\nn: 2\n'],
  ['flow style stays', 'm: {a: b, c: "d"} # m\n', (doc) => (at(doc, 'm').a = 'e'), 'm: {a: e, c: d} # m\n'],
  ['a list in flow style grows', 'l: [a] # l\n', (doc) => listOf(doc, 'l').push('b: c'), "l: [a, 'b: c'] # l\n"],
  ['a member goes with its lines', 'm:\n  a:\n    b: 1\n  c: 2\n', (doc) => delete at(doc, 'm').a, 'm:\n  c: 2\n'],
  [
    'the first member of an item leaves the dash',
    'l:\n  - a: 1\n    b: 2\n',
    (doc) => delete (listOf(doc, 'l')[0] as Document).a,
    'l:\n  - b: 2\n',
  ],
  ['the only member leaves an empty mapping', 'm:\n  a: 1\nn: 2\n', (doc) => (doc.m = {}), 'm: {}\nn: 2\n'],
  [
    'an item goes with its dash',
    'l:\n- a # a\n- b # b\n- c\n',
    (doc) => listOf(doc, 'l').splice(1, 1),
    'l:\n- a # a\n- c\n',
  ],
  ['the only item leaves an empty list', 'l:\n  - a: 1\nn: 2\n', (doc) => listOf(doc, 'l').pop(), 'l: []\nn: 2\n'],
  [
    'an item is appended with the indentation of the others',
    'l:\n- a: 1\n\n# n\nn: 2\n',
    (doc) => listOf(doc, 'l').push({ a: 2, b: { c: 3 } }),
    'l:\n- a: 1\n- a: 2\n  b:\n    c: 3\n\n# n\nn: 2\n',
  ],
  [
    'an item is replaced',
    'l:\n  - a # a\n  - b\n',
    (doc) => (listOf(doc, 'l')[0] = { c: 1, d: 2 }),
    'l:\n  - c: 1\n    d: 2 # a\n  - b\n',
  ],
  [
    'a block of text is replaced by another',
    'e: |\n  sum(a)\n  by (b)\n\nn: 2\n',
    (doc) => (doc.e = 'sum(c)\nby (b)\n'),
    'e: |\n  sum(c)\n  by (b)\n\nn: 2\n',
  ],
  ['a folded text becomes a line', 'e: >-\n  a\n  b\nn: 2\n', (doc) => (doc.e = 'c'), 'e: c\nn: 2\n'],
  ['a file without a last newline', 'a: 1\nb: 2', (doc) => (doc.c = 3), 'a: 1\nb: 2\nc: 3'],
  ['lines that end as in DOS', 'a: 1 # one\r\nb: 2\r\n', (doc) => (doc.b = 3), 'a: 1 # one\r\nb: 3\r\n'],
  [
    'only the document that is meant',
    '# head\n---\na: 1\n# end\n---\na: 1\n',
    (doc) => (doc.a = 2),
    '# head\n---\na: 2\n# end\n---\na: 1\n',
  ],
  [
    'an alias is written out where it is edited',
    'a: &x {k: 1}\nb: *x\n',
    (doc) => (doc.b = { k: 2 }),
    'a: &x {k: 1}\nb:\n  k: 2\n',
  ],
  ['nothing to do', 'a:   1\n', () => undefined, 'a:   1\n'],
];

describe('editYaml', () => {
  for (const [name, before, change, after] of cases) it(name, () => assert.equal(edit(before, change), after));

  it('edits at a path, such as an item of a List', () => {
    const text = 'kind: List\nitems:\n  - kind: A\n    spec: {}\n  - kind: B # b\n';
    const wanted = { kind: 'B', spec: { a: 1 } };
    assert.equal(
      editYaml(text, { document: 0, path: ['items', 1] }, wanted),
      'kind: List\nitems:\n  - kind: A\n    spec: {}\n  - kind: B # b\n    spec:\n      a: 1\n',
    );
  });

  it('refuses what would change more than is meant', () => {
    const anchored = 'a: &x\n  k: 1\nb: *x\nc:\n  <<: *x\n  d: 2\n';
    assert.throws(() => edit(anchored, (doc) => (at(doc, 'a').k = 2)), YamlEditError);
    assert.throws(() => edit(anchored, (doc) => (at(doc, 'c').k = 5)), YamlEditError);
    assert.equal(
      edit(anchored, (doc) => (at(doc, 'c').d = 3)),
      anchored.replace('d: 2', 'd: 3'),
    );
  });
});

describe('removeDocument', () => {
  const text = '# head\na: 1\n---\nb: 2 # b\n# end of b\n---\nc: 3\n';

  it('leaves the others as they are', () => {
    assert.equal(removeDocument(text, 0), '---\nb: 2 # b\n# end of b\n---\nc: 3\n');
    assert.equal(removeDocument(text, 1), '# head\na: 1\n---\nc: 3\n');
    assert.equal(removeDocument(text, 2), '# head\na: 1\n---\nb: 2 # b\n# end of b\n');
  });
});
