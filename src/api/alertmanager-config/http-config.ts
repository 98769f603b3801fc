import { basicAuth, oauth2, safeAuthorization } from '../parts/http-client.ts';
import { proxyFields } from '../parts/proxy.ts';
import { safeTLSConfig } from '../parts/tls.ts';
import { flag, object, optional, text } from '../schema.ts';
import type { Dialect } from './dialect.ts';

const one = 'At most one of authorization, basicAuth, oauth2 and the bearer token may be set.';

/** How a receiver's requests are made. */
export const httpConfig = <S>({ secret }: Dialect<S>) =>
  object({
    authorization: optional(safeAuthorization, `Authorization header to send. ${one}`, {
      since: 'Alertmanager 0.22.0',
    }),
    basicAuth: optional(basicAuth, `User name and password to send. ${one}`),
    bearerTokenSecret: optional(secret, `Key of the Secret that holds a bearer token. ${one}`),
    enableHttp2: optional(flag, 'Whether HTTP/2 may be used.', { since: 'Alertmanager 0.25.0' }),
    followRedirects: optional(flag, 'Whether redirects are followed. True by default.', {
      since: 'Alertmanager 0.22.0',
    }),
    oauth2: optional(oauth2, `Fetches tokens with OAuth 2.0 client credentials and sends them. ${one}`, {
      since: 'Alertmanager 0.22.0',
    }),
    proxyURL: optional(text, 'Proxy that requests go through. proxyUrl wins over it.', { deprecated: 'use proxyUrl' }),
    tlsConfig: optional(safeTLSConfig, 'TLS settings of the requests.'),
    ...proxyFields,
  });
