import type { SupposedObject } from '../explain/facts.ts';
import type { ObjectName, SeenLoad } from '../explain/model.ts';
import type { Link, ReasonCode } from '../explain/reasons.ts';
import type { Code } from '../reasons/entry.ts';
import type { RejectionReason } from '../reasons/table.ts';

/** From the worst on. `unknown`: too little could be read to say. */
export const rowStates = ['failed', 'unknown', 'warning', 'ok'] as const;

export type RowState = (typeof rowStates)[number];

/** What `stoker explain` says of one object and one workload, in a line. All of it is plain JSON. */
export interface ExplainedRow {
  readonly state: RowState;
  /** The object that is scraped or used. */
  readonly object: ObjectName;
  /** Who scrapes or uses it; else who comes nearest to it. Its name is "" where there is no workload at all. */
  readonly workload: ObjectName;
  /** The link of the chain that decides; "" where nothing is wrong. */
  readonly link: Link | '';
  readonly reason: ReasonCode;
  /** Of the reason. */
  readonly code: Code;
  /** Why it was rejected, where `reason` is Rejected. */
  readonly cause?: RejectionReason;
  readonly causeCode?: Code;
  /** The answer in one sentence. */
  readonly summary: string;
  /** The object and the path of its field that decide. */
  readonly decisive: ObjectName;
  readonly at: string;
  /** The first edit that mends it, as an order; "" for none. */
  readonly fix: string;
  /** The command line that says all of it. */
  readonly command: string;
}

/** One monitor and one workload. */
export interface MonitorRow extends ExplainedRow {
  readonly targets: TargetCounts;
}

export interface TargetCounts {
  /** Targets that the workload has of it, or should have. */
  readonly found: number;
  /** Those whose last scrape went well; absent where nobody was asked. */
  readonly up?: number;
}

/** A PrometheusRule or AlertmanagerConfig, and one workload. */
export type UseRow = ExplainedRow;

/** What a workload leaves out. */
export interface RejectedRow extends Pick<ExplainedRow, 'object' | 'workload' | 'summary' | 'fix' | 'command'> {
  readonly reason: RejectionReason;
  readonly code: Code;
  /** Path of the field; "" for the whole object. */
  readonly field: string;
}

/** All times are RFC 3339. What is not known is absent: among manifests there is no status. */
export interface WorkloadRow {
  readonly state: RowState;
  readonly object: ObjectName;
  /** Of the condition that is worst; "" where all is well. */
  readonly reason: string;
  /** "" for a reason that is not in our tables. */
  readonly code: Code | '';
  readonly summary: string;
  readonly replicas: ReplicaCounts;
  readonly shards?: number;
  readonly version?: string;
  readonly paused: boolean;
  readonly configuration: ConfigurationState;
  /** When a condition or the configuration last changed. */
  readonly lastChange?: string;
  readonly conditions: readonly ConditionRow[];
  /** Changes that wait for something. */
  readonly waits: readonly WaitRow[];
  /** Monitors, rules and routes that it uses. */
  readonly uses: number;
  readonly command: string;
}

export interface ReplicaCounts {
  readonly wanted: number;
  readonly ready?: number;
  readonly updated?: number;
}

/** What should be loaded, and what is. */
export interface ConfigurationState {
  /** Of what the operator renders now, 16 hexadecimal digits. */
  readonly wanted?: string;
  /** When it was written. */
  readonly writtenAt?: string;
  /** Replicas that have loaded it, of all that are known. */
  readonly loaded?: { readonly selected: number; readonly total: number };
  readonly seen?: SeenLoad;
}

export interface ConditionRow {
  readonly type: string;
  readonly status: string;
  readonly state: RowState;
  readonly reason: string;
  readonly code: Code | '';
  readonly message: string;
  readonly since: string;
}

/** Something that waits: for an approval, a maintenance window, another workload. */
export interface WaitRow {
  readonly reason: string;
  readonly code: Code | '';
  readonly message: string;
  readonly since: string;
}

/** What a ServiceAccount lacks for the discovery of a workload. */
export interface PermissionRow {
  readonly account: ObjectName;
  readonly workload: ObjectName;
  /** "may not list and watch endpoints in namespace shop" */
  readonly missing: string;
  readonly fix: string;
  readonly command: string;
}

/** All that is watched over, the worst first. */
export interface Overview {
  readonly monitors: readonly MonitorRow[];
  readonly workloads: readonly WorkloadRow[];
  readonly rules: readonly UseRow[];
  readonly routes: readonly UseRow[];
  readonly rejected: readonly RejectedRow[];
  readonly permissions: readonly PermissionRow[];
  /** What could not be read: what depends on it is unknown. */
  readonly notes: readonly string[];
  /** What was supposed in the place of objects that manifests do not hold. */
  readonly supposed: readonly SupposedObject[];
}
