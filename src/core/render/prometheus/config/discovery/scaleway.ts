import { checkProxy } from '../../../../field-checks/check-proxy.ts';
import { checkSecretKey } from '../../../../field-checks/check-scope.ts';
import { checkTls } from '../../../../field-checks/check-tls.ts';
import { readSecret, unlessNone } from '../blocks.ts';
import { renderClientParts } from './mechanism.ts';
import type { Mechanism } from './mechanism.ts';

export const scalewayDiscovery: Mechanism<'scalewaySDConfigs'> = {
  field: 'scalewaySDConfigs',
  section: 'scaleway_sd_configs',
  since: '2.26.0',
  *check(item, field, scope) {
    yield* checkSecretKey(item.secretKey, `${field}.secretKey`, scope);
    yield* checkProxy(item, field, scope);
    yield* checkTls(item.tlsConfig, `${field}.tlsConfig`, scope);
  },
  render(item, scope) {
    const client = renderClientParts(item, scope);
    return {
      access_key: item.accessKey,
      secret_key: readSecret(item.secretKey, scope) ?? '',
      project_id: item.projectID,
      role: item.role.toLowerCase(),
      port: item.port,
      api_url: item.apiURL,
      zone: item.zone,
      name_filter: item.nameFilter,
      tags_filter: unlessNone(item.tagsFilter),
      refresh_interval: item.refreshInterval,
      ...client.proxy,
      ...client.tls,
      ...client.followRedirects,
      ...client.enableHttp2,
    };
  },
};
