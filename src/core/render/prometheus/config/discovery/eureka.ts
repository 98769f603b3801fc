import { unlessBlank } from '../../../shared/rendered-objects.ts';
import { checkClient, renderClientParts } from './mechanism.ts';
import type { Mechanism } from './mechanism.ts';

export const eurekaDiscovery: Mechanism<'eurekaSDConfigs'> = {
  field: 'eurekaSDConfigs',
  section: 'eureka_sd_configs',
  check: checkClient,
  render(item, scope) {
    const client = renderClientParts(item, scope);
    return {
      ...client.basicAuth,
      ...client.authorization,
      ...client.oauth2,
      ...client.proxy,
      ...client.followRedirects,
      ...client.enableHttp2,
      ...client.tls,
      refresh_interval: item.refreshInterval,
      server: unlessBlank(item.server),
    };
  },
};
