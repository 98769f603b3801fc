import { checkSecretKey } from '../../../../field-checks/check-scope.ts';
import { unlessNoEntries, unlessNone } from '../blocks.ts';
import { checkClient, checkSince, renderClientParts, requireSecret } from './mechanism.ts';
import type { Mechanism } from './mechanism.ts';

export const consulDiscovery: Mechanism<'consulSDConfigs'> = {
  field: 'consulSDConfigs',
  section: 'consul_sd_configs',
  *check(item, field, scope) {
    yield* checkSince({ value: item.pathPrefix, since: '2.45.0' }, `${field}.pathPrefix`, scope);
    yield* checkSince({ value: item.namespace, since: '2.28.0' }, `${field}.namespace`, scope);
    yield* checkSince({ value: item.filter, since: '3.0.0' }, `${field}.filter`, scope);
    yield* checkSince({ value: item.healthFilter, since: '3.11.2' }, `${field}.healthFilter`, scope);
    yield* checkClient(item, field, scope);
    yield* checkSecretKey(item.tokenRef, `${field}.tokenRef`, scope);
  },
  render(item, scope) {
    const client = renderClientParts(item, scope);
    return {
      ...client.basicAuth,
      ...client.authorization,
      ...client.oauth2,
      ...client.proxy,
      ...client.tls,
      server: item.server,
      path_prefix: item.pathPrefix,
      token: requireSecret(item.tokenRef, 'spec.consulSDConfigs.tokenRef', scope),
      datacenter: item.datacenter,
      namespace: item.namespace,
      partition: item.partition,
      scheme: item.scheme?.toLowerCase(),
      services: unlessNone(item.services),
      tags: unlessNone(item.tags),
      tag_separator: item.tagSeparator,
      node_meta: unlessNoEntries(item.nodeMeta),
      filter: item.filter,
      health_filter: item.healthFilter,
      allow_stale: item.allowStale,
      refresh_interval: item.refreshInterval,
      ...client.followRedirects,
      ...client.enableHttp2,
    };
  },
};
