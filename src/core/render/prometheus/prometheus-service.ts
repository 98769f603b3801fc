import { apiVersionOf } from '../../../api/meta.ts';
import { prometheusAgentType } from '../../../api/prometheus-agent.ts';
import type { PrometheusAgent } from '../../../api/prometheus-agent.ts';
import { prometheusType } from '../../../api/prometheus.ts';
import type { Prometheus } from '../../../api/prometheus.ts';
import type { OperatorSettings } from '../../settings.ts';
import { renderGoverningService } from '../shared/governing-service.ts';
import type { Service, ServicePort } from '../shared/rendered-objects.ts';
import { thanosGrpcPort } from './thanos-sidecar.ts';
import { portNameOf } from './prometheus-workload.ts';

const labels = { 'operated-prometheus': 'true' };

function listWebPort([first]: readonly (Prometheus | PrometheusAgent)[]): ServicePort[] {
  const name = portNameOf(first?.spec ?? {});
  return [{ name, port: 9090, targetPort: name }];
}

/**
 * The Service that the Prometheus objects of a namespace share (docs/reference/rendering.md 4.16). The gRPC port is there when
 * any of them runs Thanos.
 * @param all every Prometheus of the namespace that this operator manages.
 */
export function renderServerService(all: readonly Prometheus[], settings: OperatorSettings): Service | undefined {
  const grpc = { name: 'grpc', port: thanosGrpcPort, targetPort: 'grpc' };
  const service = {
    name: 'prometheus-operated',
    labels,
    selector: { 'app.kubernetes.io/name': 'prometheus' },
    owner: { apiVersion: apiVersionOf(prometheusType), kind: prometheusType.kind },
    ports: (governed: readonly Prometheus[]) => [
      ...listWebPort(governed),
      ...(governed.some(({ spec }) => spec.thanos !== undefined) ? [grpc] : []),
    ],
  };
  return renderGoverningService(all, service, settings);
}

/** As `renderServerService`, of the PrometheusAgent objects of a namespace; a DaemonSet has no governing Service. */
export function renderAgentService(all: readonly PrometheusAgent[], settings: OperatorSettings): Service | undefined {
  const service = {
    name: 'prometheus-agent-operated',
    labels,
    selector: { 'app.kubernetes.io/name': 'prometheus-agent' },
    owner: { apiVersion: apiVersionOf(prometheusAgentType), kind: prometheusAgentType.kind },
    ports: listWebPort,
  };
  const sets = all.filter(({ spec }) => spec.mode !== 'DaemonSet');
  return renderGoverningService(sets, service, settings);
}
