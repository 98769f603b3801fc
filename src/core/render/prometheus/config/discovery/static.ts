import { sortEntries } from '../../../../../base/order.ts';
import { rejectLabelName } from '../../../../field-checks/check-scope.ts';
import { isLabelName } from '../../../../relabel/validate.ts';
import type { Mechanism } from './mechanism.ts';

export const staticDiscovery: Mechanism<'staticConfigs'> = {
  field: 'staticConfigs',
  section: 'static_configs',
  *check(item, field, { version }) {
    for (const name of Object.keys(item.labels ?? {}))
      if (!isLabelName(name, version)) yield rejectLabelName(`${field}.labels`, name);
  },
  render: (item) => ({ targets: item.targets, labels: sortEntries(item.labels ?? {}) }),
};
