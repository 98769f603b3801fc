import { flag, int32, integer, list, object, optional, required, text, textMap } from '../schema.ts';
import type { Static } from '../schema.ts';
import { azureAD, sigv4 } from './cloud-auth.ts';
import { authorization, basicAuth, oauth2 } from './http-client.ts';
import { proxyFields } from './proxy.ts';
import { relabelConfig } from './relabel.ts';
import { duration, httpURL, remoteWriteMessageVersion } from './scalars.ts';
import { tlsConfig } from './tls.ts';

export const metadataConfig = object({
  maxSamplesPerSend: optional(int32, 'Most metadata entries in one request. Only with messages of version V1.0.', {
    since: 'Prometheus 2.29.0',
    minimum: -1,
  }),
  send: optional(
    flag,
    'Whether metadata (type, help, unit) is sent in requests of their own. Off for messages of version V2.0, which carry it with the samples.',
  ),
  sendInterval: optional(duration, 'How often metadata is sent.'),
});

export type MetadataConfig = Static<typeof metadataConfig>;

export const queueConfig = object({
  batchSendDeadline: optional(duration, 'How long a sample waits at most for its batch to fill.'),
  capacity: optional(integer, 'Samples held in memory by each shard before reading from the write-ahead log pauses.'),
  maxBackoff: optional(duration, 'Longest pause between two attempts.'),
  maxRetries: optional(
    integer,
    'Attempts for a failed batch. Prometheus 2.11.0 and newer retry without end and ignore it.',
  ),
  maxSamplesPerSend: optional(integer, 'Most samples in one request.'),
  maxShards: optional(integer, 'Most requests that are under way at the same time.'),
  minBackoff: optional(duration, 'First pause after a failed attempt; it doubles with each one.'),
  minShards: optional(integer, 'Number of shards to start with.'),
  retryOnRateLimit: optional(flag, 'Tries again when the receiver answers 429. Experimental in Prometheus.', {
    since: 'Prometheus 2.26.0',
  }),
  sampleAgeLimit: optional(duration, 'Samples older than this are dropped instead of sent.', {
    since: 'Prometheus 2.50.0',
  }),
});

export type QueueConfig = Static<typeof queueConfig>;

export const remoteWriteSpec = object({
  authorization: optional(
    authorization,
    'Authorization header to send. At most one of authorization, azureAd, basicAuth, oauth2 and sigv4 may be set.',
    { since: 'Prometheus 2.26.0' },
  ),
  azureAd: optional(
    azureAD,
    'Authenticates with Microsoft Entra ID. At most one of authorization, azureAd, basicAuth, oauth2 and sigv4 may be set.',
    { since: 'Prometheus 2.45.0' },
  ),
  basicAuth: optional(
    basicAuth,
    'User name and password to send. At most one of authorization, azureAd, basicAuth, oauth2 and sigv4 may be set.',
  ),
  bearerToken: optional(text, 'Bearer token, in clear text.', {
    deprecated: 'use authorization, which keeps the token in a Secret',
  }),
  bearerTokenFile: optional(text, 'Path in the container of a file with a bearer token.', {
    deprecated: 'use authorization',
  }),
  enableHTTP2: optional(flag, 'Whether HTTP/2 may be used.', { since: 'Prometheus 2.35.0' }),
  followRedirects: optional(flag, 'Whether redirects are followed. True by default.', { since: 'Prometheus 2.26.0' }),
  headers: optional(
    textMap,
    'Headers to send with each request. Those that Prometheus sets itself cannot be replaced.',
    { since: 'Prometheus 2.15.0' },
  ),
  messageVersion: optional(
    remoteWriteMessageVersion,
    'Version of the remote-write protocol. V1.0 by default; V2.0 is smaller on the wire and carries metadata.',
    { since: 'Prometheus 2.54.0' },
  ),
  metadataConfig: optional(metadataConfig, 'How metadata of metrics is sent.', { since: 'Prometheus 2.23.0' }),
  name: optional(text, 'Name of the queue in metrics and logs; must be unique among the receivers.', {
    since: 'Prometheus 2.15.0',
  }),
  oauth2: optional(
    oauth2,
    'Fetches tokens with OAuth 2.0 client credentials and sends them. At most one of authorization, azureAd, basicAuth, oauth2 and sigv4 may be set.',
    { since: 'Prometheus 2.27.0' },
  ),
  queueConfig: optional(queueConfig, 'Tuning of the queue between the write-ahead log and the receiver.'),
  remoteTimeout: optional(duration, 'How long a request may take.'),
  roundRobinDNS: optional(
    flag,
    'Resolves the host for each connection and takes its addresses in turn, to spread the load.',
    { since: 'Prometheus 3.1.0' },
  ),
  sendExemplars: optional(flag, 'Sends exemplars too. Needs the feature exemplar-storage.', {
    since: 'Prometheus 2.27.0',
  }),
  sendNativeHistograms: optional(flag, 'Sends native histograms too.', { since: 'Prometheus 2.40.0' }),
  sigv4: optional(
    sigv4,
    'Signs requests with AWS Signature Version 4. At most one of authorization, azureAd, basicAuth, oauth2 and sigv4 may be set.',
    { since: 'Prometheus 2.26.0' },
  ),
  tlsConfig: optional(tlsConfig, 'TLS settings of the requests.'),
  url: required(httpURL, 'Where samples are sent.'),
  writeRelabelConfigs: optional(
    list(relabelConfig),
    'Relabelling of samples before they are sent; it may drop series.',
  ),
  ...proxyFields,
});

export type RemoteWriteSpec = Static<typeof remoteWriteSpec>;
