/** Label selectors as objects (metav1.LabelSelector). */
import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { objectAt, objectsAt, textAt } from './read-json.ts';

type Labels = Readonly<Record<string, unknown>>;

/** An absent selector matches nothing, an empty one everything. */
export function matchesSelector(selector: unknown, labels: Labels): boolean {
  if (!isJsonObject(selector)) return false;
  const equal = Object.entries(objectAt(selector, 'matchLabels')).every(([key, value]) => labels[key] === value);
  return equal && objectsAt(selector, 'matchExpressions').every((one) => matchesExpression(one, labels));
}

export function isEmptySelector(selector: JsonObject): boolean {
  const { matchLabels, matchExpressions } = selector;
  const none = Object.keys(isJsonObject(matchLabels) ? matchLabels : {}).length === 0;
  return none && (!Array.isArray(matchExpressions) || matchExpressions.length === 0);
}

function matchesExpression(expression: JsonObject, labels: Labels): boolean {
  const value = labels[textAt(expression, 'key')];
  const values: readonly unknown[] = Array.isArray(expression.values) ? expression.values : [];
  switch (expression.operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}
