import type { AzureSDConfig } from '../../../../../api/scrape-config/azure.ts';
import { unlessBlank } from '../../../shared/rendered-objects.ts';
import { checkSecretKey, reject } from '../../../../field-checks/check-scope.ts';
import type { Findings } from '../../../../findings.ts';
import { checkClient, checkSince, renderClientParts, requireSecret } from './mechanism.ts';
import type { Mechanism } from './mechanism.ts';

/** Ways that need no secret of a client. */
const methodsSince: Readonly<Record<string, string>> = {
  ManagedIdentity: '2.0.0',
  SDK: '2.52.0',
  WorkloadIdentity: '3.11.0',
};

function* checkOAuth(item: AzureSDConfig, field: string): Findings {
  for (const name of ['tenantID', 'clientID', 'clientSecret'] as const) {
    const value = item[name];
    if (value === undefined || value === '')
      yield reject(
        { field: `${field}.${name}`, reason: 'InvalidServiceDiscovery' },
        `Cannot authenticate with OAuth without "${name}"`,
      );
  }
}

export const azureDiscovery: Mechanism<'azureSDConfigs'> = {
  field: 'azureSDConfigs',
  section: 'azure_sd_configs',
  *check(item, field, scope) {
    const method = item.authenticationMethod ?? '';
    const since = methodsSince[method];
    yield* checkSince({ value: since && method, since: since ?? '' }, `${field}.authenticationMethod`, scope);
    yield* checkSince({ value: item.resourceGroup, since: '2.35.0' }, `${field}.resourceGroup`, scope);
    if (since === undefined) yield* checkOAuth(item, field);
    // Whatever the method: a key that is missing when the item is written would stop the whole configuration.
    yield* checkSecretKey(item.clientSecret, `${field}.clientSecret`, scope);
    yield* checkClient(item, field, scope);
  },
  render(item, scope) {
    const client = renderClientParts(item, scope);
    return {
      ...client.basicAuth,
      ...client.authorization,
      ...client.oauth2,
      ...client.proxy,
      environment: item.environment,
      authentication_method: item.authenticationMethod,
      subscription_id: unlessBlank(item.subscriptionID),
      tenant_id: item.tenantID,
      client_id: item.clientID,
      client_secret: requireSecret(item.clientSecret, 'spec.azureSDConfigs.clientSecret', scope),
      resource_group: item.resourceGroup,
      refresh_interval: item.refreshInterval,
      port: item.port,
    };
  },
};
