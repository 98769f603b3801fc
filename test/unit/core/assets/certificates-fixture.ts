import { createAuthority } from '../../../../src/base/certificates.ts';
import type { KeyedCertificate } from '../../../../src/base/certificates.ts';

/** Makes a new self-signed certificate with its key each time. */
export function makePair(): Promise<KeyedCertificate> {
  return createAuthority({ commonName: 'test', notBefore: new Date(0), notAfter: new Date('2100-01-01') });
}
