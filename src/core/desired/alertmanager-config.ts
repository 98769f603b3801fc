import type { AlertmanagerConfig } from '../../api/alertmanager-config.ts';
import type { Alertmanager } from '../../api/alertmanager.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import type { Version } from '../../base/version.ts';
import type { FieldReference, KeyReference } from '../assets/references.ts';
import type { AssetStore } from '../assets/store.ts';
import type { Lister } from '../listers.ts';
import type { BaseConfig } from '../render/alertmanager/config/base.ts';
import { compressParts } from '../render/prometheus/config/chunks.ts';
import { describeConfigs } from '../render/alertmanager/config/config-context.ts';
import type { ConfigDocument, ConfigPart } from '../render/alertmanager/config/document.ts';
import type { ConfigTarget } from '../render/alertmanager/config/config-context.ts';
import type { ConfigWarning } from '../render/alertmanager/config/config-fragment.ts';
import {
  collectBaseReferences,
  describeBase,
  findBase,
  loadBase,
  loadRaw,
  userConfigKey,
} from '../select/alertmanager-config/base-config.ts';
import type { BaseSource } from '../select/alertmanager-config/base-config.ts';
import type { ConfigCache } from '../select/alertmanager-config/cache.ts';
import { writeWithin } from '../select/alertmanager-config/fit.ts';
import type { AcceptedConfig, RejectedConfig } from '../select/alertmanager-config/fit.ts';
import { listMountedTemplates, readTemplates, requireTemplates } from '../select/alertmanager-config/template-files.ts';
import { matchObjects } from '../select/match.ts';

/** What the configuration of an Alertmanager is made from, but assets. */
export interface AlertmanagerSources {
  readonly AlertmanagerConfig: Lister<AlertmanagerConfig>;
  /** Namespaces that the operator watches, with their labels. */
  readonly namespaces: Lister<KubernetesObject>;
}

/** What an Alertmanager matches, before anything is checked, and the keys of Secrets and ConfigMaps that must be read first. */
export interface AlertmanagerMatch {
  readonly alertmanager: Alertmanager;
  readonly version: Version;
  readonly hasOriginLabels: boolean;
  readonly source: BaseSource;
  /** By "namespace/name", without the object that is the base. */
  readonly configs: readonly AlertmanagerConfig[];
  readonly references: readonly FieldReference[];
}

/** Which AlertmanagerConfigs an Alertmanager's selectors choose. @throws {InvalidFieldError} when one of them is not valid. */
export function matchAlertmanagerConfigs(
  { metadata, spec }: Alertmanager,
  sources: AlertmanagerSources,
): readonly AlertmanagerConfig[] {
  return matchObjects({
    objects: sources.AlertmanagerConfig,
    namespaces: sources.namespaces,
    ownNamespace: metadata.namespace ?? '',
    selector: spec.alertmanagerConfigSelector,
    namespaceSelector: spec.alertmanagerConfigNamespaceSelector,
    fields: { selector: 'alertmanagerConfigSelector', namespaceSelector: 'alertmanagerConfigNamespaceSelector' },
  });
}

/**
 * The first half of the configuration's part of a sync: which objects, and which assets they need.
 * @throws {InvalidFieldError} when a selector cannot be used, or the base object is not there.
 */
export function* matchAlertmanager(
  { alertmanager, version, hasOriginLabels = false }: ConfigTarget & { readonly alertmanager: Alertmanager },
  sources: AlertmanagerSources,
  cache: ConfigCache,
): Interruptible<AlertmanagerMatch> {
  const source = findBase(alertmanager, (namespace, name) => sources.AlertmanagerConfig.get(namespace, name));
  const base = source.kind === 'object' ? source.object : undefined;
  const isBase = ({ metadata }: AlertmanagerConfig): boolean =>
    metadata.namespace === base?.metadata.namespace && metadata.name === base?.metadata.name;
  const configs = matchAlertmanagerConfigs(alertmanager, sources).filter((object) => !isBase(object));
  const references = [...collectBaseReferences(alertmanager, source), ...listMountedTemplates(alertmanager, source)];
  for (const object of configs) {
    references.push(...cache.referencesOf(object));
    yield;
  }
  return { alertmanager, version, hasOriginLabels, source, configs, references };
}

export interface MergedParts {
  readonly base: ConfigDocument;
  readonly added: readonly ConfigPart[];
}

/** A complete alertmanager.yml, and what goes with it. */
export interface RenderedAlertmanagerConfig {
  /** The user's own bytes where nothing is merged. */
  readonly config: string | Uint8Array;
  /** The same compressed: what the generated Secret holds. */
  readonly gzip: Uint8Array;
  /** The other keys of the user's Secret, which the generated one has too. */
  readonly extraKeys: Readonly<Record<string, Uint8Array>>;
  /** What it was put together from, where objects were merged: who reads it can read one after the other. */
  readonly parts?: MergedParts;
  readonly selected: readonly AlertmanagerConfig[];
  readonly rejected: readonly RejectedConfig[];
  readonly warnings: readonly ConfigWarning[];
  /** Keys whose contents the tls-assets Secrets must hold. */
  readonly tlsAssets: readonly KeyReference[];
}

/**
 * The second half: the configuration (docs/reference/rendering.md 5.6 to 5.12). Cost is in proportion to what has changed
 * since the last call with the same cache. An object that cannot be merged touches no other.
 * @throws {InvalidFieldError} when the base cannot be used; the last good configuration stays then.
 */
export function* renderAlertmanagerConfig(
  match: AlertmanagerMatch,
  assets: AssetStore,
  cache: ConfigCache,
): Interruptible<RenderedAlertmanagerConfig> {
  const { source } = match;
  const extraKeys = source.kind === 'object' ? {} : readExtraKeys(source.secret, assets);
  const templates = { assets, files: cache.templates, keys: Object.keys(extraKeys) };
  if (source.kind === 'raw') {
    const config = loadRaw({ ...match, assets, regexps: cache.regexps }, source.secret);
    requireTemplates(match, templates, () => readTemplates(config));
    return {
      config,
      gzip: yield* compressParts(config),
      extraKeys,
      selected: [],
      rejected: [],
      warnings: [],
      tlsAssets: [],
    };
  }
  const input = { ...match, assets, regexps: cache.regexps };
  const base = cache.baseOf(describeBase(input), () => loadBase(input));
  requireTemplates(match, templates, () => base.document.templates);
  const verdicts = yield* judgeConfigs(input, base, cache);
  const room = largestConfig - sizeOf(extraKeys);
  return { extraKeys, ...(yield* fitConfigs(verdicts, base, room)) };
}

interface Verdicts {
  readonly accepted: readonly AcceptedConfig[];
  readonly rejected: readonly RejectedConfig[];
}

function* judgeConfigs(
  match: AlertmanagerMatch & { readonly assets: AssetStore },
  base: BaseConfig,
  cache: ConfigCache,
): Interruptible<Verdicts> {
  const { alertmanager, configs, assets } = match;
  const context = describeConfigs(alertmanager, match, base.document);
  const [accepted, rejected]: [AcceptedConfig[], RejectedConfig[]] = [[], []];
  for (const object of configs) {
    const verdict = yield* cache.judge(object, context, assets);
    yield;
    if ('rejection' in verdict) rejected.push({ object, rejection: verdict.rejection });
    else accepted.push({ object, fragment: verdict.fragment });
  }
  cache.retain(configs);
  return { accepted, rejected };
}

/** The merged configuration, without the objects for which there is no room. */
function* fitConfigs(
  { accepted, rejected }: Verdicts,
  base: BaseConfig,
  room: number,
): Interruptible<Omit<RenderedAlertmanagerConfig, 'extraKeys'>> {
  const { config, gzip, fitting, tooLarge } = yield* writeWithin(room, base.document, accepted);
  const contributors = [base, ...fitting.map(({ fragment }) => fragment)];
  return {
    config,
    gzip,
    parts: { base: base.document, added: fitting.map(({ fragment }) => fragment) },
    selected: fitting.map(({ object }) => object),
    rejected: [...rejected, ...tooLarge],
    warnings: contributors.flatMap(({ warnings }) => warnings),
    tlsAssets: contributors.flatMap(({ tlsAssets }) => tlsAssets),
  };
}

/** Objects may have 1 MiB; some of it is kept for metadata. */
const largestConfig = 1024 * 1024 - 50_000;

const sizeOf = (keys: Readonly<Record<string, Uint8Array>>): number =>
  Object.entries(keys).reduce((sum, [key, bytes]) => sum + key.length + bytes.length, 0);

/** The name under which the configuration is published; a key of the user's by that name gives way. */
const generatedKey = `${userConfigKey}.gz`;

function readExtraKeys(secret: KeyReference, assets: AssetStore): Readonly<Record<string, Uint8Array>> {
  const keys = assets.keysOf(secret).filter((key) => key !== userConfigKey && key !== generatedKey);
  const entries = keys.map((key) => [key, assets.readBytes({ ...secret, key }) ?? new Uint8Array()] as const);
  return Object.fromEntries(entries);
}
