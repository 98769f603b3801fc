/** What an expression evaluates to. `vector` is an instant vector, `matrix` a range vector. */
export type PromqlType = 'scalar' | 'vector' | 'matrix' | 'string';

/** Parts of the language that Prometheus has only behind `--enable-feature`. */
export interface PromqlOptions {
  /** `promql-experimental-functions` */
  readonly experimentalFunctions: boolean;
  /** `promql-duration-expr` */
  readonly durationExpressions: boolean;
  /** `promql-extended-range-selectors` */
  readonly extendedRangeSelectors: boolean;
  /** `promql-binop-fill-modifiers` */
  readonly binopFillModifiers: boolean;
}

/** What is wrong, where. `line` and `column` count from 1, columns in characters; `offset` is an index into the text. */
export interface PromqlError {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** The words of an expression's types in messages. */
export const typeNames: Readonly<Record<PromqlType, string>> = {
  scalar: 'scalar',
  vector: 'instant vector',
  matrix: 'range vector',
  string: 'string',
};

/** The language without any feature switched on. */
export const defaultPromqlOptions: PromqlOptions = {
  experimentalFunctions: false,
  durationExpressions: false,
  extendedRangeSelectors: false,
  binopFillModifiers: false,
};

/** The options that `spec.enableFeatures` of a Prometheus switches on (docs/reference/rendering.md 3.8). */
export function readPromqlOptions(enableFeatures: readonly string[]): PromqlOptions {
  return {
    experimentalFunctions: enableFeatures.includes('promql-experimental-functions'),
    durationExpressions: enableFeatures.includes('promql-duration-expr'),
    extendedRangeSelectors: enableFeatures.includes('promql-extended-range-selectors'),
    binopFillModifiers: enableFeatures.includes('promql-binop-fill-modifiers'),
  };
}
