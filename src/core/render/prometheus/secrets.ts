import { writeYamlFields } from '../../../base/yaml-writer.ts';
import type { Secret } from '../shared/objects.ts';
import { renderSecret } from '../shared/secret.ts';
import { webConfigKey, writeWebConfig } from '../shared/web-config.ts';
import { nameTlsAssetSecret } from './names.ts';
import { configKey, thanosHttpClientFile, webConfigFolder } from './paths.ts';
import type { Workload } from './workload.ts';

/** The configuration Secret. @param compressed prometheus.yml, gzipped; empty while users manage it themselves. */
export function renderConfigSecret(workload: Workload, compressed: Uint8Array): Secret {
  const { names, owner, settings } = workload;
  return renderSecret(names.configSecret, { [configKey]: compressed }, owner, settings);
}

/**
 * The tls-assets Secrets, one a group, numbered from 0 (docs/reference/rendering.md 8.1).
 * @param groups keys and contents as they were cut to fit; number 0 exists even when there are no assets.
 */
export function renderTlsAssetSecrets(
  workload: Workload,
  groups: readonly Readonly<Record<string, string | Uint8Array>>[],
): Secret[] {
  const { names, owner, settings } = workload;
  const filled = groups.length === 0 ? [{}] : groups;
  return filled.map((data, index) => renderSecret(nameTlsAssetSecret(names, index), data, owner, settings));
}

/** The web configuration Secret; made even when there is nothing to configure, so that TLS needs no new volume. */
export function renderWebConfigSecret(workload: Workload): Secret {
  const { names, owner, settings, spec } = workload;
  const file = writeWebConfig(spec.web, webConfigFolder);
  return renderSecret(names.webConfigSecret, { [webConfigKey]: file }, owner, settings);
}

/** How the sidecar calls Prometheus: by localhost, which no certificate names. Made for every server, as the reference does. */
export function renderHttpClientSecret(workload: Workload): Secret {
  const { names, owner, settings } = workload;
  const file = writeYamlFields({ tls_config: { insecure_skip_verify: true } });
  return renderSecret(names.httpClientSecret, { [thanosHttpClientFile]: file }, owner, settings);
}
