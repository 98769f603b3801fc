import { checkSecretKey } from '../../../../field-checks/check-scope.ts';
import { checkTls } from '../../../../field-checks/check-tls.ts';
import { renderTls } from '../blocks.ts';
import { checkSince, requireSecret } from './mechanism.ts';
import type { Mechanism } from './mechanism.ts';

export const openStackDiscovery: Mechanism<'openstackSDConfigs'> = {
  field: 'openstackSDConfigs',
  section: 'openstack_sd_configs',
  *check(item, field, scope) {
    if (item.role.toLowerCase() === 'loadbalancer')
      yield* checkSince({ value: item.role, since: '3.2.0' }, `${field}.role`, scope);
    yield* checkSecretKey(item.password, `${field}.password`, scope);
    yield* checkSecretKey(item.applicationCredentialSecret, `${field}.applicationCredentialSecret`, scope);
    yield* checkTls(item.tlsConfig, `${field}.tlsConfig`, scope);
  },
  render: (item, scope) => ({
    role: item.role.toLowerCase(),
    region: item.region,
    identity_endpoint: item.identityEndpoint,
    username: item.username,
    userid: item.userid,
    password: requireSecret(item.password, 'spec.openstackSDConfigs.password', scope),
    domain_name: item.domainName,
    domain_id: item.domainID,
    project_name: item.projectName,
    project_id: item.projectID,
    application_credential_name: item.applicationCredentialName,
    application_credential_id: item.applicationCredentialId,
    application_credential_secret: requireSecret(
      item.applicationCredentialSecret,
      'spec.openstackSDConfigs.applicationCredentialSecret',
      scope,
    ),
    all_tenants: item.allTenants,
    refresh_interval: item.refreshInterval,
    port: item.port,
    // Prometheus knows the lower-case words only.
    availability: item.availability?.toLowerCase(),
    tls_config: renderTls(item.tlsConfig, scope),
  }),
};
