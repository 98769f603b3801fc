import type { Authorization, BasicAuth, OAuth2 } from '../../api/parts/http-client.ts';
import type { Sigv4 } from '../../api/parts/cloud-auth.ts';
import { unlessBlank } from '../render/shared/rendered-objects.ts';
import { checkProxy } from './check-proxy.ts';
import { checkSecretKey, checkSecretOrConfigMap, referToEither, reject } from './check-scope.ts';
import type { CheckScope } from './check-scope.ts';
import { checkTls } from './check-tls.ts';
import type { Findings } from '../findings.ts';

/** Username and password must both be there. */
export function* checkBasicAuth(basicAuth: BasicAuth | undefined, field: string, scope: CheckScope): Findings {
  if (basicAuth === undefined) return;
  for (const name of ['username', 'password'] as const)
    yield* checkSecretKey(basicAuth[name] ?? { key: '' }, `${field}.${name}`, scope);
}

const basicType = /^\s*basic\s*$/i;

function* checkType({ type = '' }: Authorization, field: string): Findings {
  if (basicType.test(type))
    yield reject(
      { field: `${field}.type`, reason: 'InvalidAuthorization' },
      `Cannot use type "${type}": use "basicAuth" instead`,
    );
}

/** Authorization of an endpoint: it must have credentials (docs/reference/rendering.md 3.2). */
export function* checkStrictAuthorization(auth: Authorization | undefined, field: string, scope: CheckScope): Findings {
  if (auth === undefined) return;
  yield* checkType(auth, field);
  if (auth.credentials === undefined)
    yield reject(
      { field: `${field}.credentials`, reason: 'InvalidAuthorization' },
      'Cannot authorize without credentials',
    );
  yield* checkSecretKey(auth.credentials, `${field}.credentials`, scope);
}

/** Authorization elsewhere: looked at only when it names credentials (docs/reference/rendering.md 3.2). */
export function* checkAuthorization(auth: Authorization | undefined, field: string, scope: CheckScope): Findings {
  const credentials = auth?.credentials;
  if (auth === undefined || credentials === undefined) return;
  yield* checkBothCredentials(auth, field);
  yield* checkType(auth, field);
  if (unlessBlank(credentials.name) !== undefined) yield* checkSecretKey(credentials, `${field}.credentials`, scope);
}

function* checkBothCredentials(auth: Authorization, field: string): Findings {
  if (auth.credentials !== undefined && unlessBlank(auth.credentialsFile) !== undefined)
    yield reject(
      { field: `${field}.credentialsFile`, reason: 'InvalidAuthorization' },
      'Cannot use both "credentials" and "credentialsFile": set one of them',
    );
}

/** Authorization of a scrape class: it may name a file, and its type is always looked at. */
export function* checkClassAuthorization(auth: Authorization | undefined, field: string, scope: CheckScope): Findings {
  if (auth === undefined) return;
  yield* checkBothCredentials(auth, field);
  yield* checkType(auth, field);
  yield* checkSecretKey(auth.credentials, `${field}.credentials`, scope);
}

export function* checkOAuth2(oauth2: OAuth2 | undefined, field: string, scope: CheckScope): Findings {
  if (oauth2 === undefined) return;
  const reason = 'InvalidOAuth2';
  if (oauth2.tokenUrl === '')
    yield reject({ field: `${field}.tokenUrl`, reason }, 'Cannot use OAuth 2.0 without a token URL');
  if (referToEither(oauth2.clientId, '') === undefined)
    yield reject(
      { field: `${field}.clientId`, reason },
      'Cannot use OAuth 2.0 without a client ID: set "secret" or "configMap"',
    );
  yield* checkTls(oauth2.tlsConfig, `${field}.tlsConfig`, scope);
  yield* checkProxy(oauth2, field, scope);
  yield* checkSecretOrConfigMap(oauth2.clientId, { field: `${field}.clientId`, reason }, scope);
  yield* checkSecretKey(oauth2.clientSecret, `${field}.clientSecret`, scope);
}

/** Both keys or none. */
export function* checkSigv4(sigv4: Sigv4 | undefined, field: string, scope: CheckScope): Findings {
  if (sigv4 === undefined) return;
  if ((sigv4.accessKey === undefined) !== (sigv4.secretKey === undefined))
    yield reject({ field, reason: 'InvalidSigv4' }, 'Cannot use one of "accessKey" and "secretKey" without the other');
  yield* checkSecretKey(sigv4.accessKey, `${field}.accessKey`, scope);
  yield* checkSecretKey(sigv4.secretKey, `${field}.secretKey`, scope);
}

/** At most one way to authenticate. `ways` are names of fields in the order of the API. */
export function* checkExclusive(holder: object, ways: readonly string[], field: string): Findings {
  const used = ways.filter((way) => (holder as Record<string, unknown>)[way] !== undefined);
  if (used.length > 1)
    yield reject(
      { field, reason: 'InvalidAuthentication' },
      `Cannot authenticate in more than one way: found ${used.map((way) => `"${way}"`).join(' and ')}`,
    );
}
