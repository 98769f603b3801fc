import type { ThanosRuler } from '../../api/thanos-ruler.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { thanosRulerType } from '../../api/thanos-ruler.ts';
import { createThanosRulerCaches, matchThanosRuler, renderThanosRuler } from '../desired/desired-thanos-ruler.ts';
import { renderRulerService } from '../render/thanos-ruler/ruler-service.ts';
import { labelPods, selectPods } from '../render/thanos-ruler/ruler-labels.ts';
import { listNames } from '../render/thanos-ruler/ruler-names.ts';
import { asThanosRulerWorkload, viewThanosRuler } from '../render/thanos-ruler/ruler-workload.ts';
import type { ThanosRulerWorkload } from '../render/thanos-ruler/ruler-workload.ts';
import { listDeprecatedRulerFields } from '../status/deprecated-fields.ts';
import { describeSet } from '../status/set-subject.ts';
import type { WorkloadKind, WorkloadMatch, WorkloadMatcher } from './kind.ts';
import { selectSets } from './kind.ts';

function createMatcher(): WorkloadMatcher<ThanosRuler> {
  const caches = createThanosRulerCaches();
  return function* (ruler, settings, sources): Interruptible<WorkloadMatch> {
    const workload = asThanosRulerWorkload(ruler, settings);
    const match = matchThanosRuler(workload, sources);
    return { references: match.references, render: (assets) => renderThanosRuler(match, assets, caches) };
  };
}

/** ThanosRuler objects. */
export const thanosRulerKind: WorkloadKind<ThanosRuler, ThanosRulerWorkload> = {
  type: thanosRulerType,
  program: 'thanos-ruler',
  controller: 'thanos',
  instanceFlags: 'thanos-ruler-instance',
  resource: 'thanosrulers',
  queueName: 'thanos',
  reportingController: 'thanos-controller',
  selects: ['PrometheusRule'],
  statefulSetSelector: selectSets('thanos-ruler'),
  serviceSelector: 'operated-thanos-ruler=true',
  names: listNames,
  createMatcher,
  describeStatus(ruler, settings) {
    const { version: _version, ...spec } = ruler.spec;
    const workload = viewThanosRuler({ ...ruler, spec }, settings);
    return describeSet(workload, { selector: selectPods(workload), showsSelector: false });
  },
  countSpec: ({ replicas = 1 }) => ({ replicas }),
  listDeprecatedFields: ({ spec }) => listDeprecatedRulerFields(spec),
  labelPods,
  renderGoverningService: renderRulerService,
};
