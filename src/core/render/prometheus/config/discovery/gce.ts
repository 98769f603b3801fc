import type { Mechanism } from './mechanism.ts';

export const gceDiscovery: Mechanism<'gceSDConfigs'> = {
  field: 'gceSDConfigs',
  section: 'gce_sd_configs',
  *check() {},
  render: (item) => ({
    project: item.project,
    zone: item.zone,
    filter: item.filter,
    refresh_interval: item.refreshInterval,
    port: item.port,
    tag_separator: item.tagSeparator,
  }),
};
