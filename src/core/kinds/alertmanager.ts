import type { Alertmanager } from '../../api/alertmanager.ts';
import { alertmanagerType } from '../../api/alertmanager.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { matchAlertmanagerWorkload, renderAlertmanager } from '../desired/desired-alertmanager.ts';
import { renderAlertmanagerService } from '../render/alertmanager/alertmanager-service.ts';
import { labelPods, selectPods } from '../render/alertmanager/alertmanager-labels.ts';
import { listNames } from '../render/alertmanager/alertmanager-names.ts';
import {
  asAlertmanagerWorkload,
  countReplicas,
  viewAlertmanager,
} from '../render/alertmanager/alertmanager-workload.ts';
import type { AlertmanagerWorkload } from '../render/alertmanager/alertmanager-workload.ts';
import { unlessBlank } from '../render/shared/rendered-objects.ts';
import { ConfigCache } from '../select/alertmanager-config/cache.ts';
import { listDeprecatedAlertmanagerFields } from '../status/deprecated-fields.ts';
import { describeSet } from '../status/set-subject.ts';
import type { WorkloadKind, WorkloadMatch, WorkloadMatcher } from './kind.ts';
import { selectSets } from './kind.ts';

function createMatcher(): WorkloadMatcher<Alertmanager> {
  const cache = new ConfigCache();
  return function* (alertmanager, settings, sources): Interruptible<WorkloadMatch> {
    const workload = asAlertmanagerWorkload(alertmanager, settings);
    const match = yield* matchAlertmanagerWorkload(workload, sources, cache);
    return { references: match.references, render: (assets) => renderAlertmanager(match, assets, cache) };
  };
}

/** Alertmanager objects. */
export const alertmanagerKind: WorkloadKind<Alertmanager, AlertmanagerWorkload> = {
  type: alertmanagerType,
  program: 'alertmanager',
  controller: 'alertmanager',
  instanceFlags: 'alertmanager-instance',
  resource: 'alertmanagers',
  queueName: 'alertmanager',
  reportingController: 'alertmanager-controller',
  selects: ['AlertmanagerConfig'],
  mayChooseNothing: true,
  isKeptWhileBound: true,
  listNamed({ alertmanagerConfiguration }) {
    const name = unlessBlank(alertmanagerConfiguration?.name);
    return name === undefined ? [] : [{ kind: 'AlertmanagerConfig', name }];
  },
  statefulSetSelector: selectSets('alertmanager'),
  serviceSelector: 'operated-alertmanager=true',
  names: listNames,
  createMatcher,
  describeStatus(alertmanager, settings) {
    const { version: _version, ...spec } = alertmanager.spec;
    const workload = viewAlertmanager({ ...alertmanager, spec }, settings);
    return describeSet(workload, { selector: selectPods(workload), showsSelector: true });
  },
  countSpec: (spec) => ({ replicas: countReplicas(spec) }),
  listDeprecatedFields: ({ spec }) => listDeprecatedAlertmanagerFields(spec),
  labelPods,
  renderGoverningService: renderAlertmanagerService,
};
