/** What a TLS server shows of itself, and by what it knows its clients. */
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { describeError } from '../base/errors.ts';

/** PEM texts, checked to fit each other. */
export interface ServerIdentity {
  /** The serving certificate first, then what leads to its CA. */
  readonly certificate: string;
  readonly key: string;
  /** CAs that clients need a certificate of; undefined when clients need none. */
  readonly clientCa: string | undefined;
  /** When the serving certificate ends, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Where a server gets its identity from, now and whenever it changes. */
export interface IdentitySource {
  readonly current: ServerIdentity;
  /** Calls `listener` after each change; returns how to end that. */
  subscribe(listener: (identity: ServerIdentity) => void): () => void;
}

/** An identity that cannot be used; the message holds nothing of the key. */
export class IdentityError extends Error {
  override readonly name = 'IdentityError';
}

/**
 * Checks that certificate and key belong together and that the certificate has not ended.
 * @param now milliseconds since 1970.
 * @throws {IdentityError} when they cannot be served with.
 */
export function checkIdentity(texts: Omit<ServerIdentity, 'expiresAt'>, now: number): ServerIdentity {
  const certificate = attempt('read the certificate', () => new X509Certificate(texts.certificate));
  const key = attempt('read the key', () => createPrivateKey(texts.key));
  if (!certificate.checkPrivateKey(key))
    throw new IdentityError('Cannot use the key: it is not that of the certificate');
  const expiresAt = Date.parse(certificate.validTo);
  if (expiresAt <= now) throw new IdentityError(`Cannot use the certificate: it ended on ${formatDay(expiresAt)}`);
  if (texts.clientCa !== undefined) attempt('read the CA of clients', () => new X509Certificate(texts.clientCa ?? ''));
  const { clientCa: ca } = texts;
  attempt('serve with the certificate', () =>
    createSecureContext({ cert: texts.certificate, key: texts.key, ...(ca === undefined ? {} : { ca }) }),
  );
  return { ...texts, expiresAt };
}

const formatDay = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');

/** OpenSSL's messages name the kind of mistake, never the content. */
function attempt<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new IdentityError(`Cannot ${what}: ${describeError(error)}`);
  }
}
