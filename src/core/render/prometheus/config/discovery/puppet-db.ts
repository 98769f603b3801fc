import { checkServerUrl } from '../../../../field-checks/check-proxy.ts';
import { checkClient, renderClientParts } from './mechanism.ts';
import type { Mechanism } from './mechanism.ts';

export const puppetDbDiscovery: Mechanism<'puppetDBSDConfigs'> = {
  field: 'puppetDBSDConfigs',
  section: 'puppetdb_sd_configs',
  since: '2.31.0',
  *check(item, field, scope) {
    yield* checkServerUrl(item.url, { field: `${field}.url`, reason: 'InvalidURL' }, ['http', 'https']);
    yield* checkClient(item, field, scope);
  },
  render(item, scope) {
    const client = renderClientParts(item, scope);
    return {
      ...client.basicAuth,
      ...client.authorization,
      ...client.oauth2,
      ...client.proxy,
      url: item.url,
      query: item.query,
      include_parameters: item.includeParameters,
      port: item.port,
      refresh_interval: item.refreshInterval,
      ...client.followRedirects,
      ...client.tls,
      ...client.enableHttp2,
    };
  },
};
