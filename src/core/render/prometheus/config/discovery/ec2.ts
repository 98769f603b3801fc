import { checkProxy } from '../../../../field-checks/check-proxy.ts';
import { checkSecretKey } from '../../../../field-checks/check-scope.ts';
import { checkTls } from '../../../../field-checks/check-tls.ts';
import { gated } from '../render-scope.ts';
import { renderFilters } from './filters.ts';
import { renderClientParts, requireSecret } from './mechanism.ts';
import type { Mechanism } from './mechanism.ts';

const http = 'ec2_sd_configs.http';

export const ec2Discovery: Mechanism<'ec2SDConfigs'> = {
  field: 'ec2SDConfigs',
  section: 'ec2_sd_configs',
  *check(item, field, scope) {
    yield* checkSecretKey(item.accessKey, `${field}.accessKey`, scope);
    yield* checkSecretKey(item.secretKey, `${field}.secretKey`, scope);
    yield* checkTls(item.tlsConfig, `${field}.tlsConfig`, scope);
    yield* checkProxy(item, field, scope);
  },
  render(item, scope) {
    const client = renderClientParts(item, scope);
    const hasKeys = item.accessKey !== undefined && item.secretKey !== undefined;
    return {
      ...client.proxy,
      region: item.region,
      access_key: hasKeys ? requireSecret(item.accessKey, 'spec.ec2SDConfigs.accessKey', scope) : undefined,
      secret_key: hasKeys ? requireSecret(item.secretKey, 'spec.ec2SDConfigs.secretKey', scope) : undefined,
      role_arn: item.roleARN,
      refresh_interval: item.refreshInterval,
      port: item.port,
      filters: gated(scope, 'ec2_sd_configs.filters', renderFilters(item.filters)),
      follow_redirects: gated(scope, http, item.followRedirects),
      enable_http2: gated(scope, http, item.enableHTTP2),
      tls_config: item.tlsConfig && gated(scope, http, client.tls['tls_config']),
    };
  },
};
