import type { PrometheusAgent } from '../../src/api/prometheus-agent.ts';
import { renderDaemonSet } from '../../src/core/render/prometheus/prometheus-sets.ts';
import { asAgentWorkload } from '../../src/core/render/prometheus/prometheus-workload.ts';
import { describeCases, dropNulls } from './cases.ts';
import { compareWorkload, countTlsAssets, settingsOf } from './workload-adapter.ts';
import type { WorkloadInput, WorkloadOutput } from './workload-adapter.ts';

interface Input extends WorkloadInput {
  readonly prometheusAgent: PrometheusAgent;
}

/** The recordings call the DaemonSet renderer whatever spec.mode says. */
describeCases<Input, WorkloadOutput>('agent-daemonset', (recorded) => {
  const { input } = recorded;
  compareWorkload(recorded, () => {
    const agent = dropNulls(input.prometheusAgent);
    const asDaemonSet: PrometheusAgent = { ...agent, spec: { ...agent.spec, mode: 'DaemonSet' } };
    return renderDaemonSet(asAgentWorkload(asDaemonSet, settingsOf(input)), countTlsAssets(recorded.output));
  });
});
