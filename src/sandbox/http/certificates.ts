/** A certificate authority of our own and a server certificate for this machine's loopback addresses. */
import { createAuthority, createLeaf } from '../../base/certificates.ts';

export interface Certificates {
  /** PEM texts. */
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** Wide, so that sandboxes on a clock of their own are trusted too. */
const validity = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2049-12-31T00:00:00Z') };
const hosts = ['localhost', 'kubernetes.default.svc', '127.0.0.1'];

export async function createCertificates(): Promise<Certificates> {
  const authority = await createAuthority({ commonName: 'stoker-sandbox-ca', ...validity });
  const leaf = await createLeaf(authority, { commonName: 'kube-apiserver', hosts, ...validity });
  return { ca: authority.certificate, ...leaf };
}
