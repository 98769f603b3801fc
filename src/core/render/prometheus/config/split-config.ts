import type { Interruptible } from '../../../../base/interruptible.ts';
import { writeYamlFields } from '../../../../base/yaml-writer.ts';
import { jobFileBytes, recalledAtOnce } from '../../../limits.ts';
import { jobFilePattern } from '../prometheus-paths.ts';
import { shardVariables } from '../shards.ts';
import { compressParts } from './chunks.ts';
import type { Fragment } from './fragment.ts';
import { cutJobFiles } from './job-files.ts';
import type { JobFile, JobFileCache } from './job-files.ts';

/** A configuration of which most jobs are in files of their own. */
export interface SplitConfig {
  /** What is not in files, with the pattern by which Prometheus finds these; compressed. */
  readonly main: Uint8Array;
  readonly files: readonly JobFile[];
}

/** What splitting the same configuration again finds quicker. */
export interface SplitCache {
  readonly files: JobFileCache;
  /** Whether the fragment may go into a file. */
  readonly movable: WeakMap<Fragment, boolean>;
}

export function createSplitCache(): SplitCache {
  return { files: new Map(), movable: new WeakMap() };
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
function isMovable({ yaml }: Fragment): boolean {
  for (const [, name = ''] of yaml.matchAll(variable)) if (!shardVariable.has(name)) return false;
  return !relativeFile.test(yaml) && Buffer.byteLength(yaml) < jobFileBytes;
}

/**
 * Spreads the jobs of monitors over files; the user's own jobs stay where they are. Cost is in proportion to what has changed
 * since the last call with the same cache.
 * @param additionalKey the key of the fragment with the user's own jobs
 */
export function* splitConfig(
  { head, fragments, tail }: ConfigParts,
  additionalKey: string,
  { files, movable }: SplitCache,
): Interruptible<SplitConfig> {
  const kept: Fragment[] = [];
  const moved: Fragment[] = [];
  for (const [at, fragment] of fragments.entries()) {
    let moves = movable.get(fragment);
    if (moves === undefined) movable.set(fragment, (moves = isMovable(fragment)));
    (moves && fragment.key !== additionalKey ? moved : kept).push(fragment);
    if (at % recalledAtOnce === 0) yield;
  }
  const jobs = kept.map(({ yaml }) => yaml).join('');
  const pattern = writeYamlFields({ scrape_config_files: [jobFilePattern] });
  const text = `${head}${pattern}scrape_configs:${jobs === '' ? ' []' : ''}\n${jobs}${tail}`;
  return { main: yield* compressParts(text), files: yield* cutJobFiles(moved, files) };
}
