import { monitorKinds } from '../../../monitor.ts';
import type { MonitorKind } from '../../../monitor.ts';
import type { KeyReference } from '../../../assets/references.ts';

/** Something that was left out, and why; the configuration is valid all the same. */
export interface Warning {
  /** Key of the object ("Kind namespace/name"), or "" for the workload. */
  readonly object: string;
  readonly message: string;
}

/** Of jobs whose targets the discovery service finds (docs/adr/0011-discovery-service.md). */
export interface ServedFragment {
  /** What is written in the place of the fragment's own pieces. */
  readonly pieces: readonly string[];
  /** What the service is told: items of `scrape_configs` of those that it finds the targets of. */
  readonly plan: string;
  /** No job among them discovers for itself. */
  readonly isWhole: boolean;
}

/** Whether each node's agent may have its own targets of these jobs: in mode DaemonSet jobs that discover for themselves would be scraped by all. */
export const isPerNode = ({ served }: Fragment): boolean => served?.isWhole === true;

/**
 * The jobs of one monitor as text. The same monitor, context and assets give the same fragment object as long as it is
 * cached, so fragments are compared by identity.
 */
export interface Fragment {
  /** "Kind/namespace/name". */
  readonly key: string;
  /**
   * Items of `scrape_configs`, each with its own discovery: lines that end with a newline. In pieces, of which most are strings that other
   * fragments have, too: of 3 KB a job less than 1 KB is its own.
   */
  readonly pieces: readonly string[];
  /** Undefined: all of them discover for themselves, and are written as they are in `pieces`. */
  readonly served?: ServedFragment;
  readonly jobs: number;
  /** Whether a compressed chunk ends behind it. */
  readonly endsChunk: boolean;
  /** Keys whose contents must be in the tls-assets Secrets. */
  readonly tlsAssets: readonly KeyReference[];
  readonly warnings: readonly Warning[];
}

/** The jobs as Prometheus is to read them, in pieces. */
export const writtenPiecesOf = ({ pieces, served }: Fragment): readonly string[] => served?.pieces ?? pieces;

/** The jobs of these fragments, each with its own discovery, as one text. */
export const joinFragments = (fragments: readonly Fragment[]): string =>
  fragments.flatMap(({ pieces }) => pieces).join('');

/** The same jobs as Prometheus is to read them. */
export const joinWritten = (fragments: readonly Fragment[]): string => fragments.flatMap(writtenPiecesOf).join('');

/** The fragments of a workload's monitors by kind, each list in the order of "namespace/name". */
export type Fragments = Readonly<Record<MonitorKind, readonly Fragment[]>>;

/** One list for each kind, made by `list`. */
export function makeFragments(list: (kind: MonitorKind) => readonly Fragment[]): Fragments {
  return Object.fromEntries(monitorKinds.map((kind) => [kind, list(kind)])) as unknown as Fragments;
}
