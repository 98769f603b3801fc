import type { PrometheusAgent } from '../../src/api/prometheus-agent.ts';
import { asAgentWorkload } from '../../src/core/render/prometheus/prometheus-workload.ts';
import { describeCases, dropNulls } from './cases.ts';
import { asSecrets, compareConfig, settingsFor } from './config-adapter.ts';
import type { ConfigInput } from './config-adapter.ts';

interface Input extends ConfigInput {
  readonly prometheusAgent: PrometheusAgent;
  readonly options: ConfigInput['options'] & { readonly daemonSet: boolean };
}

describeCases<Input, string>('agent-config', (recorded) => {
  compareConfig(recorded, () => {
    const { input } = recorded;
    const agent = dropNulls(input.prometheusAgent);
    const { spec, secrets } = asSecrets(input, agent.spec, agent.metadata.namespace ?? '');
    const mode = input.options.daemonSet ? ('DaemonSet' as const) : ('StatefulSet' as const);
    return { workload: asAgentWorkload({ ...agent, spec: { ...spec, mode } }, settingsFor(input.options)), secrets };
  });
});
