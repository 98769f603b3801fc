import type { Version } from '../../base/version.ts';
import { checkTemplate } from './check-template.ts';

/** Functions of Alertmanager's templates by the release that brought them; the first ones are older than 0.25. */
const functionsSince: readonly (readonly [release: string, names: string])[] = [
  ['0.0.0', 'join match reReplaceAll safeHtml stringSlice title toLower toUpper'],
  ['0.26.0', 'trimSpace'],
  ['0.28.0', 'date humanizeDuration since tz'],
  ['0.30.0', 'safeUrl toJson urlUnescape'],
  ['0.32.0', 'append dict list'],
  ['0.33.0', 'now'],
  ['0.34.0', 'base64decode base64encode mustToDate routeLabels toDate'],
  ['0.35.0', 'addDuration'],
];

const listFunctions = (version: Version | undefined): Set<string> =>
  new Set(
    functionsSince.flatMap(([release, names]) => (version?.isAtLeast(release) === false ? [] : names.split(' '))),
  );

/**
 * Checks a file with templates as Alertmanager parses it when it loads its configuration: one file that it cannot parse stops
 * the whole configuration. Templates that are called and not there show only when they are expanded.
 * @param version of Alertmanager; undefined: the newest that is known.
 * @throws {TemplateError} with the line.
 */
export function checkTemplateFile(text: string, version: Version | undefined): void {
  checkTemplate(text, { functions: listFunctions(version), variables: [] });
}
