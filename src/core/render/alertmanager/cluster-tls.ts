import type { ClusterTLSConfig } from '../../../api/alertmanager.ts';
import type { SafeTLSConfig } from '../../../api/parts/tls.ts';
import { TerminalError } from '../../../base/errors.ts';
import { writeYamlFields } from '../../../base/yaml-writer.ts';
import type { YamlFields } from '../../../base/yaml-writer.ts';
import { unlessBlank } from '../shared/rendered-objects.ts';
import type { Secret } from '../shared/rendered-objects.ts';
import type { PodPart } from '../shared/pod-parts.ts';
import { renderSecret } from '../shared/secret.ts';
import { isSet, mountCredentials, pathOfCredential, readEither, readSecretKey } from '../shared/tls-credentials.ts';
import type { Credentials } from '../shared/tls-credentials.ts';
import { readServerCredentials, renderTlsServer } from '../shared/tls-server.ts';
import { clusterTlsFile, clusterTlsFolder, clusterTlsKey } from './alertmanager-paths.ts';
import { knowsClusterTls } from './alertmanager-workload.ts';
import type { AlertmanagerWorkload } from './alertmanager-workload.ts';

const serverFolder = `${clusterTlsFolder}/server_tls`;
const clientFolder = `${clusterTlsFolder}/client_tls`;

const readClientCredentials = (tls: SafeTLSConfig | undefined): Credentials => ({
  key: readSecretKey(tls?.keySecret),
  cert: readEither(tls?.cert),
  ca: readEither(tls?.ca),
});

/** TLS between peers is mutual: without a certificate of its own a client is no peer (docs/reference/rendering.md 5.5). */
function checkClient(tls: SafeTLSConfig, { key, cert }: Credentials): void {
  const fail = (problem: string): never => {
    throw new TerminalError(`Cannot use spec.clusterTLS.client: ${problem}`);
  };
  for (const name of ['ca', 'cert'] as const) {
    const both = isSet(tls[name]?.secret) && isSet(tls[name].configMap);
    if (both) fail(`${name}.secret and ${name}.configMap are both set; keep one`);
  }
  if (cert === undefined) fail('the certificate is missing; set cert');
  if (key === undefined) fail('the private key is missing; set keySecret');
  const { minVersion, maxVersion } = tls;
  if (minVersion !== undefined && maxVersion !== undefined && maxVersion < minVersion)
    fail(`maxVersion "${maxVersion}" is below minVersion "${minVersion}"; raise it`);
}

function renderClient(tls: SafeTLSConfig): YamlFields {
  const credentials = readClientCredentials(tls);
  checkClient(tls, credentials);
  return {
    key_file: pathOfCredential(credentials, 'key', clientFolder),
    cert_file: pathOfCredential(credentials, 'cert', clientFolder),
    ca_file: pathOfCredential(credentials, 'ca', clientFolder),
    server_name: unlessBlank(tls.serverName),
    insecure_skip_verify: tls.insecureSkipVerify,
  };
}

/**
 * The TLS configuration of the cluster, "" without `spec.clusterTLS` (docs/reference/rendering.md 5.5).
 * @throws {TerminalError} when the settings of one side contradict each other or lack the key or the certificate.
 */
export function writeClusterTls(tls: ClusterTLSConfig | undefined): string {
  if (tls === undefined) return '';
  const server = renderTlsServer(tls.server, serverFolder, 'spec.clusterTLS.server');
  return writeYamlFields({
    // The key first, as the reference writes it: at take-over the Secret stays as it is.
    tls_server_config: { key_file: server.key_file, ...server },
    tls_client_config: renderClient(tls.client),
  });
}

/**
 * The Secret with the TLS configuration of the cluster; made even when there is none, so that TLS needs no new volume.
 * @throws {TerminalError} as `writeClusterTls`.
 */
export function renderClusterTlsSecret({ names, owner, settings, spec }: AlertmanagerWorkload): Secret {
  return renderSecret(
    { name: names.clusterTlsSecret, data: { [clusterTlsKey]: writeClusterTls(spec.clusterTLS) } },
    owner,
    settings,
  );
}

/** The file and the objects that it names, of the server's side and of the client's; nothing for an Alertmanager without TLS. */
export function addClusterTls(workload: AlertmanagerWorkload): PodPart {
  if (!knowsClusterTls(workload)) return {};
  const { clusterTLS } = workload.spec;
  const name = 'cluster-tls-config';
  const file = {
    volume: { name, secret: { secretName: workload.names.clusterTlsSecret } },
    mount: { name, mountPath: clusterTlsFile, subPath: clusterTlsKey, readOnly: true },
  };
  const all = [
    file,
    ...mountCredentials(readServerCredentials(clusterTLS?.server), {
      prefix: 'cluster-tls-server-config',
      folder: serverFolder,
    }),
    ...mountCredentials(readClientCredentials(clusterTLS?.client), {
      prefix: 'cluster-tls-client-config',
      folder: clientFolder,
    }),
  ];
  return { volumes: all.map(({ volume }) => volume), mounts: all.map(({ mount }) => mount) };
}
