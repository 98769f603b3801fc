import { flag, object, optional, required, text, textMap } from '../schema.ts';
import type { Static } from '../schema.ts';
import { authorization, basicAuth, oauth2 } from './http-client.ts';
import { proxyFields } from './proxy.ts';
import { duration, httpURL } from './scalars.ts';
import { tlsConfig } from './tls.ts';

export const remoteReadSpec = object({
  authorization: optional(
    authorization,
    'Authorization header to send. At most one of authorization, basicAuth and oauth2 may be set.',
    { since: 'Prometheus 2.26.0' },
  ),
  basicAuth: optional(
    basicAuth,
    'User name and password to send. At most one of authorization, basicAuth and oauth2 may be set.',
  ),
  bearerToken: optional(text, 'Bearer token, in clear text.', {
    deprecated: 'use authorization, which keeps the token in a Secret',
  }),
  bearerTokenFile: optional(text, 'Path in the container of a file with a bearer token.', {
    deprecated: 'use authorization',
  }),
  filterExternalLabels: optional(
    flag,
    'Whether the external labels are added to the selectors of remote queries. True by default.',
    { since: 'Prometheus 2.34.0' },
  ),
  followRedirects: optional(flag, 'Whether redirects are followed. True by default.', { since: 'Prometheus 2.26.0' }),
  headers: optional(
    textMap,
    'Headers to send with each request. Those that Prometheus sets itself cannot be replaced.',
    { since: 'Prometheus 2.26.0' },
  ),
  name: optional(text, 'Name of the source in metrics and logs; must be unique among the sources.', {
    since: 'Prometheus 2.15.0',
  }),
  oauth2: optional(
    oauth2,
    'Fetches tokens with OAuth 2.0 client credentials and sends them. At most one of authorization, basicAuth and oauth2 may be set.',
    { since: 'Prometheus 2.27.0' },
  ),
  readRecent: optional(flag, 'Asks the source even for times that local storage covers completely.'),
  remoteTimeout: optional(duration, 'How long a request may take.'),
  requiredMatchers: optional(textMap, 'Matchers, by equality, that a query must have for the source to be asked.'),
  tlsConfig: optional(tlsConfig, 'TLS settings of the requests.'),
  url: required(httpURL, 'Where samples are read from.'),
  ...proxyFields,
});

export type RemoteReadSpec = Static<typeof remoteReadSpec>;
