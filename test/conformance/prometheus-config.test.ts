import type { Prometheus } from '../../src/api/prometheus.ts';
import { asServerWorkload } from '../../src/core/render/prometheus/prometheus-workload.ts';
import { describeCases, dropNulls } from './cases.ts';
import { asSecrets, compareConfig, settingsFor } from './config-adapter.ts';
import type { ConfigInput } from './config-adapter.ts';

interface Input extends ConfigInput {
  readonly prometheus: Prometheus;
}

describeCases<Input, string>('prometheus-config', (recorded) => {
  compareConfig(recorded, () => {
    const { input } = recorded;
    const prometheus = dropNulls(input.prometheus);
    const { spec, secrets } = asSecrets(input, prometheus.spec, prometheus.metadata.namespace ?? '');
    return { workload: asServerWorkload({ ...prometheus, spec }, settingsFor(input.options)), secrets };
  });
});
