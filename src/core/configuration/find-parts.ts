import type { Interruptible } from '../../base/interruptible.ts';
import type { AssetStore } from '../assets/store.ts';
import type { ObjectName } from '../explain/model.ts';
import { showObject } from '../explain/model.ts';
import type { Configuration, PartSource } from './configuration.ts';
import { listJobSources, listTold, objectOf } from './configuration.ts';
import { writeSource } from './write-source.ts';
import type { ConfigurationLine } from './yaml-lines.ts';

/** Which parts of a configuration are wanted. */
export interface PartQuery {
  /** What a line or the name of a part must hold, in any case of letters; "": anything. */
  readonly text: string;
  /** "KIND/NAMESPACE/NAME" of a monitor: only its jobs. */
  readonly monitor?: string | undefined;
  /** Whether what was made from an object may be shown. */
  readonly isSeen: (object: ObjectName) => boolean;
  /** From which of those that are found on, and how many. */
  readonly from: number;
  readonly atMost: number;
}

/** A part of a configuration as it may be shown. */
export interface ConfigurationPart {
  /** Its name: "global", or "ServiceMonitor shop/cart". */
  readonly title: string;
  /** Whose fields it was made from. */
  readonly object: ObjectName;
  readonly lines: readonly ConfigurationLine[];
}

export interface FoundParts {
  readonly parts: readonly ConfigurationPart[];
  /** Of how many. */
  readonly found: number;
  /** Jobs of all monitors, those that may not be shown included. */
  readonly jobs: number;
  /** Monitors and AlertmanagerConfigs on whose account something is not shown. */
  readonly leftOut: number;
}

/** What is there by the name of a part. */
export const titleOf = (source: PartSource, configuration: Configuration): string => {
  if (source.kind === 'section') return source.name;
  if (source.kind === 'additional') return 'additional jobs';
  return source.kind === 'text' ? 'configuration' : showObject(objectOf(source, configuration));
};

/** What was searched once is found again quickly: what may be shown of a part, by the object that it was written from. */
export type SearchTexts = WeakMap<object, string>;

/** What parts are made from beside the configuration itself. */
export interface PartGround {
  /** What monitors refer to. */
  readonly assets: AssetStore;
  readonly texts: SearchTexts;
}

/** The parts that are wanted: what is searched is what may be shown, with secrets masked. It rests behind each part. */
export function* findParts(
  configuration: Configuration,
  { assets, texts }: PartGround,
  query: PartQuery,
): Interruptible<FoundParts> {
  const jobs = listJobSources(configuration);
  const all: readonly PartSource[] = [...configuration.own, ...jobs];
  yield;
  const seen = all.filter((source) => listTold(source).every(query.isSeen));
  const hidden = all.flatMap(listTold).filter((object) => !query.isSeen(object));
  yield;
  const wanted = seen.filter((source) => query.monitor === undefined || isOf(source, query.monitor));
  const found = yield* search(wanted, { configuration, texts }, query.text.toLowerCase());
  const parts: ConfigurationPart[] = [];
  for (const source of found.slice(query.from, query.from + query.atMost)) {
    const lines = writeSource(source, { configuration, assets });
    parts.push({ title: titleOf(source, configuration), object: objectOf(source, configuration), lines });
    yield;
  }
  return {
    parts,
    found: found.length,
    jobs: jobs.reduce((sum, { fragment }) => sum + fragment.jobs, 0),
    leftOut: hidden.length,
  };
}

const isOf = (source: PartSource, wanted: string): boolean =>
  source.kind === 'jobs' &&
  listTold(source).some(({ kind, namespace, name }) => `${kind}/${namespace}/${name}` === wanted);

interface SearchGround {
  readonly configuration: Configuration;
  readonly texts: SearchTexts;
}

function* search(all: readonly PartSource[], ground: SearchGround, text: string): Interruptible<readonly PartSource[]> {
  if (text === '') return all;
  const found: PartSource[] = [];
  for (const source of all) {
    if (readText(source, ground).includes(text)) found.push(source);
    yield;
  }
  return found;
}

/** All of a part that is searched. */
function readText(source: PartSource, { configuration, texts }: SearchGround): string {
  const key = source.kind === 'jobs' ? source.fragment : source;
  const known = texts.get(key);
  if (known !== undefined) return known;
  const lines = writeSource(source, { configuration }).map(({ text }) => text);
  const made = [titleOf(source, configuration), ...lines].join('\n').toLowerCase();
  texts.set(key, made);
  return made;
}
