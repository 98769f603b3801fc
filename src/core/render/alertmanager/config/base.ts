import type { AlertmanagerConfig } from '../../../../api/alertmanager-config.ts';
import type { AlertmanagerConfiguration } from '../../../../api/alertmanager-configuration.ts';
import { keyOf } from '../../../../api/meta.ts';
import type { Version } from '../../../../base/version.ts';
import { checkAliases } from '../../../alertmanager-config/aliases.ts';
import { ConfigError } from '../../../prometheus-config/values.ts';
import type { RegexpCache } from '../../../relabel/regexp-cache.ts';
import { requireLoadable } from './loadable-config.ts';
import { YamlError, parseYamlVerbatim } from '../../../../base/yaml.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import type { KeyReference } from '../../../assets/references.ts';
import type { AssetStore } from '../../../assets/store.ts';
import { templateFolder } from '../alertmanager-paths.ts';
import { convertGlobal } from './convert/convert-global.ts';
import { sanitizeConfig } from './document.ts';
import type { ConfigDocument } from './document.ts';
import { collectWarnings, convertSections, originOf, prefixOf } from './config-fragment.ts';
import type { ConfigTarget } from './config-context.ts';
import type { ConfigWarning } from './config-fragment.ts';
import { ConfigFault } from './sanitize.ts';

/** What a configuration starts from, before objects add to it (docs/reference/rendering.md 5.6). */
export interface BaseConfig {
  readonly document: ConfigDocument;
  readonly tlsAssets: readonly KeyReference[];
  readonly warnings: readonly ConfigWarning[];
}

/** What stands in for a Secret that is not there, or has nothing in it. */
export const defaultConfig = 'route:\n  receiver: "null"\nreceivers:\n- name: "null"\n';

/**
 * The base out of a Secret.
 * @throws {ConfigFault} without the values in it; `path` is "" for what is no YAML.
 */
export function readBase(text: string, version: Version, regexps: RegexpCache): BaseConfig {
  const warnings: ConfigWarning[] = [];
  const document = sanitizeConfig(parse(text), { version, warn: collectWarnings('', warnings) });
  checkRoot(document.route);
  requireLoadable(document, version, regexps);
  return { document, tlsAssets: [], warnings };
}

function parse(text: string): ReturnType<typeof parseYamlVerbatim> {
  try {
    const document = parseYamlVerbatim(text);
    checkAliases(document);
    return document;
  } catch (error) {
    if (error instanceof YamlError || error instanceof ConfigError) throw new ConfigFault('', error.message);
    throw error;
  }
}

const forbiddenAtRoot = ['match', 'match_re', 'matchers', 'mute_time_intervals', 'active_time_intervals', 'continue'];

/** The route at the top takes all alerts, always (docs/reference/rendering.md 5.6). */
function checkRoot(route: YamlFields | undefined): void {
  if (route === undefined) throw new ConfigFault('route', 'Cannot route without a route at the top');
  if (route.receiver === undefined)
    throw new ConfigFault('route.receiver', 'Cannot route without a receiver: the route at the top needs one');
  const found = forbiddenAtRoot.find((key) => route[key] !== undefined);
  if (found !== undefined)
    throw new ConfigFault(`route.${found}`, `Cannot use "${found}" in the route at the top: it takes all alerts`);
}

interface GlobalInput {
  readonly object: AlertmanagerConfig;
  readonly configuration: AlertmanagerConfiguration;
  readonly target: ConfigTarget;
  readonly assets: AssetStore;
  readonly regexps: RegexpCache;
}

/**
 * The base out of the AlertmanagerConfig that `spec.alertmanagerConfiguration` names: for alerts of all namespaces.
 * @throws {ConfigFault}
 */
export function convertBase({ object, configuration, target, assets, regexps }: GlobalInput): BaseConfig {
  const { version } = target;
  const [tlsAssets, warnings]: [KeyReference[], ConfigWarning[]] = [[], []];
  const { namespace = '' } = object.metadata;
  const prefix = prefixOf(object);
  const nameInterval = (name: string): string => prefix + name;
  const routing = { prefix, version, alertNamespace: undefined, nameInterval };
  const origin = target.hasOriginLabels === true ? originOf(object, target) : undefined;
  const sections = convertSections(object.spec, { routing, assets, namespace, tlsAssets, origin, top: 'root' });
  const global = convertGlobal(configuration.global, { assets, namespace, version, tlsAssets });
  const document = sanitizeConfig(
    { ...sections, global, templates: listTemplates(configuration.templates) },
    { version, warn: collectWarnings(`AlertmanagerConfig ${keyOf(object)}`, warnings) },
  );
  checkRoot(document.route);
  requireLoadable(document, version, regexps);
  return { document, tlsAssets, warnings };
}

/** Files of the mounted templates; a key that two of them have is mounted once. */
function listTemplates(templates: AlertmanagerConfiguration['templates'] = []): readonly string[] {
  const keys = templates.flatMap(({ secret, configMap }) => secret?.key ?? configMap?.key ?? []);
  return [...new Set(keys)].map((key) => `${templateFolder}/${key}`);
}
