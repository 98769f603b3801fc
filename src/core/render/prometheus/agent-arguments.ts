import { argument } from '../shared/arguments.ts';
import type { MaybeArgument } from '../shared/arguments.ts';
import { argumentOfSwitch } from './common-arguments.ts';
import { storageFolder, webConfigFile } from './prometheus-paths.ts';
import { hasWebConfigFile } from './prometheus-workload.ts';
import type { PrometheusWorkload } from './prometheus-workload.ts';

/** Arguments of agents only (docs/reference/rendering.md 4.6, "Agent part"). */
export function listAgentArguments(workload: PrometheusWorkload): MaybeArgument[] {
  const { spec, version } = workload;
  return [
    version.major === 2 ? argument('enable-feature', 'agent') : argument('agent'),
    argument('storage.agent.path', storageFolder),
    argumentOfSwitch('storage.agent.wal-compression', spec.walCompression),
    hasWebConfigFile(workload) && argument('web.config.file', webConfigFile),
  ];
}
