import { authorization, basicAuth } from './http-client.ts';
import { proxyFields } from './proxy.ts';
import { remoteWriteSpec } from './remote-write.ts';
import { duration, quantity, remoteWriteMessageVersion } from './scalars.ts';
import { tlsConfig } from './tls.ts';
import { prometheusWebSpec } from './web.ts';
import { flag, int32, list, nonEmpty, object, oneOf, optional, required, setOf, text, textMap } from '../schema.ts';
import type { Static } from '../schema.ts';

export const apiServerConfig = object({
  authorization: optional(authorization, ''),
  basicAuth: optional(basicAuth, ''),
  bearerToken: optional(text, ''),
  bearerTokenFile: optional(text, ''),
  host: required(text, ''),
  tlsConfig: optional(tlsConfig, ''),
  ...proxyFields,
});

export type APIServerConfig = Static<typeof apiServerConfig>;

export const otlpConfig = object({
  convertHistogramsToNHCB: optional(flag, ''),
  ignoreResourceAttributes: optional(setOf(nonEmpty), '', { minItems: 1 }),
  keepIdentifyingResourceAttributes: optional(flag, ''),
  labelNamePreserveMultipleUnderscores: optional(flag, ''),
  labelNameUnderscoreSanitization: optional(flag, ''),
  promoteAllResourceAttributes: optional(flag, ''),
  promoteResourceAttributes: optional(setOf(nonEmpty), '', { minItems: 1 }),
  promoteScopeMetadata: optional(flag, ''),
  translationStrategy: optional(
    oneOf(
      'NoUTF8EscapingWithSuffixes',
      'UnderscoreEscapingWithSuffixes',
      'NoTranslation',
      'UnderscoreEscapingWithoutSuffixes',
    ),
    '',
  ),
});

export type OTLPConfig = Static<typeof otlpConfig>;

export const runtimeConfig = object({
  goGC: optional(int32, '', { minimum: -1 }),
});

export type RuntimeConfig = Static<typeof runtimeConfig>;

export const tracingConfig = object({
  clientType: optional(oneOf('http', 'grpc', 'HTTP', 'GRPC'), ''),
  compression: optional(oneOf('gzip', 'Gzip'), ''),
  endpoint: required(nonEmpty, ''),
  headers: optional(textMap, ''),
  insecure: optional(flag, ''),
  samplingFraction: optional(quantity, ''),
  timeout: optional(duration, ''),
  tlsConfig: optional(tlsConfig, ''),
});

export type TracingConfig = Static<typeof tracingConfig>;

export const tsdbChunkEncoding = object({
  floats: optional(oneOf('Xor', 'Xor2'), ''),
});

export type TSDBChunkEncoding = Static<typeof tsdbChunkEncoding>;

export const tsdbSpec = object({
  chunkEncoding: optional(tsdbChunkEncoding, ''),
  outOfOrderTimeWindow: optional(duration, ''),
  staleSeriesCompactionThreshold: optional(quantity, ''),
});

export type TSDBSpec = Static<typeof tsdbSpec>;

export const serverFields = {
  apiserverConfig: optional(apiServerConfig, ''),
  automountServiceAccountToken: optional(flag, ''),
  configMaps: optional(list(text), ''),
  enableFeatures: optional(setOf(nonEmpty), ''),
  enableOTLPReceiver: optional(flag, ''),
  enableRemoteWriteReceiver: optional(flag, ''),
  externalUrl: optional(text, ''),
  hostNetwork: optional(flag, ''),
  maximumStartupDurationSeconds: optional(int32, '', { minimum: 60 }),
  otlp: optional(otlpConfig, ''),
  reloadStrategy: optional(oneOf('HTTP', 'ProcessSignal'), ''),
  remoteWrite: optional(list(remoteWriteSpec), ''),
  remoteWriteReceiverMessageVersions: optional(setOf(remoteWriteMessageVersion), '', { minItems: 1 }),
  runtime: optional(runtimeConfig, ''),
  secrets: optional(setOf(text), ''),
  tracingConfig: optional(tracingConfig, ''),
  tsdb: optional(tsdbSpec, ''),
  walCompression: optional(flag, ''),
  web: optional(prometheusWebSpec, ''),
};
