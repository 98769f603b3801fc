import { boolean } from '../../prometheus-config/scalars.ts';
import { keysOf, refuseIf } from '../../prometheus-config/shape.ts';
import type { Fields, KeyCheck, LoadContext, Shape } from '../../prometheus-config/shape.ts';
import type { Globals } from '../globals.ts';
import { httpConfig } from '../alertmanager-scalars.ts';
import { hasNone, hasSeveral } from '../alertmanager-shape.ts';

/** One way to notify: a list of configurations in a receiver. */
export interface Notifier {
  /** The key of the list, such as "slack_configs". */
  readonly list: string;
  /** What one configuration must be by itself. */
  readonly shape: Shape;
  /** The release that brought it; 0.25 or before when absent. */
  readonly since?: string;
  /** What it needs, be it from `global`. @throws {ConfigError} */
  readonly complete?: (config: Fields, globals: Globals, context: LoadContext) => void;
}

/** Keys of every notifier that speaks HTTP. */
export const httpKeys: readonly (readonly [string, KeyCheck])[] = [
  ...keysOf(boolean, 'send_resolved'),
  ...keysOf(httpConfig, 'http_config'),
];

/** @throws {ConfigError} when a value and the file for it are both given. */
export function refuseBoth(fields: Fields, ...keys: readonly string[]): void {
  for (const key of keys)
    refuseIf(hasSeveral(fields, key, `${key}_file`), `at most one of ${key} & ${key}_file must be configured`);
}

/** A key with the file for it, as in `…_url` and `…_url_file`: one of them must be there, and not both. */
export function wantOne(fields: Fields, key: string): void {
  refuseIf(!fields.has(key) && fields.text(`${key}_file`) === '', `one of ${key} or ${key}_file must be configured`);
  refuseIf(
    fields.has(key) && fields.text(`${key}_file`) !== '',
    `at most one of ${key} & ${key}_file must be configured`,
  );
}

/** Whether neither a value nor a file for it is given, here or in `global`. */
export const lacksText = (
  fields: Fields,
  key: string,
  global: { readonly in: Globals; readonly as: string },
): boolean => hasNone(fields, key, `${key}_file`) && !global.in.hasText(global.as, `${global.as}_file`);
