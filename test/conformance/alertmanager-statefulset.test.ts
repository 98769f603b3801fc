import type { Alertmanager } from '../../src/api/alertmanager.ts';
import { renderStatefulSet } from '../../src/core/render/alertmanager/alertmanager-set.ts';
import { asAlertmanagerWorkload } from '../../src/core/render/alertmanager/alertmanager-workload.ts';
import { withInputHash } from '../../src/core/render/shared/input-hash.ts';
import type { OperatorSettings } from '../../src/core/settings.ts';
import { describeCases, dropNulls } from './cases.ts';
import { compareWorkload, countTlsAssets, settingsOf } from './workload-adapter.ts';
import type { WorkloadInput, WorkloadOutput } from './workload-adapter.ts';

interface Input {
  readonly alertmanager: Alertmanager;
  readonly config: Pick<WorkloadInput['config'], 'Annotations' | 'Labels' | 'LocalHost' | 'ReloaderConfig'> & {
    readonly AlertmanagerDefaultBaseImage: string;
    readonly ClusterDomain: string;
  };
  readonly inputHash: string;
}

/** Recordings of Alertmanager say nothing of what only Prometheus depends on. */
const unasked = {
  config: { PrometheusDefaultBaseImage: '', ThanosDefaultBaseImage: '', WatchObjectRefsInAllNamespaces: false },
  options: {
    topologySharding: false,
    retentionPolicies: false,
    endpointSliceSupported: true,
    podTopologyLabels: false,
  },
};

function readSettings({ config }: Input): OperatorSettings {
  return {
    ...settingsOf({ config: { ...unasked.config, ...config }, options: unasked.options }),
    alertmanagerBaseImage: config.AlertmanagerDefaultBaseImage,
    clusterDomain: config.ClusterDomain,
  };
}

describeCases<Input, WorkloadOutput>('alertmanager-statefulset', (recorded) => {
  const { input } = recorded;
  compareWorkload(recorded, () => {
    const workload = asAlertmanagerWorkload(dropNulls(input.alertmanager), readSettings(input));
    return withInputHash(renderStatefulSet(workload, countTlsAssets(recorded.output)), input.inputHash);
  });
});
