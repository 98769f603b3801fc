import { hideQuoted } from '../../../../base/hide-quoted.ts';
import type { Version } from '../../../../base/version.ts';
import type { YamlFields, YamlValue } from '../../../../base/yaml-writer.ts';
import { createRouteLoader, loadAlertmanagerConfig } from '../../../alertmanager-config/load.ts';
import type { LoadedAlertmanagerConfig } from '../../../alertmanager-config/load.ts';
import type { RegexpCache } from '../../../relabel/regexp-cache.ts';
import type { ConfigContext } from './config-context.ts';
import type { ConfigDocument } from './document.ts';
import { ConfigFault } from './sanitize.ts';

/**
 * What Alertmanager would refuse never reaches it: everything is loaded as it loads it, before it is published. Objects are
 * loaded one by one, each with what it sees of the base: what is wrong is charged to the one that says it, and a changed
 * object costs no more than itself.
 */

/** How many messages quote: what is quoted may be out of a Secret, and so may a regular expression in backquotes. */
export const hideValues = hideQuoted;

/** @param version of Alertmanager, or undefined for the newest that is known. @throws {ConfigFault} in Alertmanager's words. */
export function requireLoadable(source: string | YamlValue, version: Version | undefined, regexps: RegexpCache): void {
  requireLoaded(loadAlertmanagerConfig(source, { regexps, ...(version === undefined ? {} : { version }) }));
}

function requireLoaded(loaded: LoadedAlertmanagerConfig, above: readonly string[] = []): void {
  if (loaded.ok) return;
  const { path, message } = loaded.fault;
  throw new ConfigFault([...above, ...path].join('.').replaceAll('.[', '['), `Alertmanager refuses it: ${message}`);
}

/**
 * Loads what one object adds.
 * @throws {ConfigFault} whose path counts from the object's own lists, as that of `sanitizeConfig` does.
 */
export function requireLoadablePart(
  part: ConfigDocument,
  { version, base }: ConfigContext,
  regexps: RegexpCache,
): void {
  try {
    requireLoadable(enclose(part, base), version, regexps);
  } catch (error) {
    if (error instanceof ConfigFault)
      throw new ConfigFault(error.path.replace(/^route\.routes\[0\]/, 'route'), error.message);
    throw error;
  }
}

/**
 * What loads the routes below the one at the top of an object, one by one.
 * @param part the object's other sections, as they were loaded.
 */
export function createRouteCheck(
  part: ConfigDocument,
  { version, base }: ConfigContext,
  regexps: RegexpCache,
): (route: YamlFields, path: string) => void {
  const namesOf = (list: readonly YamlFields[] = []): string[] =>
    list.flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
  const known = {
    receivers: new Set(namesOf(part.receivers)),
    intervals: new Set([...namesOf(part.mute_time_intervals), ...base.intervals]),
  };
  const load = createRouteLoader(known, { version, regexps });
  return (route, path) => {
    requireLoaded(load(route), [path]);
  };
}

/** Nobody's name: names of objects have slashes, and empty ones are refused. */
const fallback = '\u0000';

/** A configuration of the part alone, in which it finds what it may refer to. Its own items stand first in their lists. */
function enclose(part: ConfigDocument, { global, intervals }: ConfigContext['base']): YamlFields {
  const named = (name: string): YamlFields => ({ name, time_intervals: [] });
  return {
    global,
    route: { receiver: fallback, routes: part.route === undefined ? [] : [part.route] },
    inhibit_rules: part.inhibit_rules ?? [],
    receivers: [...(part.receivers ?? []), { name: fallback }],
    mute_time_intervals: part.mute_time_intervals ?? [],
    time_intervals: [...intervals].map(named),
    templates: [],
  };
}
