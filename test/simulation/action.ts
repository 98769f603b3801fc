import type { EventFate, Fault } from '../../src/sandbox/fault-hook.ts';

/** A resource as actions name it: a kind of the API. */
export type Kind =
  | 'Namespace'
  | 'Secret'
  | 'ConfigMap'
  | 'Service'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'Prometheus'
  | 'PrometheusAgent'
  | 'ServiceMonitor'
  | 'PodMonitor'
  | 'Probe'
  | 'ScrapeConfig'
  | 'PrometheusRule';

export interface Named {
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
}

/** What a user, the network, the API server or the machine does. Plain JSON: a run is its list of actions. */
export type Deed =
  /** `kubectl apply`: what is refused is refused. */
  | { readonly do: 'apply'; readonly object: object }
  | { readonly do: 'patch'; readonly object: Named; readonly body: object }
  | { readonly do: 'delete'; readonly object: Named }
  /** Somebody changes by hand what the operator made: the `nth` of the kind, counted around. */
  | { readonly do: 'meddle'; readonly kind: Kind; readonly nth: number; readonly how: 'delete' | 'data' | 'labels' }
  /** Requests go wrong for a while. */
  | { readonly do: 'fault'; readonly fault: Fault; readonly on: Target; readonly times: number; readonly forMs: number }
  /** Watches that are open end, or lose events and then end. */
  | { readonly do: 'spoil'; readonly fate: Exclude<EventFate, 'send'>; readonly on: Target; readonly times: number }
  /** SIGKILL, at once or at a write, before it is carried out or before its answer is there. */
  | { readonly do: 'kill'; readonly atWrite?: { readonly skip: number; readonly moment: 'arrived' | 'answered' } }
  /** SIGTERM, and a new process. */
  | { readonly do: 'restart' }
  /** Somebody else takes the Lease. */
  | { readonly do: 'seize-lease' }
  | { readonly do: 'set-clock'; readonly byMs: number }
  /** The machine sleeps. */
  | { readonly do: 'sleep'; readonly ms: number };

/** Which requests; what is left out matches everything. */
export interface Target {
  readonly verb?: readonly ('get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete')[];
  readonly resource?: string;
  readonly subresource?: string;
}

/** A deed, and how long nothing else happens after it. */
export type Action = Deed & { readonly thenMs: number };

/** All that a run is made of. */
export interface Script {
  /** Of everything that is random while it runs: delays, jitter, names. */
  readonly seed: number;
  readonly flags: Readonly<Record<string, readonly string[]>>;
  /** Processes of the operator; two of them elect a leader. */
  readonly replicas: number;
  /** Whether Pods are played: they cost most of the time. */
  readonly pods: boolean;
  /** Whether users put right in the end what is wrong. */
  readonly mends: boolean;
  readonly actions: readonly Action[];
}
