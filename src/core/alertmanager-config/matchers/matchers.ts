import type { YamlValue } from '../../../base/yaml-writer.ts';
import { text } from '../../prometheus-config/scalars.ts';
import type { Fields, KeyCheck, LoadContext } from '../../prometheus-config/shape.ts';
import { listOf, refuseIf } from '../../prometheus-config/shape.ts';
import { asMapping, isNull } from '../../prometheus-config/values.ts';
import { isValidLabelName } from '../../relabel/label-names.ts';
import { textsOf } from '../alertmanager-scalars.ts';
import { parseClassicMatchers } from './classic.ts';
import { findRegexpFault } from './matcher.ts';
import type { Matcher } from './matcher.ts';
import { parseUtf8Matchers } from './utf8.ts';

/** The release in which the newer grammar came. */
const utf8Since = '0.27.0';

/**
 * Reads matchers as Alertmanager does without feature flags: by the older grammar, or by the newer one where the older one
 * refuses. Where both take a text and disagree, the older one counts.
 * @throws {ConfigError} with the words of the older one when neither takes them.
 */
export function parseMatchers(input: string, { version, regexps }: LoadContext): readonly Matcher[] {
  try {
    return parseClassicMatchers(input, regexps);
  } catch (error) {
    const newer = version.isBelow(utf8Since) ? undefined : parseUtf8Matchers(input, regexps);
    if (newer === undefined) throw error;
    return newer;
  }
}

const matcherLine: KeyCheck = (value, context) => {
  parseMatchers(text(value), context);
};

/** A list of texts, each of which may hold several matchers. */
export const matchers: KeyCheck = (value, context) => {
  listOf(matcherLine)(value, context);
};

/** The deprecated form: names and the texts they must be equal to. */
export const equalities: KeyCheck = (value) => {
  for (const [name, one] of Object.entries(asMapping(value, 'map[string]string'))) {
    if (one !== undefined && !isNull(one)) text(one);
    refuseIf(!isValidLabelName(name, 'legacy'), `invalid label name "${name}"`);
  }
};

/** The deprecated form: names and the regular expressions they must match. */
export const expressions: KeyCheck = (value, { regexps }) => {
  for (const [name, one] of Object.entries(asMapping(value, 'common.MatchRegexps'))) {
    refuseIf(!isValidLabelName(name, 'legacy'), `invalid label name "${name}"`);
    if (one === undefined || isNull(one)) refuseIf(true, `invalid regexp value for "${name}"`);
    else {
      const fault = findRegexpFault({ name, type: '=~', value: text(one) }, regexps);
      refuseIf(fault !== undefined, fault ?? '');
    }
  }
};

/** Whether there is any matcher in a list of lines that were found right. */
export const hasMatchers = (lines: readonly YamlValue[], context: LoadContext): boolean =>
  lines.some((line) => !isNull(line) && parseMatchers(text(line), context).length > 0);

/** A matcher, and the key that it stands below: "matchers[0]", "match.team", "source_match_re.team". */
export interface PlacedMatcher extends Matcher {
  readonly place: string;
}

/**
 * All matchers of a route, or of one side of an inhibit rule, out of the three keys that they may stand below. A line may hold
 * several.
 * @param fields that were found right.
 * @param side "" for a route; "source_" or "target_".
 */
export function readMatchers(fields: Fields, side: string, context: LoadContext): PlacedMatcher[] {
  const maps = [
    ['match', '='],
    ['match_re', '=~'],
  ] as const;
  const deprecated = maps.flatMap(([key, type]) => {
    const map = fields.inside(side + key);
    return map.keys().map((name) => ({ name, type, value: map.text(name), place: `${side}${key}.${name}` }));
  });
  const lines = textsOf(fields.list(`${side}matchers`)).flatMap((line, index) =>
    parseMatchers(line, context).map((matcher) => ({ ...matcher, place: `${side}matchers[${index}]` })),
  );
  return [...deprecated, ...lines];
}
