import { checkUrl } from '../../../../field-checks/check-proxy.ts';
import { gates } from '../gates.ts';
import { gated } from '../render-scope.ts';
import { renderFilters } from './filters.ts';
import { checkClient, checkSince, renderClientParts } from './mechanism.ts';
import type { Mechanism } from './mechanism.ts';

export const dockerDiscovery: Mechanism<'dockerSDConfigs'> = {
  field: 'dockerSDConfigs',
  section: 'docker_sd_configs',
  *check(item, field, scope) {
    const { since } = gates['docker_sd_configs.match_first_network'];
    yield* checkSince({ value: item.matchFirstNetwork, since }, `${field}.matchFirstNetwork`, scope);
    yield* checkUrl(item.host, { field: `${field}.host`, reason: 'InvalidURL' });
    yield* checkClient(item, field, scope);
  },
  render(item, scope) {
    const client = renderClientParts(item, scope);
    return {
      ...client.authorization,
      ...client.oauth2,
      ...client.proxy,
      ...client.basicAuth,
      filters: renderFilters(item.filters),
      host: item.host,
      ...client.tls,
      port: item.port,
      host_networking_host: item.hostNetworkingHost,
      match_first_network: gated(scope, 'docker_sd_configs.match_first_network', item.matchFirstNetwork),
      refresh_interval: item.refreshInterval,
      ...client.followRedirects,
      ...client.enableHttp2,
    };
  },
};
