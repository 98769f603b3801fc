import { parseGoUrl } from '../../../base/go-url.ts';
import { checkTemplate } from '../../templates/check.ts';
import { reject } from '../../field-checks/check-scope.ts';
import type { Findings } from '../../findings.ts';

/** Functions of Alertmanager's templates, and what they know. */
const names = {
  functions: new Set(
    `append date dict fromJson humanizeDuration join list match now reReplaceAll safeHtml safeUrl since stringSlice title
     toJson toLower toUpper trimSpace tz urlUnescape`.split(/\s+/),
  ),
  variables: ['$'],
};

/** What is wrong with a URL as Alertmanager reads it: HTTP, with a host. Undefined when it is right, or not set. */
function explainUrl(url: string): string | undefined {
  try {
    const { scheme, host } = parseGoUrl(url);
    if (scheme !== 'http' && scheme !== 'https') return `Cannot use URL "${url}": want http:// or https://`;
    return host === '' ? `Cannot use URL "${url}": it has no host` : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
}

function explainTemplate(text: string): string | undefined {
  try {
    checkTemplate(text, names);
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return `Cannot parse template "${text}": ${error.message}`;
    throw error;
  }
}

const isTemplate = (text: string): boolean => text.includes('{{');

/** A URL; `templates`: it may be made by a template. Nothing to check when it is not set. */
export function* checkAlertUrl(url: string | undefined, field: string, templates: 'plain' | 'templates'): Findings {
  if (url === undefined || url === '') return;
  const fault = templates === 'templates' && isTemplate(url) ? explainTemplate(url) : explainUrl(url);
  if (fault !== undefined) yield reject({ field, reason: 'InvalidURL' }, fault);
}

/** Whether a text is a template that Alertmanager can expand. */
export const isValidTemplate = (text: string): boolean => isTemplate(text) && explainTemplate(text) === undefined;
