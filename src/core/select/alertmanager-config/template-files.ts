import type { Alertmanager } from '../../../api/alertmanager.ts';
import { compilePattern } from '../../../base/glob.ts';
import { hideAllQuoted } from '../../../base/hide-quoted.ts';
import type { Version } from '../../../base/version.ts';
import { parseYamlVerbatim } from '../../../base/yaml.ts';
import type { YamlFields, YamlValue } from '../../../base/yaml-writer.ts';
import { collectTemplateReferences } from '../../assets/alertmanager-plans.ts';
import { objectKeyOf } from '../../assets/store.ts';
import type { AssetStore } from '../../assets/store.ts';
import type { FieldReference } from '../../assets/references.ts';
import { InvalidFieldError } from '../../findings.ts';
import type { Rejection } from '../../rejection.ts';
import { configFolder } from '../../render/alertmanager/alertmanager-paths.ts';
import { unlessBlank } from '../../render/shared/rendered-objects.ts';
import { checkTemplateFile } from '../../templates/notification.ts';
import { TemplateError } from '../../templates/template-error.ts';
import type { BaseSource } from './base-config.ts';

/** Folders that name the one of the user's Secret: patterns are relative to the folder of the file that is read. */
const ownFolders = [`${configFolder}/`, '../config/'];

/** Whether a file of the user's Secret is among those that a pattern of `templates` names. */
function isLoaded(pattern: string, key: string): boolean {
  const folder = ownFolders.find((one) => pattern.startsWith(one));
  const name = folder === undefined ? '/' : pattern.slice(folder.length);
  return !name.includes('/') && compilePattern(name)(key);
}

/** The keys that the spec names belong to the configuration that it names. */
export const listMountedTemplates = (alertmanager: Alertmanager, source: BaseSource): FieldReference[] =>
  source.kind === 'object' ? collectTemplateReferences(alertmanager) : [];

/** The patterns in a configuration that can be loaded. */
export function readTemplates(config: string | Uint8Array): YamlValue | undefined {
  return (parseYamlVerbatim(Buffer.from(config).toString('utf8')) as YamlFields | undefined)?.templates;
}

/**
 * The keys of the user's Secret that the configuration in it loads as templates: they are published beside it.
 * @param templates the configuration's `templates`; the patterns are right.
 */
function listOwnTemplates(
  templates: YamlValue | undefined,
  secret: FieldReference,
  keys: readonly string[],
): FieldReference[] {
  const patterns = Array.isArray(templates) ? (templates as YamlValue[]).filter((one) => typeof one === 'string') : [];
  const loaded = keys.filter((key) => patterns.some((pattern) => isLoaded(pattern, key)));
  return loaded.map((key) => ({ ...secret, key }));
}

/** What a template says may be as secret as what stands beside it. */
function hide(kind: FieldReference['kind'], message: string): string {
  return kind === 'ConfigMap' ? message : hideAllQuoted(message);
}

function explain(reference: FieldReference, assets: AssetStore, version: Version | undefined): Rejection | undefined {
  const { kind, namespace, name, key, field } = reference;
  try {
    checkTemplateFile(assets.readText(reference) ?? '', version);
    return undefined;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const reason = hide(kind, `line ${error.line}: ${error.problem}`);
    const message =
      `Cannot use key "${key}" of ${kind} "${namespace}/${name}", for Alertmanager loads no configuration with it: ` +
      reason;
    return { reason: 'InvalidTemplate', field, message };
  }
}

/**
 * Which files with templates Alertmanager could not parse: one of them, and it loads no configuration at all. Files are
 * looked at again when they change; those that cannot be read are not judged.
 */
export class TemplateFiles {
  #known = new Map<string, Rejection | undefined>();

  /** The first fault among all the files that a configuration loads. */
  findFault(files: readonly FieldReference[], assets: AssetStore, version: Version | undefined): Rejection | undefined {
    const before = this.#known;
    this.#known = new Map();
    for (const file of files) {
      const state = `${version?.toString() ?? ''} ${file.field} ${objectKeyOf(file)}/${file.key} ${assets.versionOf(file)}`;
      this.#known.set(state, before.has(state) ? before.get(state) : explain(file, assets, version));
    }
    return [...this.#known.values()].find((fault) => fault !== undefined);
  }
}

/** An Alertmanager, as far as its templates depend on it. */
interface TemplateUser {
  readonly alertmanager: Alertmanager;
  readonly version: Version;
  readonly source: BaseSource;
}

interface TemplateInput {
  readonly assets: AssetStore;
  readonly files: TemplateFiles;
  /** The keys that are published beside the configuration. */
  readonly keys: readonly string[];
}

/**
 * With a file of templates that it cannot parse Alertmanager loads no configuration (docs/reference/versions.md).
 * @param read the configuration's `templates`; only asked when there are keys beside it.
 * @throws {InvalidFieldError} that names object, key and line.
 */
export function requireTemplates(
  { alertmanager, version, source }: TemplateUser,
  { assets, files, keys }: TemplateInput,
  read: () => YamlValue | undefined,
): void {
  const own = source.kind === 'object' || keys.length === 0 ? [] : listOwnTemplates(read(), source.secret, keys);
  // The image says which one it is when the version does not: the newest knows most functions.
  const reader = unlessBlank(alertmanager.spec.version) === undefined ? undefined : version;
  const fault = files.findFault([...listMountedTemplates(alertmanager, source), ...own], assets, reader);
  if (fault !== undefined) throw new InvalidFieldError(fault);
}
