import type { DesiredPrometheus } from '../../core/desired/desired-prometheus.ts';
import type { ExpectedReplica, ReplicaPod } from '../../core/loaded/expected-replicas.ts';
import type { Workload } from '../../core/render/shared/workload.ts';
import type { Look } from './look-at-replica.ts';
import type { KnownDigests, Revisions } from './written-config.ts';

/** A workload as far as its replicas are asked, whatever its kind. */
export interface Subject {
  readonly workload: Workload;
  /** In which the program runs whose log says why it does not reload. */
  readonly container: string;
  readonly web: WebPlace;
  /** Labels that tell its Pods from all others. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Its Pods are known only once they are listed. */
  readonly isOpenEnded: boolean;
  /** Whose targets are followed; undefined: it has none, or all of its Pods would have to be asked. */
  readonly scraped: DesiredPrometheus | undefined;
  /** All replicas that there should be, those that are not there among them. */
  listReplicas(pods: readonly ReplicaPod[]): ExpectedReplica[];
  /** Undefined when nothing of the operator's is loaded. */
  readRevisions(known: KnownDigests): Revisions | undefined;
  readonly look: Look;
}

/** Where the web server of each replica is. */
export interface WebPlace {
  readonly port: number;
  /** Before all paths; "" for none, without a slash at its end. */
  readonly prefix: string;
  readonly isSecure: boolean;
  /** Nobody but the Pod reaches it. */
  readonly isLocal: boolean;
}
