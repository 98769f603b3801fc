import type { ThanosRuler } from '../../src/api/thanos-ruler.ts';
import { withInputHash } from '../../src/core/render/shared/input-hash.ts';
import { renderRulerSet } from '../../src/core/render/thanos-ruler/ruler-set.ts';
import { asThanosRulerWorkload } from '../../src/core/render/thanos-ruler/ruler-workload.ts';
import { describeCases, dropNulls } from './cases.ts';
import { compareWorkload, countTlsAssets, settingsOf } from './workload-adapter.ts';
import type { WorkloadInput, WorkloadOutput } from './workload-adapter.ts';

interface Input extends Pick<WorkloadInput, 'config'> {
  readonly thanosRuler: ThanosRuler;
  readonly inputHash: string;
  readonly ruleConfigMapNames: string[] | null;
}

/** No option of these recordings concerns a ThanosRuler, so none was recorded. */
const options: WorkloadInput['options'] = {
  topologySharding: true,
  retentionPolicies: true,
  endpointSliceSupported: true,
  podTopologyLabels: false,
};

/** The reference ran without the CRD's defaults: what is not set was empty text to it. */
const unset = { evaluationInterval: '', retention: '', portName: '' };

describeCases<Input, WorkloadOutput>('thanosruler-statefulset', (recorded) => {
  const { input } = recorded;
  compareWorkload(recorded, () => {
    const { metadata, spec } = dropNulls(input.thanosRuler);
    const ruler = { metadata, spec: { ...unset, ...spec } };
    const workload = asThanosRulerWorkload(ruler, settingsOf({ ...input, options }));
    const statefulSet = renderRulerSet(workload, {
      tlsAssetSecrets: countTlsAssets(recorded.output),
      ruleConfigMaps: input.ruleConfigMapNames ?? [],
    });
    return withInputHash(statefulSet, input.inputHash);
  });
});
