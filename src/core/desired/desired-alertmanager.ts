import { alertmanagerType } from '../../api/alertmanager.ts';
import { TerminalError } from '../../base/errors.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import type { FieldReference } from '../assets/references.ts';
import type { AssetStore } from '../assets/store.ts';
import { groupTlsAssets } from '../assets/tls-assets.ts';
import { largestSecretBytes } from '../limits.ts';
import { renderClusterTlsSecret } from '../render/alertmanager/cluster-tls.ts';
import { listLeftOut } from '../render/alertmanager/left-out.ts';
import { webConfigFolder } from '../render/alertmanager/alertmanager-paths.ts';
import { renderConfigSecret } from '../render/alertmanager/alertmanager-secret.ts';
import { meshPort } from '../render/alertmanager/alertmanager-container.ts';
import { selectPods } from '../render/alertmanager/alertmanager-labels.ts';
import { renderStatefulSet } from '../render/alertmanager/alertmanager-set.ts';
import type { AlertmanagerWorkload } from '../render/alertmanager/alertmanager-workload.ts';
import type { Secret, StatefulSet } from '../render/shared/rendered-objects.ts';
import { renderTlsAssetSecrets, renderWebConfigSecret } from '../render/shared/owned-secrets.ts';
import type { ConfigCache } from '../select/alertmanager-config/cache.ts';
import { matchAlertmanager, renderAlertmanagerConfig } from './alertmanager-config.ts';
import type { AlertmanagerMatch, AlertmanagerSources, RenderedAlertmanagerConfig } from './alertmanager-config.ts';
import { listGuardSteps } from './guard-steps.ts';
import { attempt, attemptInterruptible, listTlsAssetSteps, writeSecret } from './steps.ts';
import type { Desired, Step } from './steps.ts';

/** What an Alertmanager matches, before anything is checked, and the keys of Secrets and ConfigMaps that must be read first. */
export interface AlertmanagerWorkloadMatch {
  readonly workload: AlertmanagerWorkload;
  /** Undefined when the failures say why there can be no configuration. */
  readonly config: AlertmanagerMatch | undefined;
  readonly failures: readonly TerminalError[];
  readonly references: readonly FieldReference[];
}

/**
 * The first half of a sync: which objects, and which assets they need. A selector that cannot be used, or a base that is not
 * there, is among the failures.
 */
export function* matchAlertmanagerWorkload(
  workload: AlertmanagerWorkload,
  sources: AlertmanagerSources,
  cache: ConfigCache,
): Interruptible<AlertmanagerWorkloadMatch> {
  const { owner, spec, version, settings } = workload;
  const hasOriginLabels = settings.gates.AlertmanagerOriginLabels;
  const failures: TerminalError[] = [];
  const alertmanager = { metadata: owner.metadata, spec };
  const config = yield* attemptInterruptible(failures, () =>
    matchAlertmanager({ alertmanager, version, hasOriginLabels }, sources, cache),
  );
  return { workload, config, failures, references: config?.references ?? [] };
}

/** Everything that an Alertmanager should have, and how it came about. */
export interface DesiredAlertmanager extends Desired<AlertmanagerWorkload> {
  /** Undefined when it cannot be rendered. */
  readonly config: RenderedAlertmanagerConfig | undefined;
}

export function isDesiredAlertmanager(desired: Desired): desired is DesiredAlertmanager {
  return desired.workload.owner.kind === alertmanagerType.kind;
}

/**
 * The second half: what must be in the cluster. What cannot be rendered is among the failures; everything that does not
 * depend on it is made all the same. Without a configuration there are no verdicts: objects are judged together with the
 * base that they are merged into.
 */
export function* renderAlertmanager(
  match: AlertmanagerWorkloadMatch,
  assets: AssetStore,
  cache: ConfigCache,
): Interruptible<DesiredAlertmanager> {
  const { workload } = match;
  const failures = [...match.failures];
  const matched = match.config;
  const config =
    matched && (yield* attemptInterruptible(failures, () => renderAlertmanagerConfig(matched, assets, cache)));
  return {
    workload,
    steps: listSteps(workload, { config, assets, failures }),
    verdicts:
      config === undefined ? {} : { AlertmanagerConfig: { accepted: config.selected, rejected: config.rejected } },
    warnings: [...listLeftOut(workload).map((message) => ({ object: '', message })), ...(config?.warnings ?? [])],
    failures,
    unmanaged: false,
    config,
    printConfig: () => config && Buffer.from(config.config).toString('utf8'),
  };
}

interface StepInput {
  readonly config: RenderedAlertmanagerConfig | undefined;
  readonly assets: AssetStore;
  readonly failures: TerminalError[];
}

/**
 * The StatefulSet comes last, and only when all that it mounts is as it should be: a container that is told to use TLS
 * would not start with the settings of before.
 */
function listSteps(workload: AlertmanagerWorkload, { config, assets, failures }: StepInput): Step[] {
  const secret = config && attempt(failures, () => renderConfig(workload, config));
  const tlsAssets = config && renderTlsAssetSecrets(workload, groupTlsAssets(config.tlsAssets, assets));
  const web = attempt(failures, () => renderWebConfigSecret(workload, webConfigFolder));
  const clusterTls = attempt(failures, () => renderClusterTlsSecret(workload));
  const set = tlsAssets && attempt(failures, () => renderStatefulSet(workload, tlsAssets.length));
  const complete = secret !== undefined && web !== undefined && clusterTls !== undefined;
  return [
    ...(secret === undefined || config === undefined
      ? []
      : [writeSecret(secret, { bytes: countBytes(config), beyond: full })]),
    ...(tlsAssets === undefined ? [] : listTlsAssetSteps(workload, tlsAssets)),
    ...writeIfRendered(web),
    ...writeIfRendered(clusterTls),
    { kind: 'governing-service' },
    ...(set === undefined || !complete ? [] : listSetSteps(workload, set)),
  ];
}

/** Peers that are no pods of this object may be anywhere. */
function listSetSteps(workload: AlertmanagerWorkload, set: StatefulSet): Step[] {
  const { additionalPeers = [], forceEnableClusterMode } = workload.spec;
  const areOpen = additionalPeers.length > 0 || forceEnableClusterMode === true;
  const guarded = { sets: [set], selector: selectPods(workload), peers: { ports: [meshPort], areOpen } };
  return [{ kind: 'stateful-set', object: set }, ...listGuardSteps(workload, guarded)];
}

function countBytes({ gzip, extraKeys }: RenderedAlertmanagerConfig): number {
  return [gzip, ...Object.values(extraKeys)].reduce((sum, { length }) => sum + length, 0);
}

const full =
  'no change is written any more: let fewer AlertmanagerConfigs be selected, or mount keys beside the configuration by spec.secrets';

/** @throws {TerminalError} when there is too much of it, which only the user's own Secret can bring about. */
function renderConfig(workload: AlertmanagerWorkload, config: RenderedAlertmanagerConfig): Secret {
  const bytes = countBytes(config);
  if (bytes <= largestSecretBytes) return renderConfigSecret(workload, config);
  throw new TerminalError(
    `Cannot write the configuration: with the other keys of its Secret it has ${bytes} bytes, and a Secret holds at most ` +
      `${largestSecretBytes}; the last one stays. Mount keys that are not needed beside it by spec.secrets`,
  );
}

function writeIfRendered(secret: Secret | undefined): Step[] {
  return secret === undefined ? [] : [writeSecret(secret)];
}
