import type { Entries } from './entry.ts';

/** Link `series` of explain. */
export const seriesReasons = {
  SeriesPossible: {
    code: 'STK1201',
    meaning: 'What is scraped may have the series that the expressions of the rules select',
  },
  SeriesUnknown: { code: 'STK1202', meaning: 'Whether there are such series cannot be told from here' },
  SeriesImpossible: {
    code: 'STK1203',
    meaning: 'Nothing that is scraped can have the labels that an expression selects',
    example:
      'alert Gone selects up{job="checkout", namespace="bank"}; namespace is "shop" on what is scraped, so absent() of it is always true',
    mend: 'Compare the matchers of the selector with the labels of the targets (stoker targets): job, namespace, service, pod and endpoint come from the monitor. Correct the value, or stop the relabelling that drops the metric.',
  },
} as const satisfies Entries;
