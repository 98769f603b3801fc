import { X509Certificate, createPrivateKey } from 'node:crypto';

function parseCertificate(pem: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** True when the first PEM block is a certificate. */
export function isCertificate(pem: Buffer): boolean {
  return pem.includes('-----BEGIN') && parseCertificate(pem) !== undefined;
}

/** True when both parse and the private key belongs to the certificate. */
export function isKeyPair(certificate: Buffer, key: Buffer): boolean {
  const parsed = parseCertificate(certificate);
  if (parsed === undefined) return false;
  try {
    return parsed.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}
