import { checkClient, renderClientParts } from './mechanism.ts';
import type { Mechanism } from './mechanism.ts';

export const linodeDiscovery: Mechanism<'linodeSDConfigs'> = {
  field: 'linodeSDConfigs',
  section: 'linode_sd_configs',
  since: '2.28.0',
  check: checkClient,
  render(item, scope) {
    const client = renderClientParts(item, scope);
    return {
      ...client.authorization,
      ...client.oauth2,
      ...client.proxy,
      ...client.tls,
      port: item.port,
      region: item.region,
      ...client.enableHttp2,
      tag_separator: item.tagSeparator,
      refresh_interval: item.refreshInterval,
      ...client.followRedirects,
    };
  },
};
