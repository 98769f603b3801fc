import type { PrometheusAgent } from '../../api/prometheus-agent.ts';
import { prometheusAgentType } from '../../api/prometheus-agent.ts';
import { renderAgentService } from '../../core/render/prometheus/governing-service.ts';
import { asAgentWorkload } from '../../core/render/prometheus/workload.ts';
import type { InstanceKind } from '../prometheus/kind.ts';

/** PrometheusAgent objects: the controller of Prometheus without rules, Thanos and retention, and with DaemonSets. */
export const agentKind: InstanceKind<PrometheusAgent> = {
  type: prometheusAgentType,
  role: 'agent',
  resource: 'prometheusagents',
  queueName: 'prometheusagent',
  reportingController: 'prometheusagent-controller',
  asWorkload: asAgentWorkload,
  asAnyWorkload(agent, settings) {
    const { version: _version, ...spec } = agent.spec;
    const gates = { ...settings.gates, PrometheusAgentDaemonSet: true };
    return asAgentWorkload({ ...agent, spec }, { ...settings, gates });
  },
  renderGoverningService: renderAgentService,
};
