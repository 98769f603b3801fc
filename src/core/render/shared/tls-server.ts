import type { WebTLSConfig } from '../../../api/parts/web.ts';
import { TerminalError } from '../../../base/errors.ts';
import type { YamlFields } from '../../../base/yaml-writer.ts';
import { unlessBlank, unlessEmpty } from './rendered-objects.ts';
import { isSet, pathOfCredential, readEither, readSecretKey } from './tls-credentials.ts';
import type { Credentials } from './tls-credentials.ts';

const isGiven = (file: string | undefined): boolean => unlessBlank(file) !== undefined;

/** Pairs of fields of which only one may be set, with whether each is (docs/reference/rendering.md 8.2). */
function listRivals(tls: WebTLSConfig): [string, boolean, string, boolean][] {
  const { cert, client_ca: clientCa } = tls;
  return [
    ['cert.secret', isSet(cert?.secret), 'cert.configMap', isSet(cert?.configMap)],
    ['client_ca.secret', isSet(clientCa?.secret), 'client_ca.configMap', isSet(clientCa?.configMap)],
    ['client_ca', readEither(clientCa) !== undefined, 'clientCAFile', isGiven(tls.clientCAFile)],
    ['cert', readEither(cert) !== undefined, 'certFile', isGiven(tls.certFile)],
    ['keySecret', isSet(tls.keySecret), 'keyFile', isGiven(tls.keyFile)],
  ];
}

function checkTlsServer(tls: WebTLSConfig, field: string): void {
  const fail = (problem: string): never => {
    throw new TerminalError(`Cannot use ${field}: ${problem}`);
  };
  for (const [first, hasFirst, second, hasSecond] of listRivals(tls)) {
    if (hasFirst && hasSecond) fail(`${first} and ${second} are both set; keep one`);
  }
  if (!isSet(tls.keySecret) && !isGiven(tls.keyFile)) fail('the private key is missing; set keySecret or keyFile');
  if (readEither(tls.cert) === undefined && !isGiven(tls.certFile)) {
    fail('the certificate is missing; set cert or certFile');
  }
}

export function readServerCredentials(tls: WebTLSConfig | undefined): Credentials {
  return { key: readSecretKey(tls?.keySecret), cert: readEither(tls?.cert), ca: readEither(tls?.client_ca) };
}

/**
 * The section `tls_server_config` of a web configuration, or of the TLS configuration of a cluster.
 * @param folder below which the credentials are mounted.
 * @param field where the settings stand, such as "spec.web.tlsConfig".
 * @throws {TerminalError} when the settings contradict each other or lack the key or the certificate.
 */
export function renderTlsServer(tls: WebTLSConfig, folder: string, field: string): YamlFields {
  checkTlsServer(tls, field);
  const credentials = readServerCredentials(tls);
  return {
    cert_file: unlessBlank(tls.certFile) ?? pathOfCredential(credentials, 'cert', folder),
    key_file: unlessBlank(tls.keyFile) ?? pathOfCredential(credentials, 'key', folder),
    client_auth_type: unlessBlank(tls.clientAuthType),
    client_ca_file: unlessBlank(tls.clientCAFile) ?? pathOfCredential(credentials, 'ca', folder),
    min_version: unlessBlank(tls.minVersion),
    max_version: unlessBlank(tls.maxVersion),
    cipher_suites: unlessEmpty(tls.cipherSuites),
    prefer_server_cipher_suites: tls.preferServerCipherSuites,
    curve_preferences: unlessEmpty(tls.curvePreferences),
  };
}
