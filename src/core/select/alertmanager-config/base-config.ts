import type { AlertmanagerConfig } from '../../../api/alertmanager-config.ts';
import { alertmanagerSpec } from '../../../api/alertmanager.ts';
import type { Alertmanager } from '../../../api/alertmanager.ts';
import { hashJson } from '../../../base/hash.ts';
import type { Version } from '../../../base/version.ts';
import { collectConfigReferences, collectGlobalReferences } from '../../assets/alertmanager-plans.ts';
import type { FieldReference, KeyReference } from '../../assets/references.ts';
import type { AssetStore } from '../../assets/store.ts';
import type { RegexpCache } from '../../relabel/regexp-cache.ts';
import { convertBase, defaultConfig, readBase } from '../../render/alertmanager/config/base.ts';
import type { BaseConfig } from '../../render/alertmanager/config/base.ts';
import { explainFault } from '../../render/alertmanager/config/fault-fields.ts';
import { hideValues, requireLoadable } from '../../render/alertmanager/config/loadable-config.ts';
import { ConfigFault } from '../../render/alertmanager/config/sanitize.ts';
import { unlessBlank } from '../../render/shared/rendered-objects.ts';
import { checkReadable } from '../../field-checks/check-shape.ts';
import { InvalidFieldError, firstFinding, requireNone } from '../../findings.ts';
import { checkForVersion } from './for-version.ts';
import { checkGlobalConfig } from './check-global.ts';

/** Key of the Secret that users write. */
export const userConfigKey = 'alertmanager.yaml';

/**
 * Where the configuration of an Alertmanager starts (docs/reference/rendering.md 5.6): `raw` is published as it is, `secret`
 * is merged with objects, `object` is the AlertmanagerConfig that `spec.alertmanagerConfiguration` names.
 */
export type BaseSource =
  | { readonly kind: 'raw' | 'secret'; readonly secret: FieldReference }
  | { readonly kind: 'object'; readonly object: AlertmanagerConfig };

type FindConfig = (namespace: string, name: string) => AlertmanagerConfig | undefined;

/** @throws {InvalidFieldError} when the spec cannot be read, or the AlertmanagerConfig that is named is not there. */
export function findBase({ metadata, spec }: Alertmanager, find: FindConfig): BaseSource {
  requireNone(checkReadable(alertmanagerSpec, spec));
  const { namespace = '', name = '' } = metadata;
  if (spec.alertmanagerConfiguration !== undefined)
    return { kind: 'object', object: requireObject(namespace, spec.alertmanagerConfiguration.name, find) };
  const field = 'spec.configSecret';
  const secretName = unlessBlank(spec.configSecret) ?? `alertmanager-${name}`;
  const secret = { kind: 'Secret', namespace, name: secretName, key: userConfigKey, field } as const;
  return { kind: spec.alertmanagerConfigSelector === undefined ? 'raw' : 'secret', secret };
}

/** The AlertmanagerConfig that is named: without one there is nothing to begin with. */
function requireObject(namespace: string, given: string | undefined, find: FindConfig): AlertmanagerConfig {
  const name = unlessBlank(given);
  const object = name === undefined ? undefined : find(namespace, name);
  if (object !== undefined) return object;
  throw new InvalidFieldError({
    reason: 'AlertmanagerConfigNotFound',
    field: 'spec.alertmanagerConfiguration.name',
    message:
      name === undefined
        ? 'Cannot begin without an AlertmanagerConfig: set "name"'
        : `Cannot find AlertmanagerConfig "${namespace}/${name}"`,
  });
}

/** The keys that must be read for it. */
export function collectBaseReferences(alertmanager: Alertmanager, source: BaseSource): FieldReference[] {
  if (source.kind !== 'object') return [source.secret];
  return [...collectGlobalReferences(alertmanager), ...collectConfigReferences(source.object)];
}

export interface BaseInput {
  readonly alertmanager: Alertmanager;
  readonly source: BaseSource;
  readonly version: Version;
  readonly hasOriginLabels?: boolean;
  readonly assets: AssetStore;
  readonly regexps: RegexpCache;
}

/** The bytes that stand in the user's Secret; undefined when it, or its key, is not there or has nothing in it. */
function readUserConfig(secret: KeyReference, assets: AssetStore): Buffer | undefined {
  const bytes = assets.readBytes(secret);
  return bytes === undefined || bytes.length === 0 ? undefined : bytes;
}

/** The state of the world that a base depends on. */
export function describeBase({ alertmanager, source, version, hasOriginLabels = false, assets }: BaseInput): string {
  const references = collectBaseReferences(alertmanager, source);
  const spec =
    source.kind === 'object' ? [source.object.spec, alertmanager.spec.alertmanagerConfiguration, hasOriginLabels] : [];
  return [version.toString(), hashJson(spec), ...references.map((reference) => assets.versionOf(reference))].join(' ');
}

/** @throws {InvalidFieldError} when the base cannot be used: nothing can be merged into it. */
export function loadBase(input: BaseInput): BaseConfig {
  return input.source.kind === 'object'
    ? loadObject(input, input.source.object)
    : loadSecret(input, input.source.secret);
}

function loadSecret({ version, assets, regexps }: BaseInput, secret: FieldReference): BaseConfig {
  try {
    return readBase(readUserConfig(secret, assets)?.toString('utf8') ?? defaultConfig, version, regexps);
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error;
    throw refuseSecret(secret, error);
  }
}

/** The user's configuration cannot be used. The message names the place, not what stands there. */
function refuseSecret(
  { namespace, name, key, field }: FieldReference,
  { path, message }: ConfigFault,
): InvalidFieldError {
  const place = path === '' ? '' : ` at "${path}"`;
  const text = `Cannot use key "${key}" of Secret "${namespace}/${name}"${place}: ${hideValues(message)}`;
  return new InvalidFieldError({ reason: 'InvalidConfiguration', field, message: text });
}

/**
 * What nothing is merged into is published as it is, once Alertmanager takes it: the one that `spec.version` names, or any
 * that is known, since the image says which one it is when the version does not.
 * @throws {InvalidFieldError}
 */
export function loadRaw(
  { alertmanager, version, assets, regexps }: Omit<BaseInput, 'source'>,
  secret: FieldReference,
): Uint8Array | string {
  const bytes = readUserConfig(secret, assets);
  if (bytes === undefined) return defaultConfig;
  const isNamed = unlessBlank(alertmanager.spec.version) !== undefined;
  try {
    requireLoadable(bytes.toString('utf8'), isNamed ? version : undefined, regexps);
    return bytes;
  } catch (error) {
    if (error instanceof ConfigFault) throw refuseSecret(secret, error);
    throw error;
  }
}

function loadObject(input: BaseInput, object: AlertmanagerConfig): BaseConfig {
  const { alertmanager, version, assets, regexps } = input;
  const configuration = alertmanager.spec.alertmanagerConfiguration ?? {};
  const namespace = object.metadata.namespace ?? '';
  const scope = { assets, regexps, version, namespace };
  const found = firstFinding(checkForVersion(object, scope));
  if (found !== undefined) throw refuseObject(object, found.field, found.message);
  const { global } = configuration;
  if (global !== undefined) requireNone(checkGlobalConfig(global, collectGlobalReferences(alertmanager), scope));
  try {
    return convertBase({ object, configuration, target: input, assets, regexps });
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error;
    const { field, message } = explainFault(error, object);
    throw refuseObject(object, field, message);
  }
}

function refuseObject({ metadata }: AlertmanagerConfig, field: string, text: string): InvalidFieldError {
  const message = `Cannot use AlertmanagerConfig "${metadata.namespace ?? ''}/${metadata.name ?? ''}" (${field}): ${text}`;
  return new InvalidFieldError({
    reason: 'InvalidConfiguration',
    field: 'spec.alertmanagerConfiguration.name',
    message,
  });
}
