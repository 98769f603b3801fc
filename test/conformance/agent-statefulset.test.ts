import type { PrometheusAgent } from '../../src/api/prometheus-agent.ts';
import { withInputHash } from '../../src/core/render/shared/input-hash.ts';
import { renderStatefulSet } from '../../src/core/render/prometheus/prometheus-sets.ts';
import { asAgentWorkload } from '../../src/core/render/prometheus/prometheus-workload.ts';
import { describeCases, dropNulls } from './cases.ts';
import { compareWorkload, countTlsAssets, settingsOf } from './workload-adapter.ts';
import type { WorkloadInput, WorkloadOutput } from './workload-adapter.ts';

interface Input extends WorkloadInput {
  readonly prometheusAgent: PrometheusAgent;
  readonly inputHash: string;
  readonly shard: number;
}

describeCases<Input, WorkloadOutput>('agent-statefulset', (recorded) => {
  const { input } = recorded;
  compareWorkload(recorded, () => {
    const workload = asAgentWorkload(dropNulls(input.prometheusAgent), settingsOf(input));
    const tlsAssetSecrets = countTlsAssets(recorded.output);
    const statefulSet = renderStatefulSet(workload, { shard: input.shard, tlsAssetSecrets, ruleConfigMaps: [] });
    return withInputHash(statefulSet, input.inputHash);
  });
});
