/** Something wrong in an object, as data (compare `Rejection` in core, which says why an object is left out). */
export interface Violation {
  /**
   * `InvalidValue`: the API server refuses the object. `RuleBroken`: a CEL rule refuses it. `UnknownField`: the API
   * server drops the field, or refuses the object when asked for strict validation.
   */
  readonly reason: 'InvalidValue' | 'RuleBroken' | 'UnknownField';
  /** From the object's root, such as `spec.endpoints[0].interval`. */
  readonly path: string;
  /** What was found there; undefined when a field is missing. */
  readonly value: unknown;
  /** For people: what is wrong, what was found, what is allowed. */
  readonly message: string;
}

/** A field that works but should not be used any more. */
export interface Deprecation {
  readonly path: string;
  /** What to use instead. */
  readonly message: string;
}

/** The path of a member: `spec` and `replicas` give `spec.replicas`; names that are no words go in quotes. */
export function joinPath(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** A value as it is shown in a message: JSON, cut to a length that fits a line. */
export function showValue(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
