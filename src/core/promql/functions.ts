import type { PromqlType } from './types.ts';

/** How a function or aggregation is called. */
export interface Signature {
  readonly parameters: readonly PromqlType[];
  readonly returns: PromqlType;
  /** Fewest arguments. */
  readonly least: number;
  /** Most arguments; those beyond `parameters` have the last one's type. */
  readonly most: number;
  readonly experimental: boolean;
}

type Limits = Partial<Pick<Signature, 'least' | 'most' | 'experimental' | 'returns'>>;

function describe(parameters: readonly PromqlType[], limits: Limits = {}): Signature {
  const count = parameters.length;
  return { parameters, returns: 'vector', least: count, most: count, experimental: false, ...limits };
}

function tabulate(names: string, signature: Signature): [string, Signature][] {
  return names.split(/\s+/).map((name) => [name, signature]);
}

const experimental = { experimental: true };
const manyLabels = { least: 1, most: Infinity, experimental: true };

/** The functions of Prometheus 3.14 by name. Names are case-sensitive. */
export const functions: ReadonlyMap<string, Signature> = new Map([
  ...tabulate(
    `abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count
     histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad sgn sin sinh sort sort_desc sqrt tan tanh
     timestamp`,
    describe(['vector']),
  ),
  ...tabulate('start_timestamp', describe(['vector'], experimental)),
  ...tabulate(
    `absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate
     last_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time
     sum_over_time`,
    describe(['matrix']),
  ),
  ...tabulate(
    'mad_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time',
    describe(['matrix'], experimental),
  ),
  ...tabulate(
    'day_of_month day_of_week day_of_year days_in_month hour minute month year',
    describe(['vector'], { least: 0 }),
  ),
  ...tabulate('pi time', describe([], { returns: 'scalar' })),
  ...tabulate('start end range step', describe([], { returns: 'scalar', experimental: true })),
  ...tabulate('max_of min_of', describe(['scalar', 'scalar'], { returns: 'scalar', experimental: true })),
  ...tabulate('clamp', describe(['vector', 'scalar', 'scalar'])),
  ...tabulate('clamp_max clamp_min', describe(['vector', 'scalar'])),
  ...tabulate('double_exponential_smoothing', describe(['matrix', 'scalar', 'scalar'], experimental)),
  ...tabulate('histogram_fraction', describe(['scalar', 'scalar', 'vector'])),
  ...tabulate('histogram_quantile', describe(['scalar', 'vector'])),
  ...tabulate(
    'histogram_quantiles',
    describe(['vector', 'string', 'scalar', 'scalar'], { least: 3, most: 12, experimental: true }),
  ),
  ...tabulate('info', describe(['vector', 'vector'], { least: 1, experimental: true })),
  ...tabulate('label_join', describe(['vector', 'string', 'string', 'string'], { least: 3, most: Infinity })),
  ...tabulate('label_replace', describe(['vector', 'string', 'string', 'string', 'string'])),
  ...tabulate('predict_linear', describe(['matrix', 'scalar'])),
  ...tabulate('quantile_over_time', describe(['scalar', 'matrix'])),
  ...tabulate('round', describe(['vector', 'scalar'], { least: 1 })),
  ...tabulate('scalar', describe(['vector'], { returns: 'scalar' })),
  ...tabulate('sort_by_label sort_by_label_desc', describe(['vector', 'string'], manyLabels)),
  ...tabulate('vector', describe(['scalar'])),
]);

/** The aggregation operators by lower-case name; a parameter comes before the aggregated expression. */
export const aggregations: ReadonlyMap<string, Signature> = new Map([
  ...tabulate('avg count group max min stddev stdvar sum', describe(['vector'])),
  ...tabulate('bottomk quantile topk', describe(['scalar', 'vector'])),
  ...tabulate('count_values', describe(['string', 'vector'])),
  ...tabulate('limitk limit_ratio', describe(['scalar', 'vector'], experimental)),
]);
