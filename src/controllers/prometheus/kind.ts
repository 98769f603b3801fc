import type { ResourceType } from '../../api/meta.ts';
import type { PrometheusAgent } from '../../api/prometheus-agent.ts';
import type { Prometheus } from '../../api/prometheus.ts';
import { prometheusType } from '../../api/prometheus.ts';
import { renderServerService } from '../../core/render/prometheus/governing-service.ts';
import type { PrometheusWorkload } from '../../core/render/prometheus/workload.ts';
import { asServerWorkload } from '../../core/render/prometheus/workload.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import type { Service } from '../../core/render/shared/objects.ts';
import type { WorkloadReference } from '../../core/status/bindings.ts';

/** An object of one of the two kinds that this controller can look after. */
export type Instance = Prometheus | PrometheusAgent;

/** What sets Prometheus and PrometheusAgent apart; everything else of the controller is one code for both. */
export interface InstanceKind<T extends Instance = Instance> {
  readonly type: ResourceType;
  readonly role: PrometheusWorkload['role'];
  /** As bindings name it. */
  readonly resource: WorkloadReference['resource'];
  /** Of the queue of syncs; the other one is called `NAME_status`. */
  readonly queueName: string;
  readonly reportingController: string;
  /** @throws {TerminalError} when it cannot be rendered for. */
  asWorkload(instance: T, settings: OperatorSettings): PrometheusWorkload;
  /** As `asWorkload`, but for status, which must say so: it never throws. */
  asAnyWorkload(instance: T, settings: OperatorSettings): PrometheusWorkload;
  /** @param all the instances of one namespace. */
  renderGoverningService(all: readonly T[], settings: OperatorSettings): Service | undefined;
}

export const serverKind: InstanceKind<Prometheus> = {
  type: prometheusType,
  role: 'server',
  resource: 'prometheuses',
  queueName: 'prometheus',
  reportingController: 'prometheus-controller',
  asWorkload: asServerWorkload,
  asAnyWorkload(prometheus, settings) {
    const { version: _version, ...spec } = prometheus.spec;
    return asServerWorkload({ ...prometheus, spec }, settings);
  },
  renderGoverningService: renderServerService,
};
