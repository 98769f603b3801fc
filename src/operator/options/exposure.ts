import { isLoopbackHost } from '../../web/loopback.ts';
import type { FlagReader } from './reader.ts';
import { readChoice } from './values.ts';

/** Who may see what the web server tells beside health. `authorized`: whom TokenReview and SubjectAccessReview let. */
export interface ExposureOptions {
  readonly explain: 'loopback' | 'off' | 'authorized' | 'open';
  readonly metrics: 'authorized' | 'open';
}

const hostOf = (address: string): string => address.slice(0, address.lastIndexOf(':'));

/** `auto` opens `/explain` to whoever reaches a loopback address, and to nobody elsewhere. */
export function readExposure(reader: FlagReader): ExposureOptions {
  const choice = readChoice('web.explain', reader.text('web.explain'), ['auto', 'off', 'authorized', 'open'] as const);
  const auto = isLoopbackHost(hostOf(reader.text('web.listen-address'))) ? 'loopback' : 'off';
  return {
    explain: choice === 'auto' ? auto : choice,
    metrics: readChoice('web.metrics', reader.text('web.metrics'), ['open', 'authorized'] as const),
  };
}
