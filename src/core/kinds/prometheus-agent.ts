import { monitorKinds } from '../monitor.ts';
import type { PrometheusAgent } from '../../api/prometheus-agent.ts';
import { prometheusAgentType } from '../../api/prometheus-agent.ts';
import { renderAgentService } from '../render/prometheus/prometheus-service.ts';
import { labelAllPods, shardLabel } from '../render/prometheus/prometheus-labels.ts';
import { listNames } from '../render/prometheus/prometheus-names.ts';
import { asAgentWorkload, viewAgent } from '../render/prometheus/prometheus-workload.ts';
import type { PrometheusWorkload } from '../render/prometheus/prometheus-workload.ts';
import { describePrometheus } from '../status/prometheus-subject.ts';
import { listDeprecatedFields } from '../status/deprecated-fields.ts';
import { countPrometheusSpec, createPrometheusMatcher, selectRole } from './prometheus.ts';
import type { WorkloadKind } from './kind.ts';

/** PrometheusAgent objects: Prometheus without rules, Thanos and retention, and with DaemonSets. */
export const agentKind: WorkloadKind<PrometheusAgent, PrometheusWorkload> = {
  type: prometheusAgentType,
  program: 'prometheus-agent',
  controller: 'prometheus-agent',
  instanceFlags: 'prometheus-instance',
  resource: 'prometheusagents',
  queueName: 'prometheusagent',
  reportingController: 'prometheusagent-controller',
  selects: monitorKinds,
  statefulSetSelector: `${selectRole('agent')},${shardLabel}`,
  daemonSetSelector: selectRole('agent'),
  serviceSelector: 'operated-prometheus=true',
  isDaemonSet: ({ spec }) => spec.mode === 'DaemonSet',
  names: (name) => listNames('agent', name),
  createMatcher: () => createPrometheusMatcher(asAgentWorkload),
  describeStatus(agent, settings) {
    const { version: _version, ...spec } = agent.spec;
    const gates = { ...settings.gates, PrometheusAgentDaemonSet: true };
    return describePrometheus(viewAgent({ ...agent, spec }, { ...settings, gates }));
  },
  countSpec: countPrometheusSpec,
  listDeprecatedFields,
  labelPods: labelAllPods,
  renderGoverningService: renderAgentService,
};
