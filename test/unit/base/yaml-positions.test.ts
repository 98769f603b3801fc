import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dumpYaml } from '../../../src/base/yaml.ts';
import { parseLocatedDocuments } from '../../../src/base/yaml-positions.ts';

/** The text that stands where a field was found. */
function textAt(text: string, path: string, part: 'name' | 'value' = 'name', document = 0): string {
  const { line, column } = parseLocatedDocuments(text, 'a.yaml')[document]!.locate(path, part);
  return (text.split(/\r\n|\r|\n/)[line - 1] ?? '').slice(column - 1);
}

const block = `# comment
kind: A
metadata:
  name: "quoted"   # note
  labels: {app.kubernetes.io/name: x, b: [1, {c: d}], e}
spec:
  - name: first
    expr: |
      sum(
        a)
    "odd key": 1
  -   # an item further down
    name: second
    empty:
    list:
    - a
    - - b
      - c
  - plain
`;

describe('places in YAML', () => {
  it('are those of names in block style', () => {
    assert.equal(textAt(block, 'kind'), 'kind: A');
    assert.equal(textAt(block, 'spec[0].name'), 'name: first');
    assert.equal(textAt(block, 'spec[1].name'), 'name: second');
    assert.equal(textAt(block, 'spec[1].empty'), 'empty:');
    assert.equal(textAt(block, 'spec[0]["odd key"]'), '"odd key": 1');
    assert.equal(textAt(block, 'spec[0].odd key'), '"odd key": 1');
  });

  it('are those of values when asked for', () => {
    assert.equal(textAt(block, 'metadata.name', 'value'), '"quoted"   # note');
    assert.equal(textAt(block, 'spec[0].expr', 'value'), '|');
    assert.equal(textAt(block, 'spec[1].empty', 'value'), 'empty:', 'an empty value has no place');
    assert.equal(textAt(block, 'spec', 'value'), 'spec:', 'a block collection is found by its name');
  });

  it('are those of items', () => {
    assert.equal(textAt(block, 'spec[0]'), 'name: first');
    assert.equal(textAt(block, 'spec[1].list[1][1]'), 'c');
    assert.equal(textAt(block, 'spec[2]', 'value'), 'plain');
  });

  it('are found in flow style', () => {
    assert.equal(textAt(block, 'metadata.labels["app.kubernetes.io/name"]', 'value'), 'x, b: [1, {c: d}], e}');
    assert.equal(
      textAt(block, 'metadata.labels.app.kubernetes.io/name'),
      'app.kubernetes.io/name: x, b: [1, {c: d}], e}',
    );
    assert.equal(textAt(block, 'metadata.labels.b[1].c', 'value'), 'd}], e}');
    assert.equal(textAt(block, 'metadata.labels.e'), 'e}');
  });

  it('are found in JSON', () => {
    const json =
      '{\n\t"kind": "List",\n\t"items": [\n\t\t{"spec": {"a": [], "b": {"c": 1}}},\n\t\t{"spec": {"d": "x"}}\n\t]\n}\n';
    assert.equal(textAt(json, 'items[0].spec.b.c', 'value'), '1}}},');
    assert.equal(textAt(json, 'items[1].spec.d'), '"d": "x"}}');
    assert.equal(textAt('[{"a": 1}]', '[0].a', 'value'), '1}]');
  });

  it('are found in every document', () => {
    const text = '%YAML 1.2\n---\na: 1\n---\n# nothing\n---\nb:\n  c: 2\n...\n';
    assert.equal(textAt(text, 'a', 'value'), '1');
    assert.equal(textAt(text, 'b.c', 'value', 1), '2');
  });

  it('fall back to the nearest field that is there', () => {
    assert.equal(textAt(block, 'spec[0].rules[3].expr'), 'name: first');
    assert.equal(textAt(block, 'spec[7].name'), 'spec:');
    assert.equal(textAt(block, 'spec[0].name.x', 'value'), 'name: first');
    assert.equal(textAt(block, 'status'), 'kind: A');
  });

  it('follow aliases and merged keys to where the field is written', () => {
    const text =
      'base: &base\n  a: 1\n  deep: {x: y}\nother:\n  <<: *base\n  b: 2\nsame: *base\nboth:\n  <<: [{c: 3}, *base]\n';
    assert.equal(textAt(text, 'other.deep.x', 'value'), 'y}');
    assert.equal(textAt(text, 'same.a'), 'a: 1');
    assert.equal(textAt(text, 'both.a'), 'a: 1');
    assert.equal(textAt(text, 'both.c'), 'c: 3}, *base]');
  });

  it('stand behind anchors, tags, explicit keys and odd line ends', () => {
    assert.equal(textAt('a:\r\n  b: &x\r\n    c: 1\r\n', 'a.b.c'), 'c: 1');
    assert.equal(textAt('? a\n: b\n? c\n? d\n: e\n', 'd', 'value'), 'e');
    assert.equal(textAt('a: !!map\n  !!str b: 1\n  c: !!str d\n', 'a.c'), 'c: !!str d');
    assert.equal(textAt('\ufeffa: 1\nb: 2\n', 'b', 'value'), '2');
  });

  it('are right for every value of a big document in both styles', () => {
    const value = Array.from({ length: 60 }, (_, at) => ({
      name: `n${at}`,
      'a.b/c': { [`key-${at}`]: [at, [`x${at}`, { deep: `y${at}` }], { z: true }] },
      rest: at % 3 === 0 ? {} : at % 3 === 1 ? [] : `multi: ${at}`,
    }));
    for (const text of [dumpYaml({ value }), JSON.stringify({ value }, null, 1), JSON.stringify({ value })]) {
      for (const [path, leaf] of listLeaves(value, 'value')) {
        const found = textAt(text, path, 'value').replace(/^["']/, '');
        assert.ok(found.startsWith(String(leaf)), `${path}: found ${found.slice(0, 40)}`);
      }
    }
  });

  it('of a syntax error are in its message', () => {
    assert.throws(() => parseLocatedDocuments('a: [1\nb: 2\n', 'a.yaml'), /^YamlError: a\.yaml:2:1: /);
  });
});

function* listLeaves(value: unknown, path: string): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) {
    yield [path, value];
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    yield* listLeaves(inner, Array.isArray(value) ? `${path}[${name}]` : `${path}[${JSON.stringify(name)}]`);
  }
}
