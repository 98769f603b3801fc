import { checkServerUrl } from '../../../../field-checks/check-proxy.ts';
import { checkClient, renderClientParts } from './mechanism.ts';
import type { Mechanism } from './mechanism.ts';

export const nomadDiscovery: Mechanism<'nomadSDConfigs'> = {
  field: 'nomadSDConfigs',
  section: 'nomad_sd_configs',
  *check(item, field, scope) {
    yield* checkServerUrl(item.server, { field: `${field}.server`, reason: 'InvalidURL' });
    yield* checkClient(item, field, scope);
  },
  render(item, scope) {
    const client = renderClientParts(item, scope);
    return {
      ...client.basicAuth,
      ...client.authorization,
      ...client.oauth2,
      ...client.proxy,
      server: item.server,
      allow_stale: item.allowStale,
      namespace: item.namespace,
      refresh_interval: item.refreshInterval,
      region: item.region,
      tag_separator: item.tagSeparator,
      ...client.followRedirects,
      ...client.enableHttp2,
      ...client.tls,
    };
  },
};
