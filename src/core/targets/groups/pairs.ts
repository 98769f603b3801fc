type Value = string | number | boolean | null | undefined;

/** A label's name and value as two elements of a list of pairs; no value reads as "". */
export function pair(name: string, value: Value): [string, string] {
  return [name, value === undefined || value === null ? '' : String(value)];
}

/** As `pair`, but nothing when there is no value. */
export function pairIfSet(name: string, value: Value): string[] {
  return value === undefined || value === null ? [] : [name, String(value)];
}
