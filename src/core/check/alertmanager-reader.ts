import type { AlertmanagerConfig } from '../../api/alertmanager-config.ts';
import type { Alertmanager } from '../../api/alertmanager.ts';
import { complete } from '../../base/interruptible.ts';
import { firstFinding, listFindings } from '../findings.ts';
import { keyOf } from '../../api/meta.ts';
import { Version } from '../../base/version.ts';
import type { AssetStore } from '../assets/store.ts';
import { matchAlertmanagerWorkload, renderAlertmanager } from '../desired/desired-alertmanager.ts';
import type { AlertmanagerSources } from '../desired/alertmanager-config.ts';
import { asAlertmanagerWorkload } from '../render/alertmanager/alertmanager-workload.ts';
import { defaultAlertmanagerVersion } from '../render/shared/versions.ts';
import { checkForVersion } from '../select/alertmanager-config/for-version.ts';
import { checkAlertmanagerConfig } from '../select/alertmanager-config/check-alertmanager-config.ts';
import type { ConfigScope } from '../select/alertmanager-config/check-alertmanager-config.ts';
import { ConfigCache } from '../select/alertmanager-config/cache.ts';
import type { OperatorSettings } from '../settings.ts';
import type { Finding } from './finding.ts';
import { toFinding } from './finding.ts';
import { identify } from './identity.ts';
import type { ConfigReader, Reader, Trial } from './reader.ts';
import { explainFailure } from './failure.ts';
import { warnOfRoom } from './room.ts';

/** What an object that no Alertmanager selects is checked against. */
export const anyAlertmanager: ConfigReader = { version: Version.parse(defaultAlertmanagerVersion), refused: undefined };

const kind = 'AlertmanagerConfig';

/**
 * An Alertmanager as a reader of AlertmanagerConfigs, and what keeps it from a configuration.
 * @throws {TerminalError} when its version or a selector cannot be used.
 */
export function readAlertmanager(
  alertmanager: Alertmanager,
  sources: AlertmanagerSources,
  { assets, settings }: { readonly assets: AssetStore; readonly settings: OperatorSettings },
): { readonly reader: Reader; readonly trial: Trial } {
  const workload = asAlertmanagerWorkload(alertmanager, settings);
  const cache = new ConfigCache();
  const match = complete(matchAlertmanagerWorkload(workload, sources, cache));
  const desired = complete(renderAlertmanager(match, assets, cache));
  const { warnings, failures, verdicts } = desired;
  const source = match.config?.source;
  const isBaseKnown = source?.kind === 'object' || (source !== undefined && assets.keysOf(source.secret).length > 0);
  const { rejected = [] } = verdicts[kind] ?? {};
  const refused = new Map(rejected.map(({ object, rejection }) => [identify(kind, object), toFinding(rejection)]));
  const base = source?.kind === 'object' ? [source.object] : [];
  const reader: Reader = {
    name: `Alertmanager ${keyOf(alertmanager)}`,
    context: undefined,
    rules: undefined,
    configs: { version: workload.version, refused: isBaseKnown ? refused : undefined },
    selected: new Set([...(match.config?.configs ?? []), ...base].map((object) => identify(kind, object))),
    warnings: new Map(),
  };
  return { reader, trial: { findings: [...failures.map(explainFailure), ...warnOfRoom(desired)], warnings } };
}

/** What an Alertmanager says of an AlertmanagerConfig of the stored version. */
export function checkForAlertmanager(
  object: AlertmanagerConfig,
  { version, refused }: ConfigReader,
  { assets, regexps }: Pick<ConfigScope, 'assets' | 'regexps'>,
): Finding[] {
  const scope = { assets, regexps, version, namespace: object.metadata.namespace ?? '' };
  const all = listFindings(checkAlertmanagerConfig(object, scope)).map(toFinding);
  // Later checks of a version rely on what earlier ones let through.
  const first = all.length === 0 ? firstFinding(checkForVersion(object, scope)) : undefined;
  if (first !== undefined) return [toFinding(first)];
  if (refused === undefined) return all.map(doubt);
  const found = all.filter(({ reason }) => !dependsOnBase(reason));
  const verdict = refused.get(identify(kind, object));
  const isNew = verdict !== undefined && !found.some(({ path }) => path === verdict.path);
  return isNew ? [...found, verdict] : found;
}

/** Routes may name intervals of the Alertmanager's own configuration. */
const dependsOnBase = (reason: string): boolean => reason === 'UnknownTimeInterval';

function doubt(finding: Finding): Finding {
  if (!dependsOnBase(finding.reason)) return finding;
  const message = `${finding.message}, unless the Alertmanager's own configuration has it`;
  return { ...finding, severity: 'warning', message };
}
