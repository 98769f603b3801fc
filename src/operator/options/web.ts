import type { TlsPaths } from '../../web/tls-files.ts';
import { cipherSuites, curves, tlsVersions } from '../../web/tls-settings.ts';
import type { FlagReader } from './reader.ts';
import { readChoice } from './values.ts';

/** Flags of a web server; the operator's and the webhook's are the same but for their defaults. */
export interface WebOptions {
  readonly listenAddress: string;
  readonly http2: boolean;
  readonly tls: WebTlsOptions | undefined;
}

export interface WebTlsOptions {
  readonly files: TlsPaths;
  readonly reloadIntervalMs: number;
  /** Names as Go has them, each one that is known. */
  readonly names: {
    readonly minVersion: string;
    readonly cipherSuites: readonly string[];
    readonly curves: readonly string[];
  };
}

/** @throws {OptionError} for a name that TLS does not have. */
export function readWeb(reader: FlagReader): WebOptions {
  const tls = readTls(reader);
  return {
    listenAddress: reader.text('web.listen-address'),
    http2: reader.bool('web.enable-http2'),
    tls: reader.bool('web.enable-tls') ? tls : undefined,
  };
}

/** @throws {OptionError} for a name that TLS does not have. */
export function readTls(reader: FlagReader): WebTlsOptions {
  return {
    files: {
      certFile: reader.text('web.cert-file'),
      keyFile: reader.text('web.key-file'),
      clientCaFile: reader.text('web.client-ca-file'),
    },
    reloadIntervalMs: reader.duration('web.tls-reload-interval'),
    names: {
      minVersion: readChoice('web.tls-min-version', reader.text('web.tls-min-version'), Object.keys(tlsVersions)),
      cipherSuites: readNames('web.tls-cipher-suites', reader, cipherSuites),
      curves: readNames('web.tls-curves', reader, curves),
    },
  };
}

/** Known names in the order given, which is the order of preference. */
function readNames(name: string, reader: FlagReader, known: Readonly<Record<string, string>>): readonly string[] {
  return reader.list(name).map((one) => readChoice(name, one, Object.keys(known)));
}
