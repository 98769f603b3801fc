import { apiVersionOf } from '../../../api/meta.ts';
import { prometheusAgentType } from '../../../api/prometheus-agent.ts';
import type { PrometheusAgent } from '../../../api/prometheus-agent.ts';
import { prometheusType } from '../../../api/prometheus.ts';
import type { Prometheus } from '../../../api/prometheus.ts';
import type { Rejection } from '../../rejection.ts';
import type { OperatorSettings } from '../../settings.ts';
import { asOwner, referToOwner, renderMetadata } from '../shared/metadata.ts';
import { unlessBlank } from '../shared/objects.ts';
import type { Service, ServicePort } from '../shared/objects.ts';
import { labelPods, selectWorkload } from './labels.ts';
import { thanosGrpcPort } from './thanos-sidecar.ts';
import { portNameOf } from './workload.ts';
import type { Workload } from './workload.ts';

type Workloads = readonly (Prometheus | PrometheusAgent)[];

/** Those that the operator's Service governs, by name: none with a Service of their own, a DaemonSet, or on its way out. */
function listGoverned<T extends Prometheus | PrometheusAgent>(workloads: readonly T[]): T[] {
  const governed = workloads.filter(({ metadata, spec }) => {
    const isDaemonSet = 'mode' in spec && spec.mode === 'DaemonSet';
    return unlessBlank(spec.serviceName) === undefined && !isDaemonSet && metadata.deletionTimestamp === undefined;
  });
  return governed.sort((a, b) => ((a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1));
}

interface ServiceInput {
  readonly name: string;
  /** app.kubernetes.io/name of the pods. */
  readonly selected: string;
  readonly type: { readonly apiVersion: string; readonly kind: string };
  readonly grpc: boolean;
}

function renderService(workloads: Workloads, input: ServiceInput, settings: OperatorSettings): Service | undefined {
  const [first] = workloads;
  if (first === undefined) return undefined;
  const portName = portNameOf(first.spec);
  const grpc: ServicePort[] = input.grpc ? [{ name: 'grpc', port: thanosGrpcPort, targetPort: 'grpc' }] : [];
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: renderMetadata(
      {
        name: input.name,
        namespace: first.metadata.namespace,
        labels: { 'operated-prometheus': 'true' },
        ownerReferences: workloads.map((workload) => referToOwner(asOwner(workload, input.type))),
      },
      settings,
    ),
    spec: {
      clusterIP: 'None',
      ports: [{ name: portName, port: 9090, targetPort: portName }, ...grpc],
      selector: { 'app.kubernetes.io/name': input.selected },
    },
  };
}

/**
 * The headless Service that the Prometheus objects of a namespace share (docs/reference/rendering.md 4.16), undefined when none
 * of them uses it. It is made from all of them, so that its content does not depend on which was synced last, as the
 * reference's does: the port is called as the first by name calls it (one port cannot have two names), and the gRPC port is
 * there when any of them runs Thanos.
 * @param all every Prometheus of the namespace that this operator manages.
 */
export function renderServerService(all: readonly Prometheus[], settings: OperatorSettings): Service | undefined {
  const governed = listGoverned(all);
  const type = { apiVersion: apiVersionOf(prometheusType), kind: prometheusType.kind };
  const grpc = governed.some(({ spec }) => spec.thanos !== undefined);
  return renderService(governed, { name: 'prometheus-operated', selected: 'prometheus', type, grpc }, settings);
}

/** As `renderServerService`, of the PrometheusAgent objects of a namespace. */
export function renderAgentService(all: readonly PrometheusAgent[], settings: OperatorSettings): Service | undefined {
  const type = { apiVersion: apiVersionOf(prometheusAgentType), kind: prometheusAgentType.kind };
  const input = { name: 'prometheus-agent-operated', selected: 'prometheus-agent', type, grpc: false };
  return renderService(listGoverned(all), input, settings);
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
