import { flag, list, object, optional, required, text, textMap } from '../schema.ts';
import type { Static } from '../schema.ts';
import { proxyFields } from './proxy.ts';
import { secretKeySelector, secretOrConfigMap } from './references.ts';
import { httpURL } from './scalars.ts';
import { safeTLSConfig } from './tls.ts';

/** How requests are made. */
export const httpConnectionFields = {
  tlsConfig: optional(safeTLSConfig, 'TLS settings of the requests.'),
  enableHTTP2: optional(flag, 'Whether HTTP/2 may be used. True by default.', { since: 'Prometheus 2.35.0' }),
  followRedirects: optional(flag, 'Whether redirects are followed. True by default.', { since: 'Prometheus 2.26.0' }),
  ...proxyFields,
};

export const basicAuth = object({
  password: optional(secretKeySelector, 'Key of the Secret that holds the password.'),
  username: optional(secretKeySelector, 'Key of the Secret that holds the user name.'),
});

export type BasicAuth = Static<typeof basicAuth>;

export const safeAuthorization = object({
  credentials: optional(secretKeySelector, 'Key of the Secret that holds the credentials, such as a bearer token.'),
  type: optional(text, 'First word of the Authorization header. Bearer by default; Basic is refused, use basicAuth.'),
});

export type SafeAuthorization = Static<typeof safeAuthorization>;

export const authorization = object({
  credentials: optional(
    secretKeySelector,
    'Key of the Secret that holds the credentials, such as a bearer token. Excludes credentialsFile.',
  ),
  credentialsFile: optional(text, 'Path in the container of a file that holds the credentials. Excludes credentials.'),
  type: optional(text, 'First word of the Authorization header. Bearer by default; Basic is refused, use basicAuth.'),
});

export type Authorization = Static<typeof authorization>;

export const oauth2 = object({
  clientId: required(secretOrConfigMap, "Key of a Secret or ConfigMap that holds the client's id."),
  clientSecret: required(secretKeySelector, "Key of the Secret that holds the client's secret."),
  endpointParams: optional(textMap, 'More parameters for the token request.'),
  scopes: optional(list(text), 'Scopes to ask for.'),
  tlsConfig: optional(safeTLSConfig, 'TLS settings of the token request.', { since: 'Prometheus 2.43.0' }),
  tokenUrl: required(httpURL, 'Where tokens are fetched.'),
  ...proxyFields,
});

export type OAuth2 = Static<typeof oauth2>;

/** How requests are made and authenticated. */
export const httpClientFields = {
  authorization: optional(
    safeAuthorization,
    'Authorization header to send. At most one of authorization, basicAuth and oauth2 may be set.',
  ),
  basicAuth: optional(
    basicAuth,
    'User name and password to send. At most one of authorization, basicAuth and oauth2 may be set.',
  ),
  oauth2: optional(
    oauth2,
    'Fetches tokens with OAuth 2.0 client credentials and sends them. At most one of authorization, basicAuth and oauth2 may be set.',
  ),
  ...httpConnectionFields,
};
