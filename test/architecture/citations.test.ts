import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const reference = 'docs/reference';

/** A place that points into a document, and the sections that it names; none: the whole document. */
interface Citation {
  readonly file: string;
  readonly line: number;
  readonly document: string;
  readonly sections: readonly string[];
}

function listFiles(path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  const inside = readdirSync(join(root, path), { recursive: true, encoding: 'utf8' });
  return inside.map((name) => `${path}/${name}`).filter((name) => /\.(?:ts|mjs|md|sh)$/.test(name));
}

const files = ['src', 'test', 'scripts', 'docs', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'README.md'].flatMap(listFiles);

/** The path of a document and its sections, as in "… 3.2, 3.4 and 5"; a comment may be broken anywhere between. */
const blank = String.raw`(?:\s|\n\s*(?:\*|//)?)+`;
const section = String.raw`(?:\d+(?:\.\d+)*|ND\d+)\b(?!%|-)`;
const citation = new RegExp(
  String.raw`docs/reference/([\w-]+\.md)(?:${blank}(${section}(?:(?:,|${blank}(?:and|to))${blank}${section})*))?`,
  'g',
);

function findCitations(file: string): Citation[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(citation)].map(({ index, 1: document = '', 2: sections = '' }) => ({
    file,
    line: text.slice(0, index).split('\n').length,
    document,
    sections: sections.match(new RegExp(section, 'g')) ?? [],
  }));
}

/** Numbers of headings, of items of lists and of rows of tables that have a number. */
function listSections(document: string): Set<string> {
  const text = readFileSync(join(root, reference, document), 'utf8');
  const headings = [...text.matchAll(/^#+ (\d+(?:\.\d+)*)\.? /gm)].map(([, number = '']) => number);
  const rows = [...text.matchAll(/^\| (ND\d+) /gm)].map(([, id = '']) => id);
  const items = headings.length > 0 ? [] : [...text.matchAll(/^(\d+)\. /gm)].map(([, number = '']) => number);
  return new Set([...headings, ...rows, ...items]);
}

describe('citations', () => {
  const citations = files.flatMap(findCitations);

  it('each points to a heading that is there', () => {
    const documents = new Map(readdirSync(join(root, reference)).map((name) => [name, listSections(name)]));
    const wrong: string[] = [];
    for (const { file, line, document, sections } of citations) {
      const known = documents.get(document);
      if (known === undefined) wrong.push(`${file}:${line} cites ${reference}/${document}, which is not there`);
      for (const number of sections.filter((one) => known?.has(one) === false))
        wrong.push(`${file}:${line} cites ${document} ${number}: there is no such heading`);
    }
    assert.deepEqual(wrong, []);
  });

  it('are found, those with several sections and those across lines too', () => {
    assert.ok(citations.length > 150, `only ${citations.length} citations found`);
    assert.ok(citations.some(({ sections }) => sections.length > 1));
  });

  it('nothing points out of the repository', () => {
    const words = new RegExp(['contract', '(?:rendering|discovery|operator-runtime)\\.md'].join('/'));
    const wrong = files.filter(
      (file) => existsSync(join(root, file)) && words.test(readFileSync(join(root, file), 'utf8')),
    );
    assert.deepEqual(wrong, []);
  });
});
