import { parseLabelSelector } from './label-query.ts';

/** Selectors as text, as API servers take them in requests (apimachinery, pkg/labels and pkg/fields). */

/** Why a field selector ("metadata.name=a,spec.nodeName!=b") cannot be parsed; undefined when it can. */
export function explainInvalidFieldSelector(text: string): string | undefined {
  const terms = text.split(/(?<!\\),/).filter((term) => term !== '');
  const bad = terms.find((term) => !/(?:!=|==|=)/.test(term));
  return bad === undefined ? undefined : `Cannot parse field selector "${text}": "${bad}" has no "=", "==" or "!="`;
}

/** Why a label selector ("app=a,tier in (b,c),!d") cannot be parsed; undefined when it can. */
export function explainInvalidSelectorText(text: string): string | undefined {
  try {
    parseLabelSelector(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return `Cannot parse label selector "${text}": ${error.message}`;
  }
}
