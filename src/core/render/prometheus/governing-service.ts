import type { Rejection } from '../../rejection.ts';
import { referToOwner, renderMetadata } from '../shared/metadata.ts';
import type { Service, ServicePort } from '../shared/objects.ts';
import { labelPods, selectWorkload } from './labels.ts';
import { thanosGrpcPort } from './thanos-sidecar.ts';
import { portNameOf } from './workload.ts';
import type { Workload } from './workload.ts';

const byName = (a: Workload, b: Workload): number =>
  (a.owner.metadata.name ?? '') < (b.owner.metadata.name ?? '') ? -1 : 1;

/**
 * The headless Service that the workloads of a namespace share (contract/rendering.md 4.16). It is made from all of them,
 * so that its content does not depend on who was synced last, as the reference's does: the port is called as the first by
 * name calls it (one port cannot have two names), and the gRPC port is there when any of them runs Thanos.
 * @param workloads all of one role and namespace that use it: no spec.serviceName, no DaemonSet, not being deleted.
 */
export function renderGoverningService(workloads: readonly Workload[]): Service | undefined {
  const sorted = [...workloads].sort(byName);
  const [first] = sorted;
  if (first === undefined) return undefined;
  const portName = portNameOf(first.spec);
  const ports: ServicePort[] = [{ name: portName, port: 9090, targetPort: portName }];
  if (sorted.some(({ server }) => server?.thanos !== undefined)) {
    ports.push({ name: 'grpc', port: thanosGrpcPort, targetPort: 'grpc' });
  }
  const { names, owner, role, settings } = first;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: renderMetadata(
      {
        name: names.governingService,
        namespace: owner.metadata.namespace,
        labels: { 'operated-prometheus': 'true' },
        ownerReferences: sorted.map((workload) => referToOwner(workload.owner)),
      },
      settings,
    ),
    spec: {
      clusterIP: 'None',
      ports,
      selector: { 'app.kubernetes.io/name': role === 'server' ? 'prometheus' : 'prometheus-agent' },
    },
  };
}

/**
 * Whether the user's own governing Service will do: it must exist and select the pods of the workload.
 * @param service the Service called spec.serviceName in the workload's namespace.
 */
export function checkCustomService(workload: Workload, service: Service | undefined): Rejection | undefined {
  const field = 'spec.serviceName';
  const name = workload.spec.serviceName ?? '';
  if (service === undefined) {
    return { reason: 'ServiceNotFound', field, message: `Cannot use Service "${name}": it does not exist; create it` };
  }
  const labels = { ...labelPods(workload, undefined), ...selectWorkload(workload) };
  const selector = Object.entries(service.spec.selector ?? {});
  const foreign = selector.find(([key, value]) => labels[key] !== value);
  if (foreign === undefined) return undefined;
  return {
    reason: 'ServiceSelectorMismatch',
    field,
    message: `Cannot use Service "${name}": its selector wants ${foreign[0]}="${foreign[1]}", which the pods do not have; select them by ${Object.keys(labels).join(', ')}`,
  };
}
