/** Callers of a page that strangers reach: known by a token or a client certificate, or not let in. */
import type { TLSSocket } from 'node:tls';
import type { Clock } from '../../base/clock.ts';
import type { Subject } from '../../kubernetes/subject-access.ts';
import type { Exchange } from '../../web/http-server.ts';
import type { PageCaller, PageGuard } from '../../web/page/page-guard.ts';
import { RefusalError, readCallerToken } from '../../web/page/page-guard.ts';
import { callerStreamMs } from '../limits.ts';
import type { ReviewGuard } from '../review-guard.ts';
import type { CallerSights } from './caller-sights.ts';

/** The group of all whom the API server knows: it adds it to what a certificate says, and so must who asks it about one. */
const authenticated = 'system:authenticated';

const toList = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one !== '');

/** The socket below, where it has a certificate of the CA that clients are known by. */
function findCertified(exchange: Exchange | undefined): TLSSocket | undefined {
  if (exchange === undefined) return undefined;
  const { incoming } = exchange;
  // The socket of HTTP/2 is a stand-in: it answers what it is asked, but has no property of its own.
  const socket = 'stream' in incoming ? incoming.stream.session?.socket : incoming.socket;
  return (socket as Partial<TLSSocket> | undefined)?.authorized === true ? (socket as TLSSocket) : undefined;
}

/**
 * Whom a client certificate names, as the API server reads it: the common name is the user, organisations are groups.
 * Undefined without one, and once it has ended: connections outlive the handshake.
 * @param now milliseconds since 1970.
 */
function readCertificateSubject(exchange: Exchange | undefined, now: number): Subject | undefined {
  const socket = findCertified(exchange);
  if (socket === undefined) return undefined;
  const { subject, valid_to: end } = socket.getPeerCertificate();
  if (!(now < Date.parse(end))) return undefined;
  const names = subject as Readonly<Record<string, unknown>> | undefined;
  const [user, ...more] = toList(names?.CN);
  if (user === undefined || more.length > 0) return undefined;
  return { user, groups: [...toList(names?.O), authenticated] };
}

export interface CallerGuardDeps {
  /** Whose token it is: strangers use up no more than its budget. */
  readonly identities: Pick<ReviewGuard, 'identifyToken'>;
  /** What somebody may get who is known. */
  readonly rights: Pick<ReviewGuard, 'mayDo'>;
  readonly sights: Pick<CallerSights, 'look'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** The guard of a page that is not on a loopback address. */
export function createCallerGuard(deps: CallerGuardDeps): PageGuard {
  return async (request, exchange) => {
    const known = readCertificateSubject(exchange, deps.clock.now());
    const token = known === undefined ? readCallerToken(request) : undefined;
    const identified = known === undefined ? await deps.identities.identifyToken(token) : { subject: known };
    return 'refusal' in identified ? identified : { caller: createCaller(identified.subject, deps) };
  };
}

function createCaller(subject: Subject, { rights, sights }: CallerGuardDeps): PageCaller {
  return {
    user: subject.user,
    mayGet: async (wanted) => {
      const verdict = await rights.mayDo(subject, { verb: 'get', ...wanted });
      if (typeof verdict !== 'boolean') throw new RefusalError(verdict);
      return verdict;
    },
    look: (places) => sights.look(subject, places),
    streamMs: callerStreamMs,
  };
}
