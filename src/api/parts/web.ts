import { secretKeySelector, secretOrConfigMap } from './references.ts';
import { flag, int32, list, object, oneOf, optional, text } from '../schema.ts';
import type { Static } from '../schema.ts';

export const webTLSConfig = object({
  cert: optional(secretOrConfigMap, ''),
  certFile: optional(text, ''),
  cipherSuites: optional(list(text), ''),
  clientAuthType: optional(text, ''),
  clientCAFile: optional(text, ''),
  client_ca: optional(secretOrConfigMap, ''),
  curvePreferences: optional(list(text), ''),
  keyFile: optional(text, ''),
  keySecret: optional(secretKeySelector, ''),
  maxVersion: optional(text, ''),
  minVersion: optional(text, ''),
  preferServerCipherSuites: optional(flag, ''),
});

export type WebTLSConfig = Static<typeof webTLSConfig>;

export const webHTTPHeaders = object({
  contentSecurityPolicy: optional(text, ''),
  strictTransportSecurity: optional(text, ''),
  xContentTypeOptions: optional(oneOf('', 'NoSniff'), ''),
  xFrameOptions: optional(oneOf('', 'Deny', 'SameOrigin'), ''),
  xXSSProtection: optional(text, ''),
});

export type WebHTTPHeaders = Static<typeof webHTTPHeaders>;

export const webHTTPConfig = object({
  headers: optional(webHTTPHeaders, ''),
  http2: optional(flag, ''),
});

export type WebHTTPConfig = Static<typeof webHTTPConfig>;

export const prometheusWebSpec = object({
  httpConfig: optional(webHTTPConfig, ''),
  maxConnections: optional(int32, '', { minimum: 0 }),
  pageTitle: optional(text, ''),
  tlsConfig: optional(webTLSConfig, ''),
});

export type PrometheusWebSpec = Static<typeof prometheusWebSpec>;

export const webConfigFileFields = object({
  httpConfig: optional(webHTTPConfig, ''),
  tlsConfig: optional(webTLSConfig, ''),
});

export type WebConfigFileFields = Static<typeof webConfigFileFields>;
