import { secretKeySelector, secretOrConfigMap } from './references.ts';
import { tlsVersion } from './scalars.ts';
import { flag, object, optional, setOf, text } from '../schema.ts';
import type { Static } from '../schema.ts';

export const safeTLSConfig = object({
  ca: optional(secretOrConfigMap, ''),
  cert: optional(secretOrConfigMap, ''),
  insecureSkipVerify: optional(flag, ''),
  keySecret: optional(secretKeySelector, ''),
  maxVersion: optional(tlsVersion, ''),
  minVersion: optional(tlsVersion, ''),
  serverName: optional(text, ''),
});

export type SafeTLSConfig = Static<typeof safeTLSConfig>;

export const tlsConfig = object({
  ca: optional(secretOrConfigMap, ''),
  caFile: optional(text, ''),
  cert: optional(secretOrConfigMap, ''),
  certFile: optional(text, ''),
  insecureSkipVerify: optional(flag, ''),
  keyFile: optional(text, ''),
  keySecret: optional(secretKeySelector, ''),
  maxVersion: optional(tlsVersion, ''),
  minVersion: optional(tlsVersion, ''),
  serverName: optional(text, ''),
});

export type TLSConfig = Static<typeof tlsConfig>;

export const grpcServerTLSConfig = object({
  ca: optional(secretOrConfigMap, ''),
  caFile: optional(text, ''),
  cert: optional(secretOrConfigMap, ''),
  certFile: optional(text, ''),
  cipherSuites: optional(setOf(text), '', { minItems: 1 }),
  curves: optional(setOf(text), '', { minItems: 1 }),
  insecureSkipVerify: optional(flag, ''),
  keyFile: optional(text, ''),
  keySecret: optional(secretKeySelector, ''),
  maxVersion: optional(tlsVersion, ''),
  minVersion: optional(tlsVersion, ''),
  serverName: optional(text, ''),
});

export type GRPCServerTLSConfig = Static<typeof grpcServerTLSConfig>;
