import { checkClient, renderClientParts } from './mechanism.ts';
import type { Mechanism } from './mechanism.ts';

export const ionosDiscovery: Mechanism<'ionosSDConfigs'> = {
  field: 'ionosSDConfigs',
  section: 'ionos_sd_configs',
  since: '2.36.0',
  check(item, field, scope) {
    const { authorization: _replaced, ...client } = item;
    // The API demands authorization; oauth2 replaces it.
    return checkClient(item.oauth2 === undefined ? item : client, field, scope);
  },
  render(item, scope) {
    const client = renderClientParts(item, scope);
    return {
      ...(item.oauth2 === undefined ? client.authorization : {}),
      ...client.oauth2,
      ...client.proxy,
      ...client.tls,
      datacenter_id: item.datacenterID,
      ...client.followRedirects,
      ...client.enableHttp2,
      port: item.port,
      refresh_interval: item.refreshInterval,
    };
  },
};
