import { parseGoUrl } from '../../base/go-url.ts';
import { checkTemplate } from './check-template.ts';

/** Functions of Alertmanager's templates, and what they know. */
const names = {
  functions: new Set(
    `append date dict fromJson humanizeDuration join list match now reReplaceAll safeHtml safeUrl since stringSlice title
     toJson toLower toUpper trimSpace tz urlUnescape`.split(/\s+/),
  ),
  variables: ['$'],
};

/** What is wrong with a URL as Alertmanager reads it: HTTP, with a host. Undefined when it is right. */
export function explainAlertUrl(url: string): string | undefined {
  try {
    const { scheme, host } = parseGoUrl(url);
    if (scheme !== 'http' && scheme !== 'https') return `Cannot use URL "${url}": want http:// or https://`;
    return host === '' ? `Cannot use URL "${url}": it has no host` : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
}

/** What is wrong with a URL that a template may make. Undefined when it is right. */
export function explainTemplateUrl(text: string): string | undefined {
  return isTemplate(text) ? explainTemplate(text) : explainAlertUrl(text);
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

/** Whether a text is a template that Alertmanager can expand. */
export const isValidTemplate = (text: string): boolean => isTemplate(text) && explainTemplate(text) === undefined;
