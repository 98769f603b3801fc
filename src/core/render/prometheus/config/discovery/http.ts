import { checkUrl } from '../../../../field-checks/check-proxy.ts';
import { checkClient, renderClientParts } from './mechanism.ts';
import type { Mechanism } from './mechanism.ts';

export const httpDiscovery: Mechanism<'httpSDConfigs'> = {
  field: 'httpSDConfigs',
  section: 'http_sd_configs',
  since: '2.28.0',
  *check(item, field, scope) {
    yield* checkUrl(item.url, { field: `${field}.url`, reason: 'InvalidURL' });
    yield* checkClient(item, field, scope);
  },
  render(item, scope) {
    const client = renderClientParts(item, scope);
    return {
      ...client.basicAuth,
      ...client.authorization,
      ...client.tls,
      ...client.proxy,
      ...client.oauth2,
      url: item.url,
      refresh_interval: item.refreshInterval,
      ...client.followRedirects,
      ...client.enableHttp2,
    };
  },
};
