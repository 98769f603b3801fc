import { flag, object, optional, setOf, text } from '../schema.ts';
import type { Static } from '../schema.ts';
import { secretKeySelector, secretOrConfigMap } from './references.ts';
import { tlsVersion } from './scalars.ts';

export const safeTLSConfig = object({
  ca: optional(
    secretOrConfigMap,
    "Certificates of the authorities that sign the server's certificate. Those of the system when not set.",
  ),
  cert: optional(secretOrConfigMap, 'Client certificate to present. Needs keySecret.'),
  insecureSkipVerify: optional(flag, 'Accepts any certificate of the server. Use it for tests only.'),
  keySecret: optional(secretKeySelector, 'Private key of the client certificate. Needs cert.'),
  maxVersion: optional(tlsVersion, 'Highest version of TLS to accept.', {
    since: 'Prometheus 2.41.0 or Alertmanager 0.25.0',
  }),
  minVersion: optional(tlsVersion, 'Lowest version of TLS to accept.', {
    since: 'Prometheus 2.35.0 or Alertmanager 0.25.0',
  }),
  serverName: optional(text, "Name that the server's certificate must carry, when it is not the host in the address."),
});

export type SafeTLSConfig = Static<typeof safeTLSConfig>;

export const tlsConfig = object({
  ca: optional(
    secretOrConfigMap,
    "Certificates of the authorities that sign the server's certificate. Excludes caFile.",
  ),
  caFile: optional(text, "Path in the Prometheus container of the authorities' certificates. Excludes ca."),
  cert: optional(secretOrConfigMap, 'Client certificate to present. Excludes certFile.'),
  certFile: optional(text, 'Path in the Prometheus container of the client certificate. Excludes cert.'),
  insecureSkipVerify: optional(flag, 'Accepts any certificate of the server. Use it for tests only.'),
  keyFile: optional(
    text,
    "Path in the Prometheus container of the client certificate's private key. Excludes keySecret.",
  ),
  keySecret: optional(secretKeySelector, 'Private key of the client certificate. Excludes keyFile.'),
  maxVersion: optional(tlsVersion, 'Highest version of TLS to accept.', { since: 'Prometheus 2.41.0' }),
  minVersion: optional(tlsVersion, 'Lowest version of TLS to accept.', { since: 'Prometheus 2.35.0' }),
  serverName: optional(text, "Name that the server's certificate must carry, when it is not the host in the address."),
});

export type TLSConfig = Static<typeof tlsConfig>;

export const grpcServerTLSConfig = object({
  ca: optional(secretOrConfigMap, 'Not used for the gRPC server: set caFile.'),
  caFile: optional(
    text,
    "Path in the container of the certificates that sign clients' certificates. Set, it makes the server ask clients for a certificate.",
  ),
  cert: optional(secretOrConfigMap, 'Not used for the gRPC server: set certFile.'),
  certFile: optional(text, "Path in the container of the server's certificate."),
  cipherSuites: optional(setOf(text), "Cipher suites the server offers, by Go's names. Has no effect on TLS 1.3.", {
    since: 'Thanos 0.42.0',
    minItems: 1,
  }),
  curves: optional(setOf(text), 'Elliptic curves the server offers, the preferred one first.', {
    since: 'Thanos 0.42.0',
    minItems: 1,
  }),
  insecureSkipVerify: optional(flag, 'Not used for the gRPC server.'),
  keyFile: optional(text, "Path in the container of the server's private key."),
  keySecret: optional(secretKeySelector, 'Not used for the gRPC server: set keyFile.'),
  maxVersion: optional(tlsVersion, 'Not used for the gRPC server.'),
  minVersion: optional(tlsVersion, 'Lowest version of TLS that clients may use.', { since: 'Thanos 0.37.0' }),
  serverName: optional(text, 'Not used for the gRPC server.'),
});

export type GRPCServerTLSConfig = Static<typeof grpcServerTLSConfig>;
