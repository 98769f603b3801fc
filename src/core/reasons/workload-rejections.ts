import type { Entries } from './entry.ts';

/** Why a workload cannot be rendered: fields that it alone has. */
export const workloadRejections = {
  InvalidStorage: {
    code: 'STK5601',
    meaning: 'The settings of the storage of Prometheus cannot be used',
    example: 'Cannot use "120": want a number from 0 to 100',
    mend: 'Write a value as the message wants it.',
  },
  InvalidOTLP: {
    code: 'STK5602',
    meaning: 'The settings of OTLP cannot be used',
    example: 'Cannot promote some attributes while "promoteAllResourceAttributes" promotes all',
    mend: 'Remove one of the two fields, or raise spec.version as the message says.',
  },
  InvalidTracing: {
    code: 'STK5603',
    meaning: 'The settings of tracing cannot be used',
    example: 'Cannot use "2": want a number from 0 to 1',
    mend: 'Write a value as the message wants it.',
  },
  InvalidAdditionalConfig: {
    code: 'STK5604',
    meaning: 'What an additional configuration refers to is no list of maps',
    example: 'Cannot use what it refers to: want a list of maps',
    mend: 'Write a list into the key of the Secret: it begins with "- job_name:", without "scrape_configs:" above it.',
  },
} as const satisfies Entries;
