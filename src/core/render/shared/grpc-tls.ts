import type { GRPCServerTLSConfig } from '../../../api/parts/tls.ts';
import type { Version } from '../../../base/version.ts';
import { argumentIfSet } from './arguments.ts';
import type { MaybeArgument } from './arguments.ts';

const tlsVersions: Readonly<Record<string, string>> = { TLS10: '1.0', TLS11: '1.1', TLS12: '1.2', TLS13: '1.3' };

/**
 * TLS of the gRPC server of a Thanos (docs/reference/rendering.md 4.15, 6.3). Only files are read here: references to Secrets in
 * this block are not served by the reference either.
 * @param version of Thanos.
 */
export function listGrpcTlsArguments(tls: GRPCServerTLSConfig | undefined, version: Version): MaybeArgument[] {
  if (tls === undefined) return [];
  const minimum = tls.minVersion === undefined ? undefined : tlsVersions[tls.minVersion];
  const listed = version.isAtLeast('0.42.0');
  return [
    argumentIfSet('grpc-server-tls-cert', tls.certFile),
    argumentIfSet('grpc-server-tls-key', tls.keyFile),
    argumentIfSet('grpc-server-tls-client-ca', tls.caFile),
    version.isAtLeast('0.37.0') && argumentIfSet('grpc-server-tls-min-version', minimum),
    listed && argumentIfSet('grpc-server-tls-ciphers', tls.cipherSuites?.join(',')),
    listed && argumentIfSet('grpc-server-tls-curves', tls.curves?.join(',')),
  ];
}
