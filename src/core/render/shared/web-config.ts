import type { Volume } from '../../../api/core/volume.ts';
import type { VolumeMount } from '../../../api/core/container.ts';
import type { ConfigMapKeySelector, SecretOrConfigMap } from '../../../api/parts/references.ts';
import type { WebConfigFileFields, WebHTTPConfig, WebTLSConfig } from '../../../api/parts/web.ts';
import { TerminalError } from '../../../base/errors.ts';
import { toUniqueLabelName } from '../../../base/naming.ts';
import { writeYamlFields } from '../../../base/yaml-writer.ts';
import type { YamlFields } from '../../../base/yaml-writer.ts';
import { unlessBlank, unlessEmpty } from './objects.ts';

/** Key of the web configuration Secret, and name of the file it becomes. */
export const webConfigKey = 'web-config.yaml';

/** An object whose key holds a certificate or a private key. */
interface Credential {
  readonly source: 'secret' | 'configmap';
  readonly name: string;
  readonly key: string;
}

type Role = 'key' | 'cert' | 'ca';

/** A selector that names nothing is as good as none: typed clients write empty ones. */
function isSet(selector: ConfigMapKeySelector | undefined): selector is ConfigMapKeySelector {
  return unlessBlank(selector?.name) !== undefined || unlessBlank(selector?.key) !== undefined;
}

function readReference(reference: SecretOrConfigMap | undefined): Credential | undefined {
  const { secret, configMap } = reference ?? {};
  if (isSet(secret)) return { source: 'secret', name: secret.name ?? '', key: secret.key };
  if (isSet(configMap)) return { source: 'configmap', name: configMap.name ?? '', key: configMap.key };
  return undefined;
}

function readKey(selector: ConfigMapKeySelector | undefined): Credential | undefined {
  return isSet(selector) ? { source: 'secret', name: selector.name ?? '', key: selector.key } : undefined;
}

function folderOf(credential: Credential, role: Role, folder: string): string {
  return `${folder}/${credential.source}/${credential.name}-${role}`;
}

function fail(problem: string): never {
  throw new TerminalError(`Cannot use spec.web.tlsConfig: ${problem}`);
}

const isGiven = (file: string | undefined): boolean => unlessBlank(file) !== undefined;

/** Pairs of fields of which only one may be set, with whether each is (docs/reference/rendering.md 8.2). */
function listRivals(tls: WebTLSConfig): [string, boolean, string, boolean][] {
  const { cert, client_ca: clientCa } = tls;
  return [
    ['cert.secret', isSet(cert?.secret), 'cert.configMap', isSet(cert?.configMap)],
    ['client_ca.secret', isSet(clientCa?.secret), 'client_ca.configMap', isSet(clientCa?.configMap)],
    ['client_ca', readReference(clientCa) !== undefined, 'clientCAFile', isGiven(tls.clientCAFile)],
    ['cert', readReference(cert) !== undefined, 'certFile', isGiven(tls.certFile)],
    ['keySecret', isSet(tls.keySecret), 'keyFile', isGiven(tls.keyFile)],
  ];
}

function checkTlsConfig(tls: WebTLSConfig): void {
  for (const [first, hasFirst, second, hasSecond] of listRivals(tls)) {
    if (hasFirst && hasSecond) fail(`${first} and ${second} are both set; keep one`);
  }
  if (!isSet(tls.keySecret) && !isGiven(tls.keyFile)) fail('the private key is missing; set keySecret or keyFile');
  if (readReference(tls.cert) === undefined && !isGiven(tls.certFile)) {
    fail('the certificate is missing; set cert or certFile');
  }
}

function pathOf(
  file: string | undefined,
  credential: Credential | undefined,
  place: [Role, string],
): string | undefined {
  if (unlessBlank(file) !== undefined) return file;
  return credential === undefined ? undefined : `${folderOf(credential, ...place)}/${credential.key}`;
}

function renderTlsServer(tls: WebTLSConfig, folder: string): YamlFields {
  return {
    cert_file: pathOf(tls.certFile, readReference(tls.cert), ['cert', folder]),
    key_file: pathOf(tls.keyFile, readKey(tls.keySecret), ['key', folder]),
    client_auth_type: unlessBlank(tls.clientAuthType),
    client_ca_file: pathOf(tls.clientCAFile, readReference(tls.client_ca), ['ca', folder]),
    min_version: unlessBlank(tls.minVersion),
    max_version: unlessBlank(tls.maxVersion),
    cipher_suites: unlessEmpty(tls.cipherSuites),
    prefer_server_cipher_suites: tls.preferServerCipherSuites,
    curve_preferences: unlessEmpty(tls.curvePreferences),
  };
}

function renderHttpServer({ http2, headers }: WebHTTPConfig): YamlFields {
  return {
    http2,
    headers: headers && {
      'Content-Security-Policy': unlessBlank(headers.contentSecurityPolicy),
      'Strict-Transport-Security': unlessBlank(headers.strictTransportSecurity),
      'X-Content-Type-Options': unlessBlank(headers.xContentTypeOptions)?.toLowerCase(),
      'X-Frame-Options': unlessBlank(headers.xFrameOptions)?.toLowerCase(),
      'X-XSS-Protection': unlessBlank(headers.xXSSProtection),
    },
  };
}

/**
 * The web configuration file, "" when there is nothing to configure (docs/reference/rendering.md 8.2).
 * @param folder where the web configuration is mounted in the pod.
 * @throws {TerminalError} when the TLS settings contradict each other or lack the key or the certificate.
 */
export function writeWebConfig(web: WebConfigFileFields | undefined, folder: string): string {
  const { tlsConfig, httpConfig } = web ?? {};
  if (tlsConfig !== undefined) checkTlsConfig(tlsConfig);
  return writeYamlFields({
    tls_server_config: tlsConfig && renderTlsServer(tlsConfig, folder),
    http_server_config: httpConfig && renderHttpServer(httpConfig),
  });
}

interface WebVolumes {
  readonly volumes: Volume[];
  readonly mounts: VolumeMount[];
}

function renderCredential(credential: Credential, role: Role, folder: string): { volume: Volume; mount: VolumeMount } {
  const label = role === 'ca' ? 'client-ca' : role;
  const name = toUniqueLabelName(`web-config-tls-${credential.source}-${label}`, credential.name);
  const source =
    credential.source === 'secret'
      ? { secret: { secretName: credential.name } }
      : { configMap: { name: credential.name } };
  return {
    volume: { name, ...source },
    mount: { name, mountPath: folderOf(credential, role, folder), readOnly: true },
  };
}

/**
 * Volumes and mounts of the web configuration: the file, then whole objects with key, certificate and client CA, so that
 * renewed certificates reach the pod. An object that is not referenced gets no volume; the reference makes one without a
 * name for `keyFile`, which the API server refuses.
 */
export function renderWebVolumes(web: WebConfigFileFields | undefined, secretName: string, folder: string): WebVolumes {
  const tls = web?.tlsConfig;
  const file = {
    volume: { name: 'web-config', secret: { secretName } },
    mount: { name: 'web-config', mountPath: `${folder}/${webConfigKey}`, subPath: webConfigKey, readOnly: true },
  };
  const credentials: [Role, Credential | undefined][] = [
    ['key', readKey(tls?.keySecret)],
    ['cert', readReference(tls?.cert)],
    ['ca', readReference(tls?.client_ca)],
  ];
  const rendered = credentials.flatMap(([role, one]) =>
    one === undefined ? [] : [renderCredential(one, role, folder)],
  );
  const all = [file, ...rendered];
  return { volumes: all.map(({ volume }) => volume), mounts: all.map(({ mount }) => mount) };
}
