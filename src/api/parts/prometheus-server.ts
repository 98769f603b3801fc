import { flag, int32, list, nonEmpty, object, oneOf, optional, required, setOf, text, textMap } from '../schema.ts';
import type { Static } from '../schema.ts';
import { authorization, basicAuth } from './http-client.ts';
import { proxyFields } from './proxy.ts';
import { remoteWriteSpec } from './remote-write.ts';
import { duration, quantity, remoteWriteMessageVersion } from './scalars.ts';
import { tlsConfig } from './tls.ts';
import { prometheusWebSpec } from './web.ts';

export const apiServerConfig = object({
  authorization: optional(
    authorization,
    'Authorization header to send. At most one of authorization, basicAuth and the bearer tokens may be set.',
  ),
  basicAuth: optional(
    basicAuth,
    'User name and password to send. At most one of authorization, basicAuth and the bearer tokens may be set.',
  ),
  bearerToken: optional(text, 'Bearer token, in clear text.', {
    deprecated: 'use authorization, which keeps the token in a Secret',
  }),
  bearerTokenFile: optional(text, 'Path in the Prometheus container of a file with a bearer token.', {
    deprecated: 'use authorization',
  }),
  host: required(text, 'URL of the API server that Prometheus discovers with.'),
  tlsConfig: optional(tlsConfig, 'TLS settings of the requests.'),
  ...proxyFields,
});

export type APIServerConfig = Static<typeof apiServerConfig>;

export const otlpConfig = object({
  convertHistogramsToNHCB: optional(flag, 'Converts explicit histograms to native histograms with custom buckets.', {
    since: 'Prometheus 3.4.0',
  }),
  ignoreResourceAttributes: optional(
    setOf(nonEmpty),
    'Resource attributes not to promote. Needs promoteAllResourceAttributes.',
    { since: 'Prometheus 3.5.0', minItems: 1 },
  ),
  keepIdentifyingResourceAttributes: optional(
    flag,
    'Keeps service.name, service.namespace and service.instance.id in target_info, besides job and instance.',
    { since: 'Prometheus 3.1.0' },
  ),
  labelNamePreserveMultipleUnderscores: optional(
    flag,
    'Keeps several underscores in a row in names of labels when they are translated. True by default.',
    { since: 'Prometheus 3.8.0' },
  ),
  labelNameUnderscoreSanitization: optional(
    flag,
    'Puts "key_" before names of labels that start with an underscore. True by default.',
    { since: 'Prometheus 3.8.0' },
  ),
  promoteAllResourceAttributes: optional(
    flag,
    'Makes all resource attributes labels of the series. Excludes promoteResourceAttributes.',
    { since: 'Prometheus 3.5.0' },
  ),
  promoteResourceAttributes: optional(setOf(nonEmpty), 'Resource attributes that become labels of the series.', {
    minItems: 1,
  }),
  promoteScopeMetadata: optional(flag, "Makes the scope's name, version and attributes labels of the series.", {
    since: 'Prometheus 3.6.0',
  }),
  translationStrategy: optional(
    oneOf(
      'NoUTF8EscapingWithSuffixes',
      'UnderscoreEscapingWithSuffixes',
      'NoTranslation',
      'UnderscoreEscapingWithoutSuffixes',
    ),
    'How names are made fit for Prometheus. NoUTF8EscapingWithSuffixes does not go with nameValidationScheme Legacy.',
    { since: 'Prometheus 3.0.0' },
  ),
});

export type OTLPConfig = Static<typeof otlpConfig>;

export const runtimeConfig = object({
  goGC: optional(int32, 'Growth of the heap, in percent, that starts a garbage collection; -1 turns it off.', {
    minimum: -1,
  }),
});

export type RuntimeConfig = Static<typeof runtimeConfig>;

export const tracingConfig = object({
  clientType: optional(oneOf('http', 'grpc', 'HTTP', 'GRPC'), 'Protocol of the collector. grpc by default.'),
  compression: optional(oneOf('gzip', 'Gzip'), 'Compression of the requests. None by default.'),
  endpoint: required(nonEmpty, 'Host and port of the collector.'),
  headers: optional(textMap, 'Headers to send with each request.'),
  insecure: optional(flag, 'Sends without TLS.'),
  samplingFraction: optional(quantity, 'Share of the traces to send, from 0 to 1. 0 by default.'),
  timeout: optional(duration, 'How long a request may take.'),
  tlsConfig: optional(tlsConfig, 'TLS settings of the requests.'),
});

export type TracingConfig = Static<typeof tracingConfig>;

export const tsdbChunkEncoding = object({
  floats: optional(oneOf('Xor', 'Xor2'), 'Encoding of chunks of floats. Xor2 also turns on the feature xor2-encoding.'),
});

export type TSDBChunkEncoding = Static<typeof tsdbChunkEncoding>;

export const tsdbSpec = object({
  chunkEncoding: optional(tsdbChunkEncoding, 'How samples are encoded.', { since: 'Prometheus 3.13.0' }),
  outOfOrderTimeWindow: optional(
    duration,
    'How much older than the newest sample of its series a sample may be. None by default.',
    { since: 'Prometheus 2.39.0' },
  ),
  staleSeriesCompactionThreshold: optional(
    quantity,
    'Share of stale series in memory, from 0 to 1, above which they are written to disk early.',
    { since: 'Prometheus 3.10.0' },
  ),
});

export type TSDBSpec = Static<typeof tsdbSpec>;

/** The program itself: features, receivers, storage, web. */
export const serverFields = {
  apiserverConfig: optional(
    apiServerConfig,
    'How Prometheus reaches the API server for discovery. By default from inside the cluster, with its ServiceAccount.',
  ),
  automountServiceAccountToken: optional(
    flag,
    'Whether the token of the ServiceAccount is mounted. True by default; discovery needs it.',
  ),
  configMaps: optional(list(text), 'ConfigMaps in the same namespace to mount below /etc/prometheus/configmaps.'),
  enableFeatures: optional(
    setOf(nonEmpty),
    'Experimental features to turn on. They may change or go away with any version of Prometheus.',
    { since: 'Prometheus 2.25.0' },
  ),
  enableOTLPReceiver: optional(flag, 'Takes metrics over OTLP. On by default when otlp is set.', {
    since: 'Prometheus 2.47.0',
  }),
  enableRemoteWriteReceiver: optional(
    flag,
    'Takes samples over remote write. Meant for few senders, not as a way to load much data.',
    { since: 'Prometheus 2.33.0' },
  ),
  externalUrl: optional(
    text,
    'URL under which Prometheus is reached from outside, for links in alerts and on its pages.',
  ),
  hostNetwork: optional(flag, 'Runs the pods in the network of their nodes. Mind that ports may clash.'),
  maximumStartupDurationSeconds: optional(
    int32,
    'How long a start may take before the pod is restarted, replaying the write-ahead log included. 900 by default.',
    { minimum: 60 },
  ),
  otlp: optional(otlpConfig, 'How metrics taken over OTLP are translated.', { since: 'Prometheus 2.55.0' }),
  reloadStrategy: optional(
    oneOf('HTTP', 'ProcessSignal'),
    'How the config-reloader makes Prometheus read its configuration again: HTTP (the default) calls /-/reload, ProcessSignal sends a signal.',
  ),
  remoteWrite: optional(list(remoteWriteSpec), 'Receivers to which samples are sent.'),
  remoteWriteReceiverMessageVersions: optional(
    setOf(remoteWriteMessageVersion),
    'Versions of the remote-write protocol the receiver takes. Needs enableRemoteWriteReceiver.',
    { since: 'Prometheus 2.54.0', minItems: 1 },
  ),
  runtime: optional(runtimeConfig, 'Settings of the Go runtime.'),
  secrets: optional(setOf(text), 'Secrets in the same namespace to mount below /etc/prometheus/secrets.'),
  tracingConfig: optional(tracingConfig, 'Where Prometheus sends traces of its own work.'),
  tsdb: optional(tsdbSpec, 'Settings of the time series database.'),
  walCompression: optional(flag, 'Compresses the write-ahead log. On by default in current versions.', {
    since: 'Prometheus 2.11.0',
  }),
  web: optional(prometheusWebSpec, 'Settings of the web server.'),
};
