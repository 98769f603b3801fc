import { unlessBlank } from '../../../shared/rendered-objects.ts';
import { gates } from '../gates.ts';
import { gated } from '../render-scope.ts';
import { checkClient, checkSince, renderClientParts } from './mechanism.ts';
import type { Mechanism } from './mechanism.ts';

export const hetznerDiscovery: Mechanism<'hetznerSDConfigs'> = {
  field: 'hetznerSDConfigs',
  section: 'hetzner_sd_configs',
  *check(item, field, scope) {
    const { since } = gates['hetzner_sd_configs.label_selector'];
    yield* checkSince({ value: item.labelSelector, since }, `${field}.labelSelector`, scope);
    yield* checkClient(item, field, scope);
  },
  render(item, scope) {
    const client = renderClientParts(item, scope);
    return {
      ...client.basicAuth,
      ...client.authorization,
      ...client.oauth2,
      ...client.proxy,
      role: item.role.toLowerCase(),
      ...client.followRedirects,
      ...client.enableHttp2,
      ...client.tls,
      port: item.port,
      refresh_interval: item.refreshInterval,
      label_selector: gated(scope, 'hetzner_sd_configs.label_selector', unlessBlank(item.labelSelector)),
    };
  },
};
