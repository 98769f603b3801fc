import { listFindings } from '../../../src/core/findings.ts';
import { parseByteSize } from '../../../src/base/byte-size.ts';
import { parseDuration } from '../../../src/base/durations.ts';
import { compilePattern } from '../../../src/base/glob.ts';
import { parseGoUrl } from '../../../src/base/go-url.ts';
import { approximateFloat, canonicalQuantity } from '../../../src/base/quantity.ts';
import { GoRegexp } from '../../../src/base/go-regexp.ts';
import { Version } from '../../../src/base/version.ts';
import { dumpYaml, parseYamlDocuments, parseYamlVerbatim } from '../../../src/base/yaml.ts';
import { parseLocatedDocuments } from '../../../src/base/yaml-positions.ts';
import { checkPromql } from '../../../src/core/promql/check-promql.ts';
import { enforceLabel } from '../../../src/core/promql/enforce.ts';
import { defaultPromqlOptions } from '../../../src/core/promql/types.ts';
import type { LabelSelector } from '../../../src/api/meta.ts';
import {
  checkLabelSelector,
  compileLabelSelector,
  writeLabelSelector,
} from '../../../src/core/selectors/label-selector.ts';
import { explainInvalidFieldSelector, explainInvalidSelectorText } from '../../../src/core/selectors/selector-text.ts';
import { explainTemplateUrl } from '../../../src/core/templates/alertmanager-template.ts';
import { checkTemplateFile } from '../../../src/core/templates/notification.ts';
import { checkAlertTemplate } from '../../../src/core/templates/prometheus-template.ts';
import { Filler, makeLabelSelector } from '../objects.ts';
import { anyOf } from '../texts/make.ts';
import { makePromql } from '../texts/promql.ts';
import { makeRegexp, makeSubject } from '../texts/regexps.ts';
import { makeDuration, makeName, makeQuantity, makeReplacement, makeSelector, makeUrl } from '../texts/scalars.ts';
import { makeTemplate } from '../texts/templates.ts';
import { makeYaml } from '../texts/yaml.ts';
import type { Checker } from './checker.ts';
import { onObject, onText, runAll } from './checker.ts';

const newestAlertmanager = Version.parse('0.35.0');

const scalars = onText('scalars', anyOf(makeDuration, makeQuantity, makeUrl, makeName), (text) => {
  const readers = [parseDuration, canonicalQuantity, approximateFloat, parseByteSize, parseGoUrl];
  runAll(
    ...readers.map((read) => () => read(text)),
    () => Version.parse(text),
    () => compilePattern(text)(text),
    () => compilePattern(`${text}*`)(`${text}!`),
  );
});

const regexps: Checker = onObject(
  'regular expressions',
  (random, room) => ({
    pattern: makeRegexp(random, Math.min(room, random.pick([40, 40, 400, 4000]))),
    subject: makeSubject(random, room),
    template: makeReplacement(random, Math.min(room, 200)),
  }),
  ({ pattern, subject, template }) => {
    const bare = GoRegexp.compile(pattern);
    bare.matches(subject);
    const match = GoRegexp.compileAnchored(pattern, { dotNewline: false }).match(subject) ?? bare.match(subject);
    if (match !== undefined) bare.compileTemplate(template).expand(match);
  },
);

const promql = onText('PromQL', makePromql, (text) => void checkPromql(text));

const enforcement = onText('PromQL, enforced label', makePromql, (text) => {
  enforceLabel(text, { name: 'namespace', value: 'shop' }, defaultPromqlOptions);
});

const templates = onText('templates', makeTemplate, (text) =>
  runAll(
    () => checkAlertTemplate(text),
    () => checkTemplateFile(text, newestAlertmanager),
    () => explainTemplateUrl(text),
  ),
);

const yaml = onText('YAML', makeYaml, (text) =>
  runAll(
    () => dumpYaml(parseYamlDocuments(text)),
    () => parseYamlVerbatim(text),
    () => parseLocatedDocuments(text, 'a.yaml').map((one) => [one.locate('a0', 'value'), one.locate('a.b[0]', 'name')]),
  ),
);

const selectorTexts = onText('selectors as text', makeSelector, (text) =>
  runAll(
    () => explainInvalidSelectorText(text),
    () => explainInvalidFieldSelector(text),
  ),
);

const selectors = onObject(
  'label selectors',
  (random, room) => makeLabelSelector(new Filler(random, room)),
  (object) => {
    const selector = object as LabelSelector;
    if (listFindings(checkLabelSelector(selector, 'spec.selector')).length > 0) return;
    compileLabelSelector(selector)({ a: 'b' });
    writeLabelSelector(selector);
  },
);

/** Checkers of one language each. */
export const languageCheckers: readonly Checker[] = [
  promql,
  enforcement,
  templates,
  regexps,
  yaml,
  selectorTexts,
  selectors,
  scalars,
];
