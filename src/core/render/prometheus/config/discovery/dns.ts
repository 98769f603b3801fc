import { reject } from '../../../../field-checks/check-scope.ts';
import type { GateName } from '../gates.ts';
import { gated } from '../render-scope.ts';
import type { Mechanism } from './mechanism.ts';

const typeGates: Readonly<Record<string, GateName>> = { NS: 'dns_sd_configs.type: NS', MX: 'dns_sd_configs.type: MX' };

export const dnsDiscovery: Mechanism<'dnsSDConfigs'> = {
  field: 'dnsSDConfigs',
  section: 'dns_sd_configs',
  *check({ type, port }, field) {
    if (type !== undefined && type !== 'SRV' && port === undefined)
      yield reject(
        { field: `${field}.port`, reason: 'InvalidServiceDiscovery' },
        `Cannot use type "${type}" without "port"`,
      );
  },
  render(item, scope) {
    const gate = typeGates[item.type ?? ''];
    return {
      names: item.names,
      refresh_interval: item.refreshInterval,
      type: gate === undefined ? item.type : gated(scope, gate, item.type),
      port: item.port,
    };
  },
};
