import { flag, int32, list, object, oneOf, optional, text } from '../schema.ts';
import type { Static } from '../schema.ts';
import { secretKeySelector, secretOrConfigMap } from './references.ts';

export const webTLSConfig = object({
  cert: optional(secretOrConfigMap, "The server's certificate. Excludes certFile; one of them is needed."),
  certFile: optional(text, "Path in the container of the server's certificate. Excludes cert."),
  cipherSuites: optional(list(text), "Cipher suites the server offers, by Go's names. Has no effect on TLS 1.3."),
  clientAuthType: optional(text, "Which certificates clients must show, by Go's names. NoClientCert by default."),
  clientCAFile: optional(
    text,
    "Path in the container of the certificates that sign clients' certificates. Excludes client_ca.",
  ),
  client_ca: optional(secretOrConfigMap, "Certificates that sign clients' certificates. Excludes clientCAFile."),
  curvePreferences: optional(list(text), 'Elliptic curves the server offers, the preferred one first.'),
  keyFile: optional(text, "Path in the container of the server's private key. Excludes keySecret."),
  keySecret: optional(
    secretKeySelector,
    "Private key of the server's certificate. Excludes keyFile; one of them is needed.",
  ),
  maxVersion: optional(text, 'Highest version of TLS to offer. TLS13 by default.'),
  minVersion: optional(text, 'Lowest version of TLS to accept. TLS12 by default.'),
  preferServerCipherSuites: optional(flag, "Whether the server's order of cipher suites counts."),
});

export type WebTLSConfig = Static<typeof webTLSConfig>;

export const webHTTPHeaders = object({
  contentSecurityPolicy: optional(text, 'Value of the Content-Security-Policy header.'),
  strictTransportSecurity: optional(text, 'Value of the Strict-Transport-Security header. Set it only when TLS is on.'),
  xContentTypeOptions: optional(oneOf('', 'NoSniff'), 'Value of the X-Content-Type-Options header.'),
  xFrameOptions: optional(oneOf('', 'Deny', 'SameOrigin'), 'Value of the X-Frame-Options header.'),
  xXSSProtection: optional(text, 'Value of the X-XSS-Protection header.'),
});

export type WebHTTPHeaders = Static<typeof webHTTPHeaders>;

export const webHTTPConfig = object({
  headers: optional(webHTTPHeaders, 'Headers to add to all responses.'),
  http2: optional(flag, 'Whether HTTP/2 is offered. Only with TLS; true by default. A change needs a restart.'),
});

export type WebHTTPConfig = Static<typeof webHTTPConfig>;

export const prometheusWebSpec = object({
  httpConfig: optional(webHTTPConfig, 'HTTP settings of the web server.'),
  maxConnections: optional(int32, 'Most connections at the same time. 512 by default.', { minimum: 0 }),
  pageTitle: optional(text, 'Title of the web page.', { since: 'Prometheus 2.6.0' }),
  tlsConfig: optional(
    webTLSConfig,
    'TLS settings of the web server. When set, probes and the config-reloader use https.',
  ),
});

export type PrometheusWebSpec = Static<typeof prometheusWebSpec>;

export const webConfigFileFields = object({
  httpConfig: optional(webHTTPConfig, 'HTTP settings of the web server.'),
  tlsConfig: optional(webTLSConfig, 'TLS settings of the web server. When set, probes use https.'),
});

export type WebConfigFileFields = Static<typeof webConfigFileFields>;
