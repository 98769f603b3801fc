import type { Mechanism } from './mechanism.ts';

export const fileDiscovery: Mechanism<'fileSDConfigs'> = {
  field: 'fileSDConfigs',
  section: 'file_sd_configs',
  // Patterns of file names are the API server's to check.
  *check() {},
  render: (item) => ({ files: item.files, refresh_interval: item.refreshInterval }),
};
