import type { SafeTLSConfig, TLSConfig } from '../../api/parts/tls.ts';
import { unlessBlank } from '../render/shared/rendered-objects.ts';
import { isCertificate, isKeyPair } from '../assets/certificates.ts';
import type { KeyReference } from '../assets/references.ts';
import { checkSecretKey, checkSecretOrConfigMap, referTo, referToEither, reject } from './check-scope.ts';
import type { CheckScope, Place } from './check-scope.ts';
import type { Findings } from '../findings.ts';

const reason = 'InvalidTLSConfig';

function* checkPresence(tls: TLSConfig, field: string): Findings {
  const at: Place = { field, reason };
  const hasCert = unlessBlank(tls.certFile) !== undefined || referToEither(tls.cert, '') !== undefined;
  const hasKey = unlessBlank(tls.keyFile) !== undefined || tls.keySecret !== undefined;
  if (hasCert && !hasKey) yield reject(at, 'Cannot use a client certificate without its key: set "keySecret"');
  if (hasKey && !hasCert) yield reject(at, 'Cannot use a client key without its certificate: set "cert"');
  if (tls.maxVersion !== undefined && tls.minVersion !== undefined && tls.maxVersion < tls.minVersion)
    yield reject(at, `Cannot use maxVersion "${tls.maxVersion}": it is below minVersion "${tls.minVersion}"`);
}

function* checkFiles(tls: TLSConfig, field: string): Findings {
  const both = (name: string, reference: string): ReturnType<typeof reject> =>
    reject({ field: `${field}.${name}`, reason }, `Cannot use both "${name}" and "${reference}": set one of them`);
  if (unlessBlank(tls.caFile) !== undefined && referToEither(tls.ca, '') !== undefined) yield both('caFile', 'ca');
  if (unlessBlank(tls.certFile) !== undefined && referToEither(tls.cert, '') !== undefined)
    yield both('certFile', 'cert');
  if (unlessBlank(tls.keyFile) !== undefined && tls.keySecret !== undefined) yield both('keyFile', 'keySecret');
}

const describe = ({ kind, namespace, name, key }: KeyReference): string =>
  `key "${key}" of ${kind} "${namespace}/${name}"`;

function* checkContent(tls: SafeTLSConfig, field: string, scope: CheckScope): Findings {
  const ca = referToEither(tls.ca, scope.namespace);
  const cert = referToEither(tls.cert, scope.namespace);
  const authority = ca && scope.assets.readBytes(ca);
  if (ca !== undefined && authority !== undefined && authority.length > 0 && !isCertificate(authority))
    yield reject({ field: `${field}.ca`, reason }, `Cannot read a PEM certificate in ${describe(ca)}`);
  if (cert === undefined || tls.keySecret === undefined) return;
  const key = referTo('Secret', tls.keySecret, scope.namespace);
  const [certificate, secret] = [scope.assets.readBytes(cert), scope.assets.readBytes(key)];
  if (certificate !== undefined && secret !== undefined && !isKeyPair(certificate, secret))
    yield reject(
      { field: `${field}.keySecret`, reason },
      `Cannot use ${describe(key)} with ${describe(cert)}: they are no matching pair in PEM`,
    );
}

/** TLS settings with references and file paths (docs/reference/rendering.md 3.2, "TLS"). Undefined is nothing to check. */
export function* checkTls(tls: TLSConfig | undefined, field: string, scope: CheckScope): Findings {
  if (tls === undefined) return;
  yield* checkFiles(tls, field);
  yield* checkPresence(tls, field);
  yield* checkSecretOrConfigMap(tls.ca, { field: `${field}.ca`, reason }, scope);
  yield* checkSecretOrConfigMap(tls.cert, { field: `${field}.cert`, reason }, scope);
  yield* checkSecretKey(tls.keySecret, `${field}.keySecret`, scope);
  yield* checkContent(tls, field, scope);
}
