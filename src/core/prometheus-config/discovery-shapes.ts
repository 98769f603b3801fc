import { compareBytes } from '../../base/order.ts';
import type { SdConfig } from '../targets/sd-config.ts';
import { foreignMechanisms } from './foreign-shapes.ts';
import { kubernetesSdConfig } from './kubernetes-sd-config.ts';
import { text } from './scalars.ts';
import { fileSdConfig, httpSdConfig, staticGroup } from './sd-configs.ts';
import { Fields, keysOf, listOf, refuseIf } from './shape.ts';
import type { KeyReader, ValuesOf } from './shape.ts';
import { asMapping } from './values.ts';

/** What stands in the keys of a job, or of an alertmanager, that say how targets are found. */

const section = <N extends string, T>(name: N, read: KeyReader<T>): [N, KeyReader<T[]>][] =>
  keysOf(listOf(read, `empty or null section in ${name}`), name);

const mechanism = (name: string, read: KeyReader<SdConfig>): [`${string}_sd_configs`, KeyReader<SdConfig[]>][] =>
  section(`${name}_sd_configs`, read);

export const discoveryKeys = [
  ...mechanism('kubernetes', kubernetesSdConfig),
  ...mechanism('file', fileSdConfig),
  ...mechanism('http', httpSdConfig),
  ...section('static_configs', staticGroup),
  ...foreignMechanisms.flatMap(([name, read]) => mechanism(name, read)),
];

const isMechanism = (key: string): key is `${string}_sd_configs` => key.endsWith('_sd_configs');

/**
 * The discovery of a job: mechanisms in the order of their keys, and all static groups together at the end
 * (docs/reference/discovery.md 1.1).
 */
export function listDiscovery(values: ValuesOf<(typeof discoveryKeys)[number]>): SdConfig[] {
  const used = Object.keys(values).filter(isMechanism);
  const configs = used.sort(compareBytes).flatMap((key) => values[key] ?? []);
  const groups = values.static_configs ?? [];
  return groups.length === 0 ? configs : [...configs, { mechanism: 'static', groups }];
}

/** A target must not be a URL, unless rules may still change it. */
export function checkStaticTargets(fields: Fields): void {
  if (fields.list('relabel_configs').length > 0) return;
  for (const group of fields.list('static_configs')) {
    for (const target of new Fields(asMapping(group, 'targetgroup')).list('targets')) {
      const address = text(target);
      refuseIf(address.includes('/'), `"${address}" is not a valid hostname`);
    }
  }
}
