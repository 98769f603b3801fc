import type { CharacterSet } from './character-set.ts';

/** An expression of the subset in which RE2 and JavaScript agree. Only single characters are repeated. */
export type Expression =
  | { readonly kind: 'character'; readonly source: string; readonly set: CharacterSet }
  | { readonly kind: 'loop'; readonly source: string; readonly set: CharacterSet; readonly mayBeEmpty: boolean }
  | { readonly kind: 'optional'; readonly inner: Expression; readonly lazy: boolean }
  | { readonly kind: 'group'; readonly inner: Expression; readonly captures: boolean }
  | { readonly kind: 'sequence'; readonly items: readonly Expression[] }
  | { readonly kind: 'alternatives'; readonly items: readonly Expression[] };

/** The expression as JavaScript writes it, for the flag u. */
export function writeExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'character':
    case 'loop':
      return expression.source;
    case 'optional':
      return `${writeExpression(expression.inner)}?${expression.lazy ? '?' : ''}`;
    case 'group':
      return `(${expression.captures ? '' : '?:'}${writeExpression(expression.inner)})`;
    case 'sequence':
      return expression.items.map(writeExpression).join('');
    case 'alternatives':
      return expression.items.map(writeExpression).join('|');
  }
}

export function isNullable(expression: Expression): boolean {
  switch (expression.kind) {
    case 'character':
      return false;
    case 'loop':
      return expression.mayBeEmpty;
    case 'optional':
      return true;
    case 'group':
      return isNullable(expression.inner);
    case 'sequence':
      return expression.items.every(isNullable);
    case 'alternatives':
      return expression.items.some(isNullable);
  }
}

/** The expressions right inside of one. */
export function partsOf(expression: Expression): readonly Expression[] {
  if (expression.kind === 'optional' || expression.kind === 'group') return [expression.inner];
  return expression.kind === 'sequence' || expression.kind === 'alternatives' ? expression.items : [];
}
