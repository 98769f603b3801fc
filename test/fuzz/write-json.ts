/** As JSON.stringify, for values that are nested deeper than its recursion reaches. */
export function writeJson(value: unknown): string {
  const parts: string[] = [];
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (next instanceof Raw) parts.push(next.text);
    else if (Array.isArray(next)) open.push(new Raw(']'), ...separate(next).reverse(), new Raw('['));
    else if (typeof next === 'object' && next !== null)
      open.push(new Raw('}'), ...listMembers(next).reverse(), new Raw('{'));
    else parts.push(JSON.stringify(next ?? null));
  }
  return parts.join('');
}

/** Text that stands as it is. */
class Raw {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const separate = (items: readonly unknown[]): unknown[] =>
  items.flatMap((item, at) => (at === 0 ? [item] : [new Raw(','), item]));

function listMembers(object: object): unknown[] {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return entries.flatMap(([key, value]: [string, unknown], at) => [
    new Raw(`${at === 0 ? '' : ','}${JSON.stringify(key)}:`),
    value,
  ]);
}
