import { createHash } from 'node:crypto';
import { visitInBatches } from '../../../../base/interruptible.ts';
import type { Interruptible } from '../../../../base/interruptible.ts';
import { deepestJobFile, jobFileBytes, jobFileCharacters, recalledAtOnce } from '../../../limits.ts';
import { hashKey } from './chunks.ts';
import type { Fragment } from './fragment.ts';
import { shareItems } from './share-items.ts';

/** One of `scrape_config_files`: the jobs of the monitors that hash there. */
export interface JobFile {
  /** The last `depth` bits of the hashes of its monitors; no two files have the same. */
  readonly index: number;
  readonly depth: number;
  readonly jobs: number;
  /** With the variables of the shard in it, as `$(SHARD)`. */
  readonly text: () => string;
  /** Length of `text`. */
  readonly bytes: number;
  /** Of `text`. */
  readonly digest: string;
}

/** The jobs of a monitor with the hash of its key: the same object as long as the fragment is the same. */
export interface PlacedFragment {
  readonly fragment: Fragment;
  /** What of it is in the file. */
  readonly pieces: readonly string[];
  /** Characters of these: counted once, they are asked for at each place in the tree. */
  readonly characters: number;
  readonly hash: number;
}

/** Fragments that share the last bits of their hashes, written together. */
interface Packed {
  readonly fragments: readonly PlacedFragment[];
  /** Of the file that they would make. */
  readonly bytes: number;
  /** Undefined where they did not fit and were halved. */
  readonly file: JobFile | undefined;
}

/** What was written the last time, by place. */
export type JobFileCache = Map<string, Packed>;

/** A place in the tree of halves. */
interface Place {
  readonly index: number;
  readonly depth: number;
}

const nameOf = ({ index, depth }: Place): string => `${depth}/${index}`;

/** The last bits of FNV are mixed with the others: they decide where chunks end, too. */
export function placeFragment(fragment: Fragment, pieces: readonly string[]): PlacedFragment {
  let hash = hashKey(fragment.key);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  const characters = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return { fragment, pieces, characters, hash: (hash ^ (hash >>> 16)) >>> 0 };
}

function isSameList(some: readonly PlacedFragment[], others: readonly PlacedFragment[]): boolean {
  if (some.length !== others.length) return false;
  for (let at = 0; at < some.length; at += 1) if (some[at] !== others[at]) return false;
  return true;
}

/** Whether they have more characters together; the rest of them is not counted then. */
function areLonger(fragments: readonly PlacedFragment[], than: number): boolean {
  let characters = 0;
  for (const one of fragments) if ((characters += one.characters) > than) return true;
  return false;
}

function writeJobFile(fragments: readonly PlacedFragment[]): string {
  const jobs = fragments.flatMap(({ pieces }) => pieces).join('');
  return jobs === '' ? 'scrape_configs: []\n' : `scrape_configs:\n${shareItems(jobs)}`;
}

/** The file with these jobs. Its text is written again when it is asked for: of a hundred files one is. */
function pack(fragments: readonly PlacedFragment[], { index, depth }: Place): Packed {
  const text = writeJobFile(fragments);
  const bytes = Buffer.byteLength(text);
  const digest = createHash('sha256').update(text).digest('base64url');
  const count = fragments.reduce((sum, { fragment }) => sum + fragment.jobs, 0);
  return { fragments, bytes, file: { index, depth, jobs: count, text: () => writeJobFile(fragments), bytes, digest } };
}

/**
 * Distributes jobs to files. The place of a monitor is its hash, read from the last bit: what does not fit into one file is halved by the
 * next bit, and halved again, until each half fits. So a monitor that comes, goes or changes touches its own file, and one that
 * makes a file too large moves half of that file into a new one. What was halved is put together again when it has shrunk to
 * half of what fits, as far as the cache remembers.
 */
class JobFileCutter {
  readonly #last: JobFileCache;
  readonly #next: JobFileCache = new Map();
  readonly #files: JobFile[] = [];

  constructor(last: JobFileCache) {
    this.#last = last;
  }

  *cut(fragments: readonly PlacedFragment[]): Interruptible<JobFile[]> {
    yield* this.#cutAt(fragments, { index: 0, depth: 0 });
    this.#last.clear();
    for (const [name, packed] of this.#next) this.#last.set(name, packed);
    return this.#files;
  }

  *#cutAt(fragments: readonly PlacedFragment[], place: Place): Interruptible<void> {
    const file = yield* this.#packAt(fragments, place);
    if (file !== undefined) {
      this.#files.push(file);
      return;
    }
    const depth = place.depth + 1;
    const halves: [PlacedFragment[], PlacedFragment[]] = [[], []];
    yield* visitInBatches(fragments, recalledAtOnce, (one) =>
      halves[((one.hash >>> place.depth) & 1) as 0 | 1].push(one),
    );
    yield* this.#cutAt(halves[0], { index: place.index, depth });
    yield* this.#cutAt(halves[1], { index: place.index + 2 ** place.depth, depth });
  }

  /** Undefined: they are to be halved. */
  *#packAt(fragments: readonly PlacedFragment[], place: Place): Interruptible<JobFile | undefined> {
    const isDeepest = place.depth === deepestJobFile;
    const share = this.#wasHalved(place) ? 0.5 : 1;
    if (!isDeepest && areLonger(fragments, jobFileCharacters * share)) return undefined;
    const name = nameOf(place);
    const known = this.#last.get(name);
    const packed = known !== undefined && isSameList(known.fragments, fragments) ? known : pack(fragments, place);
    yield;
    const fits = isDeepest || fragments.length < 2 || packed.bytes <= jobFileBytes * share;
    const kept = fits ? (packed.file ?? pack(fragments, place).file) : undefined;
    this.#next.set(name, { ...packed, file: kept });
    return kept;
  }

  /** The half that keeps the index is always there. */
  #wasHalved({ index, depth }: Place): boolean {
    for (let below = depth + 1; below <= deepestJobFile; below += 1)
      if (this.#last.has(nameOf({ index, depth: below }))) return true;
    return false;
  }
}

/**
 * The files of these jobs. Texts and files are those of the last time where nothing has changed; `cache` then holds exactly these.
 * @param fragments in their order, which jobs in a file keep
 */
export function cutJobFiles(fragments: readonly PlacedFragment[], cache: JobFileCache): Interruptible<JobFile[]> {
  return new JobFileCutter(cache).cut(fragments);
}
