import type { KubeletOptions } from '../../controllers/kubelet/kubelet-controller.ts';
import type { FlagReader } from './reader.ts';
import { OptionError, readChoice } from './values.ts';

const serviceFlag = 'kubelet-service';
const priorityFlag = 'kubelet-node-address-priority';
const periodFlag = 'kubelet-sync-period';

/** Undefined without `--kubelet-service`. @throws {OptionError} for a value that cannot be read, also when it is not used. */
export function readKubelet(reader: FlagReader): KubeletOptions | undefined {
  const text = reader.text(serviceFlag);
  const priority = readChoice(priorityFlag, reader.text(priorityFlag), ['internal', 'external'] as const);
  const syncPeriodMs = reader.duration(periodFlag);
  if (syncPeriodMs <= 0) throw new OptionError(`Cannot use --${periodFlag}: it must be above 0, such as 3m`, 1);
  if (text === '') return undefined;
  const [, namespace, name] = /^([^/]+)\/([^/]+)$/.exec(text) ?? [];
  if (namespace === undefined || name === undefined)
    throw new OptionError(
      `Cannot read --${serviceFlag}: "${text}" is not NAMESPACE/NAME, such as kube-system/kubelet`,
      1,
    );
  return {
    service: { namespace, name },
    selector: reader.text('kubelet-selector'),
    priority,
    endpoints: reader.bool('kubelet-endpoints'),
    endpointSlices: reader.bool('kubelet-endpointslice'),
    httpMetrics: reader.bool('kubelet-http-metrics'),
    syncPeriodMs,
  };
}
