/** Certificates in a folder, and clients that look at a server. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import type { RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { createAuthority, createLeaf } from '../../../src/base/certificates.ts';
import type { KeyedCertificate } from '../../../src/base/certificates.ts';
import type { TlsPaths } from '../../../src/web/tls-files.ts';

export const validity = { notBefore: new Date('2020-01-01'), notAfter: new Date('2049-01-01') };

export const makeAuthority = (): Promise<KeyedCertificate> => createAuthority({ commonName: 'ca', ...validity });

export const makeServer = (authority: KeyedCertificate, notAfter = validity.notAfter): Promise<KeyedCertificate> =>
  createLeaf(authority, { commonName: 'server', hosts: ['127.0.0.1'], ...validity, notAfter });

export const makeClient = (authority: KeyedCertificate): Promise<KeyedCertificate> =>
  createLeaf(authority, { commonName: 'client', hosts: [], usage: 'client', ...validity });

/** A folder that ends with the test. */
export function makeFolder(test: TestContext): TlsPaths {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-tls-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  return { certFile: path('tls.crt'), keyFile: path('tls.key'), clientCaFile: path('tls-ca.crt') };
}

export function writePair({ certFile, keyFile }: TlsPaths, { certificate, key }: KeyedCertificate): void {
  writeFileSync(certFile, certificate);
  writeFileSync(keyFile, key);
}

export interface Seen {
  readonly status: number;
  readonly text: string;
  readonly fingerprint: string;
  readonly protocol: string;
  readonly cipher: string;
}

/** One request on a connection of its own. Rejects when the connection fails. */
export function look(url: string, options: RequestOptions): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, ...options }, (response) => {
      const socket = response.socket as TLSSocket;
      const { fingerprint256: fingerprint } = socket.getPeerCertificate();
      const seen = {
        status: response.statusCode ?? 0,
        fingerprint,
        protocol: socket.getProtocol() ?? '',
        cipher: socket.getCipher().name,
      };
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve({ ...seen, text }));
    });
    request.on('error', reject);
  });
}
