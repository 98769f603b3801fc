import type { Interruptible } from '../../base/interruptible.ts';
import type { YamlFields, YamlValue } from '../../base/yaml-writer.ts';
import { parseYamlVerbatim } from '../../base/yaml.ts';
import type { RenderedAlertmanagerConfig } from '../desired/alertmanager-config.ts';
import { writeConfig } from '../render/alertmanager/config/document.ts';

/** What objects add to, and as what their texts are known. */
const sections = [
  ['inhibit_rules', 'inhibitRules'],
  ['receivers', 'receivers'],
  ['mute_time_intervals', 'muteTimeIntervals'],
] as const;

const listOf = (value: YamlValue | undefined): readonly YamlValue[] =>
  Array.isArray(value) ? (value as readonly YamlValue[]) : [];

/**
 * The same as its text parsed as a whole, which may take half a second: the base first, then what each object adds.
 * @throws {YamlError} for bytes of the user's own that are no YAML.
 */
export function* parseMerged({
  config,
  parts,
}: Pick<RenderedAlertmanagerConfig, 'config' | 'parts'>): Interruptible<YamlValue> {
  if (parts === undefined) return parseYamlVerbatim(Buffer.from(config).toString('utf8'));
  const base = parseYamlVerbatim(writeConfig(parts.base, [])) as YamlFields;
  const route = base.route as YamlFields;
  const routes: YamlValue[] = [];
  const added = sections.map(([key]): [string, YamlValue[]] => [key, [...listOf(base[key])]]);
  for (const part of parts.added) {
    routes.push(...listOf(parseYamlVerbatim(part.routes)));
    for (const [index, [, name]] of sections.entries())
      added[index]?.[1].push(...listOf(parseYamlVerbatim(part[name])));
    yield;
  }
  return { ...base, ...Object.fromEntries(added), route: { ...route, routes: [...routes, ...listOf(route.routes)] } };
}
