import { readFileSync, writeFileSync } from 'node:fs';

/** Replaces what stands between `<!-- NAME -->` and `<!-- end of NAME -->` in a document. @throws {Error} where they are missing. */
export function writeSection(file: string, name: string, text: string): void {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const before = readFileSync(file, 'utf8');
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`Cannot write into ${file}: it has no section "${name}"`);
  writeFileSync(file, `${before.slice(0, from + begin.length)}\n\n${text}\n\n${before.slice(to)}`);
}
