import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeYamlItems } from '../../../src/base/yaml-writer.ts';
import type { YamlValue } from '../../../src/base/yaml-writer.ts';
import { dumpYaml, parseYaml, parseYamlDocuments, parseYamlVerbatim } from '../../../src/base/yaml.ts';

describe('parseYaml()', () => {
  it('keeps times as text and follows merge keys', () => {
    const text = 'base: &base {a: 1}\nmore:\n  <<: *base\n  when: 2026-01-02T03:04:05Z\n';
    assert.deepEqual(parseYaml(text), { base: { a: 1 }, more: { a: 1, when: '2026-01-02T03:04:05Z' } });
  });

  it('reads booleans and integers as kubectl does', () => {
    const text = '[yes, Off, "yes", 0644, 0o17, 0x1F, 0b11, -1_000, 0, 08, 1.5, ~, 12:30:45]';
    assert.deepEqual(parseYaml(text), [true, false, 'yes', 420, 15, 31, 3, -1000, 0, 8, 1.5, null, '12:30:45']);
  });

  it('gives null for an empty document', () => {
    assert.equal(parseYaml('# nothing\n'), null);
  });

  it('names file, line and column of what is wrong', () => {
    assert.throws(() => parseYaml('a: 1\nb: [\n', 'x.yaml'), { name: 'YamlError', message: /^x\.yaml:3:1: / });
    assert.throws(() => parseYaml('a: 1\na: 2\n'), { name: 'YamlError', message: /^2:1: duplicated mapping key/ });
  });
});

describe('parseYamlDocuments()', () => {
  it('leaves empty documents out', () => {
    assert.deepEqual(parseYamlDocuments('---\na: 1\n---\n---\nb: 2\n'), [{ a: 1 }, { b: 2 }]);
  });

  it('names file, line and column of what is wrong', () => {
    assert.throws(() => parseYamlDocuments('a: 1\n---\nb: }\n', 'x.yaml'), { message: /^x\.yaml:3:4: / });
  });
});

describe('parseYamlVerbatim()', () => {
  it('keeps scalars that readers disagree on as they were written', () => {
    const text = '- a: yes\n  b: 0644\n  c: "12"\n  d: null\n  e: ~\n  f: 1_000\n  g: 2020-01-01\n  h: text\n';
    assert.equal(writeYamlItems(parseYamlVerbatim(text) as readonly YamlValue[]), text);
  });

  it('takes keys that are no texts', () => {
    assert.equal(writeYamlItems([parseYamlVerbatim('1: a\ntrue: b')]), '- "1": a\n  "true": b\n');
  });

  it('gives null for an empty document', () => {
    assert.equal(parseYamlVerbatim(''), null);
    assert.equal(parseYamlVerbatim('null'), null);
  });

  it('refuses what is no YAML', () => {
    assert.throws(() => parseYamlVerbatim('[a'), { name: 'YamlError' });
  });
});

describe('dumpYaml()', () => {
  it('reads back as the same data, without references and folding', () => {
    const shared = { text: 'word '.repeat(60), when: '2020-01-01', yes: 'yes' };
    const data = { a: shared, b: [shared, null, 1.5, 'off', 'n', '0644', '0o7', '1_000', '1:20'] };
    assert.deepEqual(parseYaml(dumpYaml(data)), data);
    assert.doesNotMatch(dumpYaml(data), /[&*]ref/);
  });
});
