import type { DisruptionDefaults } from '../../core/disruption/policy.ts';
import { readWindows } from '../../core/disruption/windows.ts';
import type { FlagReader } from './reader.ts';
import { OptionError, readChoice } from './values.ts';

/** When changes may restart pods. */
export interface DisruptionOptions extends DisruptionDefaults {
  /** So many workloads may be not ready at once; 0: no limit. */
  readonly limit: number;
}

/** @throws {OptionError} naming the flag. */
export function readDisruption(reader: FlagReader): DisruptionOptions {
  const window = reader.text('maintenance-window').trim();
  const windows = window === '' ? [] : readWindows(window);
  if (typeof windows === 'string') throw new OptionError(`--maintenance-window: ${windows}`, 1);
  const limit = reader.text('max-disrupted-workloads');
  if (!/^\d{1,6}$/.test(limit))
    throw new OptionError(`--max-disrupted-workloads must be a whole number from 0, not "${limit}"`, 1);
  return {
    mode: readChoice('disruption', reader.text('disruption'), ['allow', 'approve'] as const),
    window,
    limit: Number(limit),
  };
}
