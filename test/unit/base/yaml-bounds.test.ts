import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseLocatedDocuments } from '../../../src/base/yaml-positions.ts';
import { parseYaml, parseYamlDocuments, parseYamlVerbatim } from '../../../src/base/yaml.ts';

/** Every way to read YAML of users. */
const doors: readonly ((text: string) => unknown)[] = [
  parseYaml,
  (text) => parseYamlDocuments(text, 'x.yaml'),
  parseYamlVerbatim,
  (text) => parseLocatedDocuments(text, 'x.yaml'),
];

function refuses(text: string, message: RegExp): void {
  for (const door of doors) assert.throws(() => door(text), { name: 'YamlError', message });
}

/** Each level ten times the one before. */
function writeBomb(levels: number): string {
  const lines = ['- &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let at = 1; at < levels; at += 1)
    lines.push(
      `- &a${at} [${Array(10)
        .fill(`*a${at - 1}`)
        .join(', ')}]`,
    );
  return `${lines.join('\n')}\n`;
}

describe('bounds of YAML', () => {
  it('stop an alias bomb, and name the bound, what was found and the way out', () => {
    const message = /its aliases stand for 1\d{9} values, at most 250000 are possible: write them out, or use fewer$/;
    refuses(writeBomb(9), message);
    refuses(writeBomb(90), /aliases stand for \S+ values/);
    refuses(`a: 1\n---\n${writeBomb(9)}`, /aliases stand for|expected a single document/);
  });

  it('stop aliases of a long text', () => {
    const text = `a: &a ${'x'.repeat(10_000)}\nb: [${'*a, '.repeat(1000)}]\n`;
    refuses(text, /its aliases stand for \d+ characters, at most 4194304 are possible/);
  });

  it('stop aliases inside of what they stand for', () => {
    refuses('&a [*a]', /an alias stands inside of what it stands for/);
    refuses('a: &a\n  b: {c: *a}\n', /an alias stands inside of what it stands for/);
  });

  it('stop depth, written out or by aliases, whatever the order of keys', () => {
    refuses(`${'['.repeat(101)}${']'.repeat(101)}`, /nest/);
    refuses('['.repeat(100_000), /nest/);
    const links = Array.from({ length: 200 }, (_, at) => (at === 0 ? '&a0 [x]' : `&a${at} [*a${at - 1}]`));
    refuses(links.map((link) => `- ${link}\n`).join(''), /nested more than 100 levels deep/);
    refuses(links.map((link, at) => `${1000 - at}: ${link}\n`).join(''), /nested more than 100 levels deep/);
  });

  it('stop merge keys that multiply', () => {
    const base = Array.from({ length: 200 }, (_, at) => `k${at}: 1`).join(', ');
    refuses(`- &a {${base}}\n${'- <<: *a\n'.repeat(200)}`, /merge keys exceeded|at most 10000/);
  });

  it('let ordinary use of aliases pass', () => {
    const text = `- &rules [{action: drop}, {action: keep}]\n${'- *rules\n'.repeat(500)}`;
    for (const door of doors) assert.doesNotThrow(() => door(text));
    const deep = `${'['.repeat(90)}x${']'.repeat(90)}`;
    for (const door of doors) assert.doesNotThrow(() => door(deep));
    const long = '- {a: 1, b: text}\n'.repeat(100_000);
    assert.doesNotThrow(() => parseYamlVerbatim(long));
  });
});
