import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  RawScalar,
  SharedMapping,
  writeYamlFields,
  writeYamlItems,
  writeYamlPieces,
} from '../../../src/base/yaml-writer.ts';
import { parseYaml } from '../../../src/base/yaml.ts';

const pieces = [
  ...['a', 'Z', '0', '9', '_', '-', '.', ':', ' ', '#', '"', "'", '\\', '/', '$', '(', ')', '{', '}', '[', ']', ','],
  ...['&', '*', '!', '|', '>', '%', '@', '`', '?', '=', '~', '+', '\n', '\t', '\r', '\0', '\x7f', '\x85', '\xa0', 'é'],
  ...['日', '\u2028', '\ufeff', '\u{1f600}', 'e', 'x', 'o', 'y', 'n', 'true', 'null', '<<', '---', '...', 'Yes', 'off'],
  ...['0x1f', '1e3', '2020-01-01', '12:30:45', '.inf'],
];

/** The same texts every time: a linear congruential generator. */
function makeTexts(count: number): string[] {
  let seed = 7;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: next(6) }, () => pieces[next(pieces.length)] ?? '').join(''),
  );
}

describe('the YAML writer', () => {
  it('writes texts that read back as the same texts', () => {
    const texts = makeTexts(5000);
    assert.deepEqual(parseYaml(writeYamlItems(texts)), texts);
  });

  it('writes keys that read back as the same keys, long ones included', () => {
    const keys = [...new Set([...makeTexts(2000), 'k'.repeat(2000), `${'k:'.repeat(600)} x`])];
    const read = parseYaml(writeYamlFields(new Map(keys.map((key) => [key, 1])))) as object;
    assert.deepEqual(new Set(Object.keys(read)), new Set(keys));
  });

  it('quotes what YAML 1.1 takes for something other than text', () => {
    const texts = ['yes', 'Off', 'n', 'NULL', '~', '0x10', '1_000', '12:30:45', '2020-01-01', '.5', '1e3', '', 'nan'];
    for (const line of writeYamlItems(texts).trimEnd().split('\n')) assert.match(line, /^- ".*"$/);
  });

  it('leaves what is common in configurations unquoted', () => {
    const texts = [
      '30s',
      'a/b/0',
      '$(SHARD);|.+;.+',
      '(.+);true',
      '__meta_kubernetes_namespace',
      'a b',
      'http://x:1/y',
    ];
    assert.equal(writeYamlItems(texts), texts.map((text) => `- ${text}\n`).join(''));
  });

  it('replaces halves of surrogate pairs, which no reader takes', () => {
    assert.deepEqual(parseYaml(writeYamlItems(['a\ud800b', '\\ud800'])), ['a\ufffdb', '\\ud800']);
  });

  it('nests blocks as Go does: lists at the indentation of their key', () => {
    const fields = { a: [{ b: 1, c: { d: null, e: true } }, [['x'], []], {}], f: {}, g: [], h: undefined, i: 0.5 };
    const text = 'a:\n- b: 1\n  c:\n    d: null\n    e: true\n- - - x\n  - []\n- {}\nf: {}\ng: []\ni: 0.5\n';
    assert.equal(writeYamlFields(fields), text);
  });

  it('writes a mapping of undefined values as an empty one', () => {
    assert.equal(writeYamlFields({ a: { b: undefined }, c: [{ d: undefined }] }), 'a: {}\nc:\n- {}\n');
    assert.equal(writeYamlFields({ a: undefined }), '');
    assert.equal(writeYamlItems([]), '');
  });

  it('keeps the order of a Map, also of keys that look like integers', () => {
    assert.equal(
      writeYamlFields(
        new Map([
          ['b', 1],
          ['10', 2],
          ['9', 3],
        ]),
      ),
      'b: 1\n"10": 2\n"9": 3\n',
    );
  });

  it('writes raw scalars as they were', () => {
    assert.equal(writeYamlFields({ a: new RawScalar('0644'), b: [new RawScalar('yes')] }), 'a: 0644\nb:\n- yes\n');
  });
});

describe('writeYamlPieces()', () => {
  const shared = new SharedMapping({ action: 'drop', regex: 'a' });
  const writeJob = (name: string): string[] =>
    writeYamlPieces([
      { job_name: name, relabel_configs: [{ target_label: name }, shared, shared], honor_labels: true },
    ]);

  it('writes the same text as writeYamlItems()', () => {
    const job = { job_name: 'x', relabel_configs: [{ target_label: 'x' }, shared, shared], honor_labels: true };
    assert.equal(writeJob('x').join(''), writeYamlItems([job]));
    assert.deepEqual(writeYamlPieces([]), []);
  });

  it('makes what is shared a piece of its own', () => {
    const rule = '  - action: drop\n    regex: a\n';
    assert.deepEqual(writeJob('x'), [
      '- job_name: x\n  relabel_configs:\n  - target_label: x\n',
      rule,
      rule,
      '  honor_labels: true\n',
    ]);
  });
});
