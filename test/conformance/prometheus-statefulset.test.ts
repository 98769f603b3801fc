import type { Prometheus } from '../../src/api/prometheus.ts';
import { withInputHash } from '../../src/core/render/shared/input-hash.ts';
import { renderStatefulSet } from '../../src/core/render/prometheus/prometheus-sets.ts';
import { asServerWorkload } from '../../src/core/render/prometheus/prometheus-workload.ts';
import { describeCases, dropNulls } from './cases.ts';
import { compareWorkload, countTlsAssets, settingsOf } from './workload-adapter.ts';
import type { WorkloadInput, WorkloadOutput } from './workload-adapter.ts';

interface Input extends WorkloadInput {
  readonly prometheus: Prometheus;
  readonly inputHash: string;
  readonly ruleConfigMapNames: string[] | null;
  readonly shard: number;
}

describeCases<Input, WorkloadOutput>('prometheus-statefulset', (recorded) => {
  const { input } = recorded;
  compareWorkload(recorded, () => {
    const workload = asServerWorkload(dropNulls(input.prometheus), settingsOf(input));
    const statefulSet = renderStatefulSet(workload, {
      shard: input.shard,
      tlsAssetSecrets: countTlsAssets(recorded.output),
      ruleConfigMaps: input.ruleConfigMapNames ?? [],
    });
    return withInputHash(statefulSet, input.inputHash);
  });
});
