import { complete } from '../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import type { AlertmanagerConfig } from '../../src/api/alertmanager-config.ts';
import type { AlertmanagerGlobalConfig } from '../../src/api/alertmanager-configuration.ts';
import type { Alertmanager } from '../../src/api/alertmanager.ts';
import { Version } from '../../src/base/version.ts';
import { parseYaml } from '../../src/base/yaml.ts';
import type { AssetObject } from '../../src/core/assets/store.ts';
import type { Rejection } from '../../src/core/rejection.ts';
import { describeConfigs } from '../../src/core/render/alertmanager/config/config-context.ts';
import { writeConfig } from '../../src/core/render/alertmanager/config/document.ts';
import { renderConfigFragment } from '../../src/core/render/alertmanager/config/config-fragment.ts';
import { loadBase } from '../../src/core/select/alertmanager-config/base-config.ts';
import { matchAlertmanager, renderAlertmanagerConfig } from '../../src/core/desired/alertmanager-config.ts';
import { createLister } from '../../src/core/manifests/sources.ts';
import { ConfigCache } from '../../src/core/select/alertmanager-config/cache.ts';
import { describeCases, dropNulls } from './cases.ts';
import { storeOf } from './config-adapter.ts';

interface Input {
  readonly alertmanager: Alertmanager;
  readonly version: string;
  readonly rawConfig?: string;
  readonly globalAlertmanagerConfig?: AlertmanagerConfig | null;
  readonly globalConfig?: AlertmanagerGlobalConfig | null;
  readonly alertmanagerConfigs?: Readonly<Record<string, AlertmanagerConfig>> | null;
  readonly objects: AssetObject[] | null;
}

/** The recording says which objects are merged: here they are selected by their label. */
const label = { merge: 'yes' };

function toAlertmanager({ alertmanager, globalAlertmanagerConfig: base, globalConfig }: Input): Alertmanager {
  const { metadata, spec } = alertmanager;
  const name = metadata.name ?? 'main';
  const selectors = { alertmanagerConfigSelector: { matchLabels: label }, alertmanagerConfigNamespaceSelector: {} };
  if (base == null) return { metadata: { ...metadata, name }, spec: { ...spec, configSecret: 'base', ...selectors } };
  const configuration = { name: base.metadata.name ?? '', ...(globalConfig == null ? {} : { global: globalConfig }) };
  // Both are in one namespace, whatever the recording says.
  const namespace = base.metadata.namespace ?? '';
  return { metadata: { name, namespace }, spec: { ...spec, ...selectors, alertmanagerConfiguration: configuration } };
}

interface Rendered {
  /** With what selection lets through. */
  readonly config: string;
  readonly rejected: readonly Rejection[];
  /** With all objects: the recordings begin behind selection. */
  readonly unselected: () => string;
}

function render(recorded: Input): Rendered {
  const input = dropNulls(recorded);
  const alertmanager = toAlertmanager(input);
  const merged = Object.values(input.alertmanagerConfigs ?? {}).map((object) => ({
    ...object,
    metadata: { ...object.metadata, labels: label },
  }));
  const base = input.globalAlertmanagerConfig ?? [];
  const secret = {
    kind: 'Secret',
    metadata: { namespace: alertmanager.metadata.namespace ?? '', name: 'base' },
    data: { 'alertmanager.yaml': Buffer.from(input.rawConfig ?? '').toString('base64') },
  };
  const sources = { AlertmanagerConfig: createLister([...merged, base].flat()), namespaces: createLister([]) };
  const assets = storeOf([...(input.objects ?? []), secret]);
  const cache = new ConfigCache();
  const match = complete(matchAlertmanager({ alertmanager, version: Version.parse(input.version) }, sources, cache));
  const { config, rejected } = complete(renderAlertmanagerConfig(match, assets, cache));
  const unselected = (): string => {
    const { document } = loadBase({ ...match, assets, regexps: cache.regexps });
    const context = describeConfigs(alertmanager, match, document);
    return writeConfig(
      document,
      match.configs.map((object) =>
        complete(renderConfigFragment(object, context, { assets, regexps: cache.regexps })),
      ),
    );
  };
  return { config: config.toString(), rejected: rejected.map(({ rejection }) => rejection), unselected };
}

function compare(ours: string, theirs: string): void {
  assert.deepEqual(parseYaml(ours), parseYaml(theirs));
  assert.equal(JSON.stringify(parseYaml(ours)), JSON.stringify(parseYaml(theirs)), 'the order of keys differs');
}

/** What stops all of the reference's configuration is charged to the object here, unless it is the base. */
function isRefused(input: Input): boolean {
  try {
    return render(input).rejected.length > 0;
  } catch (error) {
    assert.equal((error as Error).name, 'TerminalError', String(error));
    return true;
  }
}

describeCases<Input, string>('alertmanager-config', ({ input, error, output }) => {
  if (error !== null) {
    assert.ok(isRefused(input), `reference: ${error}`);
    return;
  }
  const { config, rejected, unselected } = render(input);
  compare(unselected(), output);
  const wrong = rejected.filter(({ reason }) => reason !== 'UnsupportedVersion');
  assert.deepEqual(wrong, []);
  if (rejected.length === 0) compare(config, output);
});
