import { checkSecretKey } from '../../../../field-checks/check-scope.ts';
import { readSecret } from '../blocks.ts';
import type { Mechanism } from './mechanism.ts';

const services: Readonly<Record<string, string>> = { VPS: 'vps', DedicatedServer: 'dedicated_server' };

export const ovhCloudDiscovery: Mechanism<'ovhcloudSDConfigs'> = {
  field: 'ovhcloudSDConfigs',
  section: 'ovhcloud_sd_configs',
  since: '2.40.0',
  *check(item, field, scope) {
    yield* checkSecretKey(item.applicationSecret, `${field}.applicationSecret`, scope);
    yield* checkSecretKey(item.consumerKey, `${field}.consumerKey`, scope);
  },
  render: (item, scope) => ({
    application_key: item.applicationKey,
    application_secret: readSecret(item.applicationSecret, scope) ?? '',
    consumer_key: readSecret(item.consumerKey, scope) ?? '',
    service: services[item.service],
    endpoint: item.endpoint,
    refresh_interval: item.refreshInterval,
  }),
};
