/** What pages are made from: whoever serves or writes them hands in these, and views make HTML of them. */
import type { KubernetesObject } from '../../api/meta.ts';
import type { ExplainedRow, RowState } from '../../core/overview/overview.ts';
import type { RouteAnswer } from '../../core/routing/answer.ts';
import type { TreeNode } from '../../core/routing/route-tree.ts';
import type { SearchHit } from '../../core/overview/found-by.ts';
import type { Explanation, ObjectName } from '../../core/explain/model.ts';

/** Around every page. */
export interface Chrome {
  /** Whose resources are shown: "https://10.0.0.1:6443", "stacks/multi-team". */
  readonly place: string;
  /** When what is shown was read; milliseconds since 1970. Undefined: nothing was. */
  readonly asOf: number | undefined;
  /** `served`: links are addresses. `file`: all pages stand in one document, links lead inside it. */
  readonly medium: 'served' | 'file';
  /** What was typed into the search box. */
  readonly query?: string;
  /** Where changes are told of, as of what is shown: "/events?after=ID"; absent: nobody tells. */
  readonly events?: string;
  /** Whether configurations of workloads have pages that can be linked. */
  readonly hasConfigurations?: boolean;
  /** Why what is shown may be old, for a banner. */
  readonly behind?: string;
  /** What could not be read: what depends on it is unknown. */
  readonly notes?: readonly string[];
}

/** The answer about one subject, with the objects that it is about. */
export interface ChainData {
  readonly explanation: Explanation;
  /** An object as it is; undefined when it is not known, or not for the eyes of who asks. */
  readonly find: (name: ObjectName) => KubernetesObject | undefined;
  /** Whether configurations of workloads have pages that can be linked. */
  readonly hasConfigurations?: boolean;
}

/** Something that was found, with the address of its chain. */
export interface ShownHit extends Omit<SearchHit, 'holder'> {
  readonly isExact: boolean;
  readonly href: string;
  /** The worst of it among all workloads; absent where only its chain tells. */
  readonly state?: RowState;
  readonly summary?: string;
}

/** All of it is plain JSON. */
export interface SearchResult {
  readonly query: string;
  /** What is called so first, the worst before others. */
  readonly hits: readonly ShownHit[];
  /** Rows of the lists that hold all words, of other objects. */
  readonly rows: readonly ExplainedRow[];
  readonly notes: readonly string[];
}

/** What an address asks of routes, as it was typed; "" for nothing. */
export interface RoutesAsked {
  /** Of an alert: "severity=critical namespace=shop". */
  readonly labels: string;
  /** "namespace/name" of the only one that is of interest. */
  readonly alertmanager: string;
}

/** The routes of one Alertmanager as far as they may be seen: why there are none, all of them, or what becomes of the alert. */
export interface ShownRoutes {
  readonly alertmanager: RouteAnswer['alertmanager'];
  readonly problem?: string;
  readonly tree?: TreeNode;
  readonly answer?: RouteAnswer;
  readonly notes: readonly string[];
}

export interface RoutesData {
  readonly asked: RoutesAsked;
  /** "namespace/name" of all that may be chosen. */
  readonly known: readonly string[];
  readonly shown: readonly ShownRoutes[];
}
