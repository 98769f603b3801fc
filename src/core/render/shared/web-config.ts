import type { Volume } from '../../../api/core/volume.ts';
import type { VolumeMount } from '../../../api/core/container.ts';
import type { WebConfigFileFields, WebHTTPConfig } from '../../../api/parts/web.ts';
import { writeYamlFields } from '../../../base/yaml-writer.ts';
import type { YamlFields } from '../../../base/yaml-writer.ts';
import { unlessBlank } from './rendered-objects.ts';
import { mountCredentials } from './tls-credentials.ts';
import { readServerCredentials, renderTlsServer } from './tls-server.ts';

/** Key of the web configuration Secret, and name of the file it becomes. */
export const webConfigKey = 'web-config.yaml';

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
  return writeYamlFields({
    tls_server_config: tlsConfig && renderTlsServer(tlsConfig, folder, 'spec.web.tlsConfig'),
    http_server_config: httpConfig && renderHttpServer(httpConfig),
  });
}

interface WebVolumes {
  readonly volumes: Volume[];
  readonly mounts: VolumeMount[];
}

/** Volumes and mounts of the web configuration: the file, then the objects with key, certificate and client CA. */
export function renderWebVolumes(web: WebConfigFileFields | undefined, secretName: string, folder: string): WebVolumes {
  const file = {
    volume: { name: 'web-config', secret: { secretName } },
    mount: { name: 'web-config', mountPath: `${folder}/${webConfigKey}`, subPath: webConfigKey, readOnly: true },
  };
  const credentials = readServerCredentials(web?.tlsConfig);
  const all = [file, ...mountCredentials(credentials, { prefix: 'web-config-tls', folder })];
  return { volumes: all.map(({ volume }) => volume), mounts: all.map(({ mount }) => mount) };
}
