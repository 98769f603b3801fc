import { checkSecretKey } from '../../../../field-checks/check-scope.ts';
import { checkClient, renderClientParts, requireSecret } from './mechanism.ts';
import type { Mechanism } from './mechanism.ts';

export const lightSailDiscovery: Mechanism<'lightSailSDConfigs'> = {
  field: 'lightSailSDConfigs',
  section: 'lightsail_sd_configs',
  since: '2.27.0',
  *check(item, field, scope) {
    yield* checkSecretKey(item.accessKey, `${field}.accessKey`, scope);
    yield* checkSecretKey(item.secretKey, `${field}.secretKey`, scope);
    yield* checkClient(item, field, scope);
  },
  render(item, scope) {
    const client = renderClientParts(item, scope);
    const hasKeys = item.accessKey !== undefined && item.secretKey !== undefined;
    return {
      ...client.basicAuth,
      ...client.authorization,
      ...client.proxy,
      ...client.oauth2,
      region: item.region,
      endpoint: item.endpoint,
      port: item.port,
      refresh_interval: item.refreshInterval,
      access_key: hasKeys ? requireSecret(item.accessKey, 'spec.lightSailSDConfigs.accessKey', scope) : undefined,
      secret_key: hasKeys ? requireSecret(item.secretKey, 'spec.lightSailSDConfigs.secretKey', scope) : undefined,
      role_arn: item.roleARN,
      ...client.tls,
      ...client.followRedirects,
      ...client.enableHttp2,
    };
  },
};
