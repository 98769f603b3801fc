import type { Version } from '../../base/version.ts';
import type { NameScheme } from '../relabel/label-names.ts';
import { RegexpCache } from '../relabel/regexp-cache.ts';
import { readRelabelSemantics } from '../targets/features.ts';
import type { LoadContext } from './shape.ts';

/** Everything that verdicts depend on besides what is looked at. */
export function createLoadContext(version: Version, scheme: NameScheme, regexps = new RegexpCache()): LoadContext {
  const semantics = readRelabelSemantics(version, scheme);
  return { version, scheme, semantics, regexps, knownRules: new WeakMap(), knownItems: new Map() };
}
