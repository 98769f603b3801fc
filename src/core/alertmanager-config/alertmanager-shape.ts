import { describe as describeMapping } from '../prometheus-config/shape.ts';
import type { Description, Fields, Shape } from '../prometheus-config/shape.ts';

/** The newest Alertmanager whose configuration is known here key by key. */
export const newestKnown = '0.35.0';
/** The first release that may know keys which nobody here has heard of. */
const firstUnknown = '0.36.0-0';

/**
 * The shape of a mapping of alertmanager.yml, with the keys that came later than 0.25: a version later than all that are known
 * may have keys that are not listed.
 */
export const describe = (type: string, description: Description): Shape => ({
  ...describeMapping(type, description),
  leavesUnknown: ({ version }) => version.isAtLeast(firstUnknown),
});

/** Whether a key is written out as null, which takes its default away. */
export const isNulled = (fields: Fields, key: string): boolean => !fields.has(key) && fields.keys().includes(key);

/** True when at least two of the keys hold text. */
export const hasSeveral = (fields: Fields, ...keys: readonly string[]): boolean =>
  keys.filter((key) => fields.text(key) !== '').length > 1;

/** True when none of the keys holds text. */
export const hasNone = (fields: Fields, ...keys: readonly string[]): boolean =>
  keys.every((key) => fields.text(key) === '');
