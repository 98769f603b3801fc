import type { StatefulSet } from '../shared/objects.ts';
import { renderWorkloadSet } from '../shared/stateful-set.ts';
import { selectPods } from './labels.ts';
import { chooseStorage } from './pod-parts.ts';
import { renderAlertmanagerPod } from './pod-template.ts';
import { countReplicas } from './workload.ts';
import type { AlertmanagerWorkload } from './workload.ts';

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
