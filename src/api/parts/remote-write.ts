import { azureAD, sigv4 } from './cloud-auth.ts';
import { authorization, basicAuth, oauth2 } from './http-client.ts';
import { proxyFields } from './proxy.ts';
import { relabelConfig } from './relabel.ts';
import { duration, httpURL, remoteWriteMessageVersion } from './scalars.ts';
import { tlsConfig } from './tls.ts';
import { flag, int32, integer, list, object, optional, required, text, textMap } from '../schema.ts';
import type { Static } from '../schema.ts';

export const metadataConfig = object({
  maxSamplesPerSend: optional(int32, '', { minimum: -1 }),
  send: optional(flag, ''),
  sendInterval: optional(duration, ''),
});

export type MetadataConfig = Static<typeof metadataConfig>;

export const queueConfig = object({
  batchSendDeadline: optional(duration, ''),
  capacity: optional(integer, ''),
  maxBackoff: optional(duration, ''),
  maxRetries: optional(integer, ''),
  maxSamplesPerSend: optional(integer, ''),
  maxShards: optional(integer, ''),
  minBackoff: optional(duration, ''),
  minShards: optional(integer, ''),
  retryOnRateLimit: optional(flag, ''),
  sampleAgeLimit: optional(duration, ''),
});

export type QueueConfig = Static<typeof queueConfig>;

export const remoteWriteSpec = object({
  authorization: optional(authorization, ''),
  azureAd: optional(azureAD, ''),
  basicAuth: optional(basicAuth, ''),
  bearerToken: optional(text, ''),
  bearerTokenFile: optional(text, ''),
  enableHTTP2: optional(flag, ''),
  followRedirects: optional(flag, ''),
  headers: optional(textMap, ''),
  messageVersion: optional(remoteWriteMessageVersion, ''),
  metadataConfig: optional(metadataConfig, ''),
  name: optional(text, ''),
  oauth2: optional(oauth2, ''),
  queueConfig: optional(queueConfig, ''),
  remoteTimeout: optional(duration, ''),
  roundRobinDNS: optional(flag, ''),
  sendExemplars: optional(flag, ''),
  sendNativeHistograms: optional(flag, ''),
  sigv4: optional(sigv4, ''),
  tlsConfig: optional(tlsConfig, ''),
  url: required(httpURL, ''),
  writeRelabelConfigs: optional(list(relabelConfig), ''),
  ...proxyFields,
});

export type RemoteWriteSpec = Static<typeof remoteWriteSpec>;
