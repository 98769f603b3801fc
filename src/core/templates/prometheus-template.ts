import { checkTemplate } from './check-template.ts';

const names = {
  functions: new Set(
    `args externalURL first graphLink humanize humanize1024 humanizeDuration humanizePercentage humanizeTimestamp label
     match now parseDuration pathPrefix query reReplaceAll safeHtml sortByLabel stripDomain stripPort strvalue tableLink
     title toDuration toLower toTime toUpper urlQueryEscape value`.split(/\s+/),
  ),
  variables: ['$labels', '$externalLabels', '$externalURL', '$value'],
};

/**
 * Checks a label or annotation of an alert as Prometheus expands it.
 * @throws {SyntaxError}
 */
export function checkAlertTemplate(text: string): void {
  checkTemplate(text, names);
}
