import { Version } from '../../../../src/base/version.ts';
import type { YamlValue } from '../../../../src/base/yaml-writer.ts';
import { loadAlertmanagerConfig } from '../../../../src/core/alertmanager-config/load.ts';

/** "ok", or the path and the message of the fault. */
export function judge(source: string | YamlValue, version?: string): string {
  const loaded = loadAlertmanagerConfig(source, version === undefined ? {} : { version: Version.parse(version) });
  return loaded.ok ? 'ok' : `${loaded.fault.path.join('.').replaceAll('.[', '[')}: ${loaded.fault.message}`;
}

/** A configuration with one receiver, which has that notifier. */
export const withNotifier = (kind: string, fields: string, global = '{}'): string =>
  `{ global: ${global}, route: { receiver: a }, receivers: [{ name: a, ${kind}_configs: [${fields}] }] }`;

/** A configuration with that child of the root route. */
export const withRoute = (fields: string, more = ''): string =>
  `{ route: { receiver: a, routes: [${fields}] }, receivers: [{ name: a }]${more} }`;
