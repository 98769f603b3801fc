/** X.509 certificates of our own making: an authority, and what it signs. Keys are of the curve P-256. */
import './reflect-metadata.ts';
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** PEM texts. */
export interface KeyedCertificate {
  readonly certificate: string;
  readonly key: string;
}

export interface CertificateSubject {
  readonly commonName: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export interface LeafSubject extends CertificateSubject {
  /** DNS names and IP addresses. */
  readonly hosts: readonly string[];
  /** Whether it is shown by servers or by clients; servers when left out. */
  readonly usage?: 'server' | 'client';
  /** The groups of a client, as the API server reads them. */
  readonly organizations?: readonly string[];
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A certificate authority that signs itself. */
export async function createAuthority({
  commonName,
  notBefore,
  notAfter,
}: CertificateSubject): Promise<KeyedCertificate> {
  const keys = await generateKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: makeSerialNumber(),
    name: [{ CN: [commonName] }],
    notBefore,
    notAfter,
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      // Two authorities of one name in a bundle are told apart by it.
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: toPem(certificate), key: await exportKey(keys.privateKey) };
}

/** A certificate that the authority signs, with a key of its own. */
export async function createLeaf(authority: KeyedCertificate, subject: LeafSubject): Promise<KeyedCertificate> {
  const { commonName, notBefore, notAfter, hosts, usage = 'server', organizations = [] } = subject;
  const issuer = new X509Certificate(authority.certificate);
  const keys = await generateKeys();
  const certificate = await X509CertificateGenerator.create({
    serialNumber: makeSerialNumber(),
    subject: [{ CN: [commonName] }, ...organizations.map((name) => ({ O: [name] }))],
    issuer: issuer.subject,
    notBefore,
    notAfter,
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
      new ExtendedKeyUsageExtension([usage === 'server' ? ExtendedKeyUsage.serverAuth : ExtendedKeyUsage.clientAuth]),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ...(hosts.length === 0 ? [] : [new SubjectAlternativeNameExtension(hosts.map(nameHost))]),
    ],
  });
  return { certificate: toPem(certificate), key: await exportKey(keys.privateKey) };
}

const nameHost = (value: string): { type: 'ip' | 'dns'; value: string } => ({
  type: isIP(value) === 0 ? 'dns' : 'ip',
  value,
});

type CryptoKey = webcrypto.CryptoKey;

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

/** 127 random bits, hexadecimal; positive. */
function makeSerialNumber(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return Buffer.from(bytes).toString('hex');
}

const toPem = (certificate: X509Certificate): string => `${certificate.toString('pem')}\n`;

async function exportKey(key: CryptoKey): Promise<string> {
  return `${PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}

function importKey(pem: string): Promise<CryptoKey> {
  return webcrypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(pem), algorithm, false, ['sign']);
}
