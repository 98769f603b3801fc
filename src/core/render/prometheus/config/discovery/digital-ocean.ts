import { checkClient, renderClientParts } from './mechanism.ts';
import type { Mechanism } from './mechanism.ts';

export const digitalOceanDiscovery: Mechanism<'digitalOceanSDConfigs'> = {
  field: 'digitalOceanSDConfigs',
  section: 'digitalocean_sd_configs',
  since: '2.20.0',
  check: checkClient,
  render(item, scope) {
    const client = renderClientParts(item, scope);
    return {
      ...client.authorization,
      ...client.oauth2,
      ...client.proxy,
      ...client.followRedirects,
      ...client.enableHttp2,
      ...client.tls,
      port: item.port,
      refresh_interval: item.refreshInterval,
    };
  },
};
