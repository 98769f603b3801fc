import { writeYamlFields } from '../../../base/yaml-writer.ts';
import type { Secret } from '../shared/rendered-objects.ts';
import { renderSecret } from '../shared/secret.ts';
import { configKey, thanosHttpClientFile } from './prometheus-paths.ts';
import type { PrometheusWorkload } from './prometheus-workload.ts';

/** The configuration Secret. @param compressed prometheus.yml, gzipped; empty while users manage it themselves. */
export function renderConfigSecret(workload: PrometheusWorkload, compressed: Uint8Array): Secret {
  const { names, owner, settings } = workload;
  return renderSecret({ name: names.configSecret, data: { [configKey]: compressed } }, owner, settings);
}

/** How the sidecar calls Prometheus: by localhost, which no certificate names. Made for every server, as the reference does. */
export function renderHttpClientSecret(workload: PrometheusWorkload): Secret {
  const { names, owner, settings } = workload;
  const file = writeYamlFields({ tls_config: { insecure_skip_verify: true } });
  return renderSecret({ name: names.httpClientSecret, data: { [thanosHttpClientFile]: file } }, owner, settings);
}
