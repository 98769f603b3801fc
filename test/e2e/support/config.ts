import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import type { Secret } from '../../../src/core/render/shared/rendered-objects.ts';
import { checkConfig } from '../../control-plane/prometheus.ts';

function unpack(secret: Secret | undefined, key: string): string | undefined {
  const packed = secret?.data?.[key] ?? '';
  return packed === '' ? undefined : gunzipSync(Buffer.from(packed, 'base64')).toString('utf8');
}

/** The prometheus.yml in a config Secret; undefined when the Secret holds none. */
export const decodeConfig = (secret: Secret | undefined): string | undefined => unpack(secret, 'prometheus.yaml.gz');

/** The alertmanager.yml in a generated Secret; undefined when the Secret holds none. */
export const decodeAlertmanagerConfig = (secret: Secret | undefined): string | undefined =>
  unpack(secret, 'alertmanager.yaml.gz');

/** Names of the jobs, in order: "serviceMonitor/shop/web/0". */
export function listJobs(config: string): string[] {
  return [...config.matchAll(/^- job_name: (.*)$/gm)].map(([, name = '']) => name);
}

/** promtool has nothing against any of the configs. */
export async function assertValidConfigs(configs: readonly string[]): Promise<void> {
  for (const config of configs) {
    const { valid, output } = await checkConfig(config);
    assert.ok(valid, `${output}\n${config}`);
  }
}
