import type { Logger } from '../base/logger.ts';
import type { Guard } from '../web/guard.ts';
import { closedGuard, loopbackGuard, openGuard } from '../web/guard.ts';
import type { Options } from './options/options.ts';
import type { ReviewGuardDeps } from './review-guard.ts';
import { ReviewGuard } from './review-guard.ts';

export interface ExposureDeps extends ReviewGuardDeps {
  readonly options: Pick<Options, 'exposure' | 'web'>;
  readonly logger: Logger;
}

/** Who is let in where. */
export interface Guards {
  readonly explain: Guard;
  readonly metrics: Guard;
}

const off = 'Explanations are off here: --web.explain=authorized turns them on, `stoker explain` needs nothing';

/** The guards that the flags ask for. */
export function createGuards(deps: ExposureDeps): Guards {
  const { exposure, web } = deps.options;
  const review = new ReviewGuard(deps);
  const guards = { loopback: loopbackGuard, off: closedGuard(off), authorized: review.admit, open: openGuard };
  if (Object.values(exposure).includes('authorized') && web.tls === undefined)
    deps.logger.warn('Tokens of callers are sent in clear: --web.enable-tls protects them', {
      address: web.listenAddress,
    });
  return { explain: guards[exposure.explain], metrics: guards[exposure.metrics] };
}
