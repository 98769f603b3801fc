import type { Entries } from './entry.ts';

/** Link `valid` of explain. */
export const validityReasons = {
  Valid: { code: 'STK1301', meaning: 'Nothing of the object is rejected' },
  Rejected: {
    code: 'STK1302',
    meaning: 'The operator leaves the object out; `cause` holds the reason of the rejection',
    example: 'spec.endpoints[0].interval: Cannot use "30 seconds": want a time such as 30s, 1m30s or 1h',
    mend: 'Correct the field that the message names; the page of the cause says more. Everything else goes on without the object until then. stoker check finds the same before anything is applied.',
  },
} as const satisfies Entries;
