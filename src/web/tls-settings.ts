/** What TLS is spoken with, from the names that Go has for it; users of the reference have those in their manifests. */
import { createSecureContext } from 'node:tls';
import type { SecureVersion } from 'node:tls';

/** Options of Node's TLS servers. */
export interface TlsSettings {
  readonly minVersion: SecureVersion;
  /** OpenSSL names, ":" between them; Node's own choice when undefined. */
  readonly ciphers: string | undefined;
  /** OpenSSL names, ":" between them; Node's own choice when undefined. */
  readonly ecdhCurve: string | undefined;
}

export const tlsVersions: Readonly<Record<string, SecureVersion>> = {
  VersionTLS12: 'TLSv1.2',
  VersionTLS13: 'TLSv1.3',
};

/** TLS 1.3 chooses among these by itself; a list of suites says nothing about it (docs/reference/operator-runtime.md 1.2). */
const tls13Suites = ['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'] as const;

/** Suites that Go and OpenSSL both have, by the names of Go. */
export const cipherSuites: Readonly<Record<string, string>> = {
  ...Object.fromEntries(tls13Suites.map((name) => [name, name])),
  TLS_RSA_WITH_AES_128_CBC_SHA: 'AES128-SHA',
  TLS_RSA_WITH_AES_256_CBC_SHA: 'AES256-SHA',
  TLS_RSA_WITH_AES_128_CBC_SHA256: 'AES128-SHA256',
  TLS_RSA_WITH_AES_128_GCM_SHA256: 'AES128-GCM-SHA256',
  TLS_RSA_WITH_AES_256_GCM_SHA384: 'AES256-GCM-SHA384',
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA: 'ECDHE-ECDSA-AES128-SHA',
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA: 'ECDHE-ECDSA-AES256-SHA',
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256: 'ECDHE-ECDSA-AES128-SHA256',
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: 'ECDHE-ECDSA-AES128-GCM-SHA256',
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: 'ECDHE-ECDSA-AES256-GCM-SHA384',
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305: 'ECDHE-ECDSA-CHACHA20-POLY1305',
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256: 'ECDHE-ECDSA-CHACHA20-POLY1305',
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: 'ECDHE-RSA-AES128-SHA',
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA: 'ECDHE-RSA-AES256-SHA',
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256: 'ECDHE-RSA-AES128-SHA256',
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: 'ECDHE-RSA-AES128-GCM-SHA256',
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: 'ECDHE-RSA-AES256-GCM-SHA384',
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305: 'ECDHE-RSA-CHACHA20-POLY1305',
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256: 'ECDHE-RSA-CHACHA20-POLY1305',
};

/** Key exchanges by the names of Go. The last one needs OpenSSL 3.5 below Node. */
export const curves: Readonly<Record<string, string>> = {
  CurveP256: 'P-256',
  CurveP384: 'P-384',
  CurveP521: 'P-521',
  X25519: 'X25519',
  X25519MLKEM768: 'X25519MLKEM768',
};

/** Those names of curves that this Node cannot use. */
export function listUnknownCurves(names: readonly string[]): string[] {
  return names.filter((name) => {
    try {
      createSecureContext({ ecdhCurve: curves[name] ?? name });
      return false;
    } catch {
      return true;
    }
  });
}

/**
 * Settings of a server from names of Go, each in its table above. Curves that this Node does not have are left out.
 * @throws {RangeError} when no curve is left.
 */
export function chooseTlsSettings(names: {
  readonly minVersion: string;
  readonly cipherSuites: readonly string[];
  readonly curves: readonly string[];
}): TlsSettings {
  const unknown = new Set(listUnknownCurves(names.curves));
  const usable = names.curves.filter((name) => !unknown.has(name));
  if (names.curves.length > 0 && usable.length === 0)
    throw new RangeError(`Cannot use curves "${names.curves.join(',')}": this Node has none of them`);
  const join = (list: readonly string[]): string | undefined => (list.length === 0 ? undefined : list.join(':'));
  const older = names.cipherSuites.filter((name) => !tls13Suites.some((one) => one === name));
  return {
    minVersion: tlsVersions[names.minVersion] ?? 'TLSv1.3',
    ciphers:
      older.length === 0 ? undefined : join([...tls13Suites, ...older.map((name) => cipherSuites[name] ?? name)]),
    ecdhCurve: join(usable.map((name) => curves[name] ?? name)),
  };
}
