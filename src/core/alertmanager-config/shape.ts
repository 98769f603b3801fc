import type { Fields, KeyCheck, LoadContext, Shape } from '../prometheus-config/shape.ts';
import { ConfigError } from '../prometheus-config/values.ts';

/** The newest Alertmanager whose configuration is known here key by key. */
export const newestKnown = '0.35.0';
/** The first release that may know keys which nobody here has heard of. */
const firstUnknown = '0.36.0-0';

/** A mapping of alertmanager.yml. */
interface Description {
  readonly keys: readonly (readonly [string, KeyCheck])[];
  /** Keys that came later than 0.25, by the release that brought them. */
  readonly since?: Readonly<Record<string, readonly string[]>>;
  readonly check?: (fields: Fields, context: LoadContext) => void;
}

/**
 * The shape of a mapping, as Alertmanager's strict decoder sees it: a key that this version does not know yet is refused;
 * a version later than all that are known may have keys that are not listed.
 */
export function describe(type: string, { keys, since = {}, check }: Description): Shape {
  const releases = Object.entries(since);
  return {
    type,
    keys: new Map(keys),
    leavesUnknown: ({ version }) => version.isAtLeast(firstUnknown),
    check(fields, context) {
      for (const [release, names] of releases) if (context.version.isBelow(release)) refuseKeys(fields, names, type);
      check?.(fields, context);
    },
  };
}

function refuseKeys(fields: Fields, names: readonly string[], type: string): void {
  const found = fields.keys().find((key) => names.includes(key));
  if (found !== undefined) throw new ConfigError(`field ${found} not found in type ${type}`, { path: [found] });
}

/** Whether a key is written out as null, which takes its default away. */
export const isNulled = (fields: Fields, key: string): boolean => !fields.has(key) && fields.keys().includes(key);

/** True when at least two of the keys hold text. */
export const hasSeveral = (fields: Fields, ...keys: readonly string[]): boolean =>
  keys.filter((key) => fields.text(key) !== '').length > 1;

/** True when none of the keys holds text. */
export const hasNone = (fields: Fields, ...keys: readonly string[]): boolean =>
  keys.every((key) => fields.text(key) === '');

/** Runs a check of something inside; what it throws gets the way there in front. */
export function within<T>(path: readonly string[], check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof ConfigError) error.path.unshift(...path);
    throw error;
  }
}
