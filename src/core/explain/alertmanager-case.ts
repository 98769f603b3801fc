import { alertmanagerKind } from '../kinds/alertmanager.ts';
import { countReplicas } from '../render/alertmanager/alertmanager-workload.ts';
import type { SelectionCase } from './case.ts';
import type { RoutingView } from './routing-view.ts';
import type { AlertmanagerFacts } from './running.ts';

/** An Alertmanager that is asked about for itself. */
export interface AlertmanagerCase extends Pick<SelectionCase, 'facts' | 'view'> {
  readonly routing: RoutingView;
  /** What its replicas say; empty where they are not to be asked. */
  readonly replicas: readonly AlertmanagerFacts[];
  /** How many there should be. */
  readonly expected: number;
}

export function openAlertmanagerCase(routing: RoutingView, facts: SelectionCase['facts']): AlertmanagerCase {
  const { name, object } = routing;
  const view = { name: { ...name, kind: alertmanagerKind.type.kind }, object };
  return { facts, view, routing, replicas: routing.askReplicas(), expected: countReplicas(object.spec) };
}
