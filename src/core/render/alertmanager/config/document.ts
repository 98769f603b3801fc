import { writeYamlFields, writeYamlItems } from '../../../../base/yaml-writer.ts';
import type { YamlFields, YamlValue } from '../../../../base/yaml-writer.ts';
import { pickRouteFields } from './child-routes.ts';
import { sanitizeSection } from './sanitize.ts';
import type { SanitizeScope } from './sanitize.ts';
import { config } from './sections/config.ts';

/** The sections of a configuration, sanitized. */
export interface ConfigDocument extends YamlFields {
  readonly global?: YamlFields;
  readonly route?: YamlFields;
  readonly inhibit_rules?: readonly YamlFields[];
  readonly receivers?: readonly YamlFields[];
  readonly mute_time_intervals?: readonly YamlFields[];
  readonly time_intervals?: readonly YamlFields[];
}

/** What one object adds to a configuration: items of its lists as text, each line ended. */
export interface ConfigPart {
  readonly inhibitRules: string;
  /** Items of the top route's `routes`, indented by two. */
  readonly routes: string;
  readonly receivers: string;
  readonly muteTimeIntervals: string;
}

/**
 * A configuration as a version of Alertmanager takes it (docs/reference/rendering.md 5.12).
 * @throws {ConfigFault}
 */
export function sanitizeConfig(document: YamlValue, scope: Omit<SanitizeScope, 'path'>): ConfigDocument {
  const withTemplates =
    typeof document === 'object' && document !== null && !Array.isArray(document)
      ? { templates: [], ...(document as YamlFields) }
      : document;
  return sanitizeSection(config, withTemplates, { ...scope, path: '' });
}

const beneathRoute = 'route:\n';
/** Of the items of the top route's `routes`. */
export const routeIndent = '  ';

/** The fields of the top route on one side of its `routes`. */
const writeRouteFields = (fields: YamlFields, side: 'before' | 'after'): string =>
  writeYamlFields(pickRouteFields(fields, side), '  ');

/** Routes of objects stand before those of the base (docs/reference/rendering.md 5.8). */
function writeRoute(fields: YamlFields | undefined, parts: readonly ConfigPart[]): string {
  if (fields === undefined) return '';
  const own = Array.isArray(fields.routes) ? (fields.routes as readonly YamlValue[]) : [];
  const routes = parts.map((part) => part.routes).join('') + writeYamlItems(own, routeIndent);
  const before = writeRouteFields(fields, 'before');
  const after = writeRouteFields(fields, 'after');
  if (`${before}${routes}${after}` === '') return 'route: {}\n';
  return `${beneathRoute}${before}${routes === '' ? '' : `  routes:\n${routes}`}${after}`;
}

function writeList(name: string, own: readonly YamlFields[] = [], added: readonly string[] = []): string {
  const text = writeYamlItems(own) + added.join('');
  return text === '' ? '' : `${name}:\n${text}`;
}

/** The text of a configuration with what objects add to it; keys in the order of docs/reference/rendering.md 5.6. */
export function writeConfig(document: ConfigDocument, parts: readonly ConfigPart[]): string {
  const { global, route: top, inhibit_rules, receivers, mute_time_intervals, time_intervals, ...rest } = document;
  return [
    writeYamlFields({ global }),
    writeRoute(top, parts),
    writeList(
      'inhibit_rules',
      inhibit_rules,
      parts.map((part) => part.inhibitRules),
    ),
    writeList(
      'receivers',
      receivers,
      parts.map((part) => part.receivers),
    ),
    writeList(
      'mute_time_intervals',
      mute_time_intervals,
      parts.map((part) => part.muteTimeIntervals),
    ),
    writeList('time_intervals', time_intervals),
    writeYamlFields(rest),
  ].join('');
}
