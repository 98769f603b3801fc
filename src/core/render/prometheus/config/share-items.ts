import { longestSharedItem, shortestSharedItem } from '../../../limits.ts';

/** Where an item of a list of a job begins, as `writeYamlItems` lays them out: rules of relabelling, discoveries. */
const itemStart = '\n  - ';
/** What the lines of such an item begin with; the next item, or the next key of the job, does not. */
const itemIndent = '\n    ';

interface Item {
  readonly from: number;
  readonly to: number;
}

/** Where the item ends that begins before `from`: behind its last line. */
function findItemEnd(text: string, from: number): number {
  let end = text.indexOf('\n', from);
  while (end !== -1 && text.startsWith(itemIndent, end)) end = text.indexOf('\n', end + 1);
  return end === -1 ? text.length : end;
}

/** The items that are mappings of several lines, each from behind its dash up to the end of its last line. */
function listItems(text: string): Item[] {
  const items: Item[] = [];
  for (let at = text.indexOf(itemStart); at !== -1;) {
    const from = at + itemStart.length;
    const to = findItemEnd(text, from);
    if (isWorthSharing(text, from, to)) items.push({ from, to });
    at = text.startsWith(itemStart, to) ? to : text.indexOf(itemStart, to);
  }
  return items;
}

function isWorthSharing(text: string, from: number, to: number): boolean {
  const length = to - from;
  if (length < shortestSharedItem || length > longestSharedItem || text.startsWith('- ', from)) return false;
  const line = text.indexOf('\n', from);
  return line !== -1 && line < to;
}

/**
 * The same YAML, shorter: an item of a job's list that comes several times is written once, with an anchor, and referred to
 * after that. Monitors differ in few of their rules, so that a fifth of the text is left.
 *
 * Go's YAML refuses documents of which more than 99 % are aliases, less above 400,000 nodes: a document of
 * `jobFileCharacters` has fewer, and items are short enough that the reference to one is more than a hundredth of it.
 * @param text lines as `writeYamlItems` writes them, a list of jobs
 */
export function shareItems(text: string): string {
  const items = listItems(text);
  const counts = new Map<string, number>();
  const contents = items.map(({ from, to }) => text.slice(from, to));
  for (const content of contents) counts.set(content, (counts.get(content) ?? 0) + 1);
  const anchors = new Map<string, string>();
  const parts: string[] = [];
  let written = 0;
  for (const [at, { from, to }] of items.entries()) {
    const content = contents[at] ?? '';
    if (counts.get(content) === 1) continue;
    const known = anchors.get(content);
    const anchor = known ?? `r${anchors.size.toString(36)}`;
    if (known === undefined) anchors.set(content, anchor);
    parts.push(text.slice(written, from), known === undefined ? `&${anchor}${itemIndent}${content}` : `*${anchor}`);
    written = to;
  }
  return parts.join('') + text.slice(written);
}
