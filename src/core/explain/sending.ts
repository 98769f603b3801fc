import type { CompiledRule } from '../relabel/compile-rules.ts';
import type { PodObject } from '../targets/groups/discovered-objects.ts';
import { isPodOf } from './find-replicas.ts';
import type { UseCase } from './links/used.ts';
import type { ObjectName } from './model.ts';
import type { WorkloadProblem } from './workload-problem.ts';

/** One place that alerts are sent to. */
export interface SentTo {
  /** The field of the workload that asks for it. */
  readonly field: string;
  /** The Service that is looked for, where it is known. */
  readonly service: { readonly namespace: string; readonly name: string } | undefined;
  /** Pods that it leads to. */
  readonly pods: readonly PodObject[];
  /** Of all that it leads to. */
  readonly addresses: readonly string[];
  /** Of the alerts that are sent there. */
  readonly rules: readonly CompiledRule[];
  /** Why it cannot be told from here whom it leads to. */
  readonly unknown: string | undefined;
}

/** A workload that evaluates rules. */
export type Sender = Pick<UseCase, 'facts' | 'view' | 'workloadKind'>;

/** How a workload sends its alerts. */
export interface Sending {
  readonly places: readonly SentTo[];
  /** Added to all alerts; undefined: the value is each replica's own. */
  readonly externalLabels: ReadonlyMap<string, string | undefined>;
  /** Of all alerts, after the external labels were added. */
  readonly rules: readonly CompiledRule[];
  /** Why rules that there are besides are not known. */
  readonly unknownRules: string | undefined;
}

/** What stands for a variable of the container's environment differs from replica to replica. */
export const unlessVariable = (value: string): string | undefined => (value.includes('$(') ? undefined : value);

/** Whether one of its Pods is among those that a place leads to. */
export function leadsTo({ pods }: SentTo, alertmanager: ObjectName): boolean {
  return pods.some((pod) => pod.metadata.namespace === alertmanager.namespace && isPodOf(pod, alertmanager));
}

/** How a workload sends its alerts, or why that cannot be told. */
export type OpenedSending = Sending | { readonly problem: WorkloadProblem };
