import { proxyFields } from './proxy.ts';
import { secretKeySelector, secretOrConfigMap } from './references.ts';
import { httpURL } from './scalars.ts';
import { safeTLSConfig } from './tls.ts';
import { flag, list, object, optional, required, text, textMap } from '../schema.ts';
import type { Static } from '../schema.ts';

export const httpConnectionFields = {
  tlsConfig: optional(safeTLSConfig, ''),
  enableHTTP2: optional(flag, ''),
  followRedirects: optional(flag, ''),
  ...proxyFields,
};

export const basicAuth = object({
  password: optional(secretKeySelector, ''),
  username: optional(secretKeySelector, ''),
});

export type BasicAuth = Static<typeof basicAuth>;

export const safeAuthorization = object({
  credentials: optional(secretKeySelector, ''),
  type: optional(text, ''),
});

export type SafeAuthorization = Static<typeof safeAuthorization>;

export const authorization = object({
  credentials: optional(secretKeySelector, ''),
  credentialsFile: optional(text, ''),
  type: optional(text, ''),
});

export type Authorization = Static<typeof authorization>;

export const oauth2 = object({
  clientId: required(secretOrConfigMap, ''),
  clientSecret: required(secretKeySelector, ''),
  endpointParams: optional(textMap, ''),
  scopes: optional(list(text), ''),
  tlsConfig: optional(safeTLSConfig, ''),
  tokenUrl: required(httpURL, ''),
  ...proxyFields,
});

export type OAuth2 = Static<typeof oauth2>;

export const httpClientFields = {
  authorization: optional(safeAuthorization, ''),
  basicAuth: optional(basicAuth, ''),
  oauth2: optional(oauth2, ''),
  ...httpConnectionFields,
};
