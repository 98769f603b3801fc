import { checkServerUrl } from '../../../../field-checks/check-proxy.ts';
import { checkClient, checkSince, renderClientParts } from './mechanism.ts';
import type { Mechanism } from './mechanism.ts';

export const kumaDiscovery: Mechanism<'kumaSDConfigs'> = {
  field: 'kumaSDConfigs',
  section: 'kuma_sd_configs',
  *check(item, field, scope) {
    yield* checkSince({ value: item.clientID, since: '2.50.0' }, `${field}.clientID`, scope);
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
      ...client.followRedirects,
      ...client.enableHttp2,
      ...client.tls,
      refresh_interval: item.refreshInterval,
      fetch_timeout: item.fetchTimeout,
      client_id: item.clientID,
    };
  },
};
