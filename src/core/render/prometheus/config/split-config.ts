import { visitInBatches } from '../../../../base/interruptible.ts';
import type { Interruptible } from '../../../../base/interruptible.ts';
import { writeYamlFields } from '../../../../base/yaml-writer.ts';
import { jobFileBytes, recalledAtOnce } from '../../../limits.ts';
import { jobFilePattern } from '../prometheus-paths.ts';
import { shardVariables } from '../shards.ts';
import { compressParts } from './chunks.ts';
import { joinWritten, writtenPiecesOf } from './fragment.ts';
import type { Fragment } from './fragment.ts';
import { cutJobFiles, placeFragment } from './job-files.ts';
import type { JobFile, JobFileCache, PlacedFragment } from './job-files.ts';

/** A configuration of which most jobs are in files of their own. */
export interface SplitConfig {
  /** What is not in files, with the pattern by which Prometheus finds these; compressed. */
  readonly main: Uint8Array;
  readonly files: readonly JobFile[];
}

/** What splitting the same configuration again finds quicker. */
export interface SplitCache {
  readonly files: JobFileCache;
  /** Which file each fragment goes into, by its hash; undefined: it stays in the main one. */
  readonly places: WeakMap<Fragment, PlacedFragment | undefined>;
}

export function createSplitCache(): SplitCache {
  return { files: new Map(), places: new WeakMap() };
}

/** The parts of a configuration as text, in their order. */
export interface ConfigParts {
  readonly head: string;
  readonly fragments: readonly Fragment[];
  readonly tail: string;
}

const variable = /\$\((\w+)\)/g;
const shardVariable: ReadonlySet<string> = new Set(shardVariables);
/** A path that Prometheus joins to the folder of the file that it stands in: another one for `scrape_config_files`. */
const relativeFile = /_file: "?[^"/\s]|\bfile_sd_configs:/;

/**
 * The config-reloader fills variables into the main file alone: of those in other files the operator knows the ones that are the
 * same for a whole shard. What has others, of a pod or a node, stays in the main file; and so do what is found by its folder and what would
 * fill a file alone.
 */
function isMovable(text: string): boolean {
  for (const [, name = ''] of text.matchAll(variable)) if (!shardVariable.has(name)) return false;
  return !relativeFile.test(text) && Buffer.byteLength(text) < jobFileBytes;
}

/** @param additionalKey the key of the fragment with the user's own jobs, which stay where they are */
function findPlace(fragment: Fragment, additionalKey: string, { places }: SplitCache): PlacedFragment | undefined {
  if (places.has(fragment)) return places.get(fragment);
  const isMoved = fragment.key !== additionalKey && isMovable(joinWritten([fragment]));
  const place = isMoved ? placeFragment(fragment, writtenPiecesOf(fragment)) : undefined;
  places.set(fragment, place);
  return place;
}

/**
 * Spreads the jobs of monitors over files. Cost is in proportion to what has changed since the last call with the same cache.
 * @param additionalKey the key of the fragment with the user's own jobs
 */
export function* splitConfig(
  { head, fragments, tail }: ConfigParts,
  additionalKey: string,
  cache: SplitCache,
): Interruptible<SplitConfig> {
  const kept: Fragment[] = [];
  const moved: PlacedFragment[] = [];
  yield* visitInBatches(fragments, recalledAtOnce, (fragment) => {
    const place = findPlace(fragment, additionalKey, cache);
    if (place === undefined) kept.push(fragment);
    else moved.push(place);
  });
  const jobs = joinWritten(kept);
  const pattern = writeYamlFields({ scrape_config_files: [jobFilePattern] });
  const text = `${head}${pattern}scrape_configs:${jobs === '' ? ' []' : ''}\n${jobs}${tail}`;
  return { main: yield* compressParts(text), files: yield* cutJobFiles(moved, cache.files) };
}
