import type { StatefulSet } from '../shared/rendered-objects.ts';
import { renderWorkloadSet } from '../shared/stateful-set.ts';
import { selectPods } from './alertmanager-labels.ts';
import { chooseStorage } from './alertmanager-pod-parts.ts';
import { renderAlertmanagerPod } from './alertmanager-pod.ts';
import { countReplicas } from './alertmanager-workload.ts';
import type { AlertmanagerWorkload } from './alertmanager-workload.ts';

/**
 * The StatefulSet of an Alertmanager, without the input hash (docs/reference/rendering.md 5.1 to 5.5).
 * @param tlsAssetSecrets how many tls-assets Secrets there are.
 * @throws {TerminalError} when the spec asks for what cannot be rendered.
 */
export function renderStatefulSet(workload: AlertmanagerWorkload, tlsAssetSecrets: number): StatefulSet {
  const selector = selectPods(workload);
  return renderWorkloadSet(workload, {
    name: workload.names.prefix,
    labels: selector,
    selector,
    replicas: countReplicas(workload.spec),
    template: renderAlertmanagerPod({ workload, tlsAssetSecrets }),
    claim: chooseStorage(workload).claim,
  });
}
