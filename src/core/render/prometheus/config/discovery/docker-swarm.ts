import { checkUrl } from '../../../../field-checks/check-proxy.ts';
import { renderFilters } from './filters.ts';
import { checkClient, renderClientParts } from './mechanism.ts';
import type { Mechanism } from './mechanism.ts';

export const dockerSwarmDiscovery: Mechanism<'dockerSwarmSDConfigs'> = {
  field: 'dockerSwarmSDConfigs',
  section: 'dockerswarm_sd_configs',
  since: '2.20.0',
  *check(item, field, scope) {
    yield* checkUrl(item.host, { field: `${field}.host`, reason: 'InvalidURL' });
    yield* checkClient(item, field, scope);
  },
  render(item, scope) {
    const client = renderClientParts(item, scope);
    return {
      ...client.basicAuth,
      ...client.authorization,
      ...client.oauth2,
      ...client.proxy,
      filters: renderFilters(item.filters),
      host: item.host,
      ...client.tls,
      role: item.role.toLowerCase(),
      port: item.port,
      refresh_interval: item.refreshInterval,
      ...client.followRedirects,
      ...client.enableHttp2,
    };
  },
};
