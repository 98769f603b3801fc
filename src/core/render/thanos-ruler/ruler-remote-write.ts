import type { RemoteWriteSpec } from '../../../api/parts/remote-write.ts';
import { thanosRulerSpec } from '../../../api/thanos-ruler.ts';
import { Version } from '../../../base/version.ts';
import { writeYamlFields } from '../../../base/yaml-writer.ts';
import type { YamlFields } from '../../../base/yaml-writer.ts';
import type { KeyReference } from '../../assets/references.ts';
import type { AssetStore } from '../../assets/store.ts';
import { checkShape } from '../../field-checks/check-shape.ts';
import { InvalidFieldError, requireNone } from '../../findings.ts';
import type { Findings } from '../../findings.ts';
import { createLoadContext } from '../../prometheus-config/load-context.ts';
import { readSections } from '../../prometheus-config/sections.ts';
import { ConfigError } from '../../prometheus-config/values.ts';
import type { RegexpCache } from '../../relabel/regexp-cache.ts';
import type { Warning } from '../prometheus/config/fragment.ts';
import { Gates } from '../prometheus/config/gates.ts';
import { checkRemoteWrite, renderRemoteWrite } from '../prometheus/config/remote-write.ts';
import { Traces } from '../prometheus/config/render-scope.ts';
import { unlessBlank } from '../shared/rendered-objects.ts';
import type { Secret } from '../shared/rendered-objects.ts';
import { renderSecret } from '../shared/secret.ts';
import { defaultPrometheusVersion } from '../shared/versions.ts';
import { remoteWriteKey, tlsAssetFolder } from './ruler-paths.ts';
import { thanosRemoteWriteFields } from './remote-write-fields.ts';
import type { ThanosRulerWorkload } from './ruler-workload.ts';

/** The remote-write configuration, and what goes with it. */
export interface RenderedRemoteWrite {
  readonly yaml: string;
  /** What was left out, and why. */
  readonly warnings: readonly Warning[];
  /** Keys whose contents the tls-assets Secrets must hold. */
  readonly tlsAssets: readonly KeyReference[];
}

/** Thanos has the words of Prometheus by its code, of whatever version: the newest has them all, and Thanos' own gates take from them. */
const wordsOf = Version.parse(defaultPrometheusVersion);

function* checkVersion({ spec, version }: ThanosRulerWorkload): Findings {
  if ((spec.remoteWrite ?? []).length === 0 || version.isAtLeast('0.24.0')) return;
  const message = `Cannot use it with Thanos ${version.toString()}: it needs 0.24.0`;
  yield { reason: 'UnsupportedVersion', field: 'spec.remoteWrite', message };
}

function* checkManagedIdentity({ azureAd }: RemoteWriteSpec, field: string, version: Version): Findings {
  const identity = azureAd?.managedIdentity;
  if (identity === undefined || unlessBlank(identity.clientId) !== undefined || version.isAtLeast('0.40.0')) return;
  const message = `Cannot leave out the client ID with Thanos ${version.toString()}: 0.40.0 is the first that may`;
  yield { reason: 'InvalidAzureAD', field: `${field}.azureAd.managedIdentity.clientId`, message };
}

/** What a configuration is looked at with. */
interface CheckInput {
  readonly assets: AssetStore;
  readonly regexps: RegexpCache;
}

/** Everything that makes the configuration impossible (docs/reference/rendering.md 1.13, 6.5). */
function* checkConfig(workload: ThanosRulerWorkload, input: CheckInput): Findings {
  const { spec, version, owner } = workload;
  yield* checkShape(thanosRulerSpec, spec);
  yield* checkVersion(workload);
  const scope = { ...input, namespace: owner.metadata.namespace ?? '', version: wordsOf };
  for (const [at, one] of (spec.remoteWrite ?? []).entries()) {
    const field = `spec.remoteWrite[${at}]`;
    yield* checkRemoteWrite(one, field, scope);
    yield* checkManagedIdentity(one, field, version);
  }
}

/**
 * Thanos ends when it cannot load this file: what it would refuse is not published. Queues are not looked at: 0.42 takes what
 * Prometheus has come to refuse, such as more shards at least than at most.
 */
function requireLoadable(items: readonly YamlFields[], regexps: RegexpCache): void {
  const looked = items.map(({ queue_config: _queue, ...rest }) => rest);
  try {
    readSections({ remote_write: looked }, createLoadContext(wordsOf, 'utf8', regexps));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [, index = ''] = error.path;
    const field = `spec.remoteWrite${index}`;
    throw new InvalidFieldError({
      reason: 'InvalidConfiguration',
      field,
      message: `Thanos refuses it: ${error.message}`,
    });
  }
}

/**
 * The remote-write configuration, in the words of Prometheus with the gates of Thanos (docs/reference/rendering.md 6.5). Files of
 * the tls-assets Secrets are named where the pods of a ThanosRuler have them; the reference names those of a Prometheus.
 * @throws {InvalidFieldError} for fields that make it impossible, or that Thanos would refuse.
 */
export function renderRemoteWriteConfig(workload: ThanosRulerWorkload, input: CheckInput): RenderedRemoteWrite {
  const { spec, version, owner } = workload;
  requireNone(checkConfig(workload, input));
  const traces = new Traces('');
  const gates = new Gates(version, thanosRemoteWriteFields);
  const namespace = owner.metadata.namespace ?? '';
  const scope = { gates, assets: input.assets, namespace, traces, tlsAssetFolder };
  const items = (spec.remoteWrite ?? []).map((one) => renderRemoteWrite(one, scope));
  requireLoadable(items, input.regexps);
  return { yaml: writeYamlFields({ remote_write: items }), ...traces.collected };
}

/** The Secret that the pods mount; made also when nothing is written remotely. */
export function renderRulerConfigSecret({ names, owner, settings }: ThanosRulerWorkload, yaml: string): Secret {
  return renderSecret({ name: names.configSecret, data: { [remoteWriteKey]: yaml } }, owner, settings);
}
