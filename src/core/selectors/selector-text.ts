/** Selectors as text, as API servers take them in requests (apimachinery, pkg/labels and pkg/fields). */

/** Why a field selector ("metadata.name=a,spec.nodeName!=b") cannot be parsed; undefined when it can. */
export function explainInvalidFieldSelector(text: string): string | undefined {
  const terms = text.split(/(?<!\\),/).filter((term) => term !== '');
  const bad = terms.find((term) => !/(?:!=|==|=)/.test(term));
  return bad === undefined ? undefined : `Cannot parse field selector "${text}": "${bad}" has no "=", "==" or "!="`;
}

const key = String.raw`(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?`;
const value = String.raw`(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?`;
const list = String.raw`\(\s*${value}(?:\s*,\s*${value})*\s*\)`;
const forms = [
  String.raw`!?\s*${key}`,
  String.raw`${key}\s*(?:=|==|!=)\s*${value}`,
  String.raw`${key}\s+(?:in|notin)\s*${list}`,
  String.raw`${key}\s*[<>]\s*\d+`,
];
const term = String.raw`\s*(?:${forms.join('|')})\s*`;
const labelSelector = new RegExp(String.raw`^(?:${term}(?:,${term})*)?\s*$`);

/** Why a label selector ("app=a,tier in (b,c),!d") cannot be parsed; undefined when it can. */
export function explainInvalidSelectorText(text: string): string | undefined {
  return labelSelector.test(text) ? undefined : `Cannot parse label selector "${text}"`;
}
