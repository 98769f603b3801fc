/** An Alertmanager with its base and AlertmanagerConfigs, merged. */
import { complete } from '../../../../src/base/interruptible.ts';
import type { AlertmanagerConfig, AlertmanagerConfigSpec } from '../../../../src/api/alertmanager-config.ts';
import type { AlertmanagerSpec } from '../../../../src/api/alertmanager.ts';
import { Version } from '../../../../src/base/version.ts';
import { parseYaml } from '../../../../src/base/yaml.ts';
import { AssetStore } from '../../../../src/core/assets/store.ts';
import { matchAlertmanager, renderAlertmanagerConfig } from '../../../../src/core/desired/alertmanager-config.ts';
import type { RenderedAlertmanagerConfig } from '../../../../src/core/desired/alertmanager-config.ts';
import { ConfigCache } from '../../../../src/core/select/alertmanager-config/cache.ts';
import { makeLister } from '../select/fixtures.ts';

export const all = { alertmanagerConfigSelector: {}, alertmanagerConfigNamespaceSelector: {} };

/** Secrets by "namespace/name" as text. */
export type Secrets = Readonly<Record<string, Readonly<Record<string, string>>>>;

export function makeAssets(secrets: Secrets): AssetStore {
  const objects = Object.entries(secrets).map(([key, texts]) => {
    const [namespace = '', name = ''] = key.split('/');
    const data = Object.entries(texts).map(([at, text]) => [at, Buffer.from(text).toString('base64')] as const);
    return { metadata: { namespace, name }, data: Object.fromEntries(data) };
  });
  return new AssetStore({ secrets: objects, configMaps: [] });
}

export const makeConfig = (key: string, spec: AlertmanagerConfigSpec): AlertmanagerConfig => {
  const [namespace = '', name = ''] = key.split('/');
  return { metadata: { namespace, name, uid: key, resourceVersion: '1' }, spec };
};

/** An object that sends all of its alerts to a webhook, whose URL is in the Secret "hook". */
export const makeHook = (key: string): AlertmanagerConfig =>
  makeConfig(key, {
    route: { receiver: 'hook' },
    receivers: [{ name: 'hook', webhookConfigs: [{ urlSecret: { name: 'hook', key: 'url' } }] }],
  });

export interface World {
  readonly spec?: AlertmanagerSpec;
  readonly configs?: readonly AlertmanagerConfig[];
  readonly secrets?: Secrets;
  readonly version?: string;
  /** The gate AlertmanagerOriginLabels. */
  readonly hasOriginLabels?: boolean;
  readonly cache?: ConfigCache;
}

export function render({
  spec = all,
  configs = [],
  secrets = {},
  version = '0.33.1',
  hasOriginLabels = false,
  cache,
}: World): RenderedAlertmanagerConfig {
  const alertmanager = { metadata: { namespace: 'monitoring', name: 'main' }, spec };
  const sources = { AlertmanagerConfig: makeLister(configs), namespaces: makeLister([]) };
  const known = cache ?? new ConfigCache();
  const target = { version: Version.parse(version), hasOriginLabels };
  const match = complete(matchAlertmanager({ alertmanager, ...target }, sources, known));
  return complete(renderAlertmanagerConfig(match, makeAssets(secrets), known));
}

export const read = (rendered: RenderedAlertmanagerConfig): Record<string, unknown> =>
  parseYaml(rendered.config.toString()) as Record<string, unknown>;

export const withBase = (text: string): Secrets => ({ 'monitoring/alertmanager-main': { 'alertmanager.yaml': text } });
