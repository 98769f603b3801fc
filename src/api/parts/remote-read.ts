import { authorization, basicAuth, oauth2 } from './http-client.ts';
import { proxyFields } from './proxy.ts';
import { duration, httpURL } from './scalars.ts';
import { tlsConfig } from './tls.ts';
import { flag, object, optional, required, text, textMap } from '../schema.ts';
import type { Static } from '../schema.ts';

export const remoteReadSpec = object({
  authorization: optional(authorization, ''),
  basicAuth: optional(basicAuth, ''),
  bearerToken: optional(text, ''),
  bearerTokenFile: optional(text, ''),
  filterExternalLabels: optional(flag, ''),
  followRedirects: optional(flag, ''),
  headers: optional(textMap, ''),
  name: optional(text, ''),
  oauth2: optional(oauth2, ''),
  readRecent: optional(flag, ''),
  remoteTimeout: optional(duration, ''),
  requiredMatchers: optional(textMap, ''),
  tlsConfig: optional(tlsConfig, ''),
  url: required(httpURL, ''),
  ...proxyFields,
});

export type RemoteReadSpec = Static<typeof remoteReadSpec>;
