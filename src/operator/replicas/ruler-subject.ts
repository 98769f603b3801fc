import type { DesiredThanosRuler } from '../../core/desired/desired-thanos-ruler.ts';
import { listPlainReplicas } from '../../core/loaded/expected-replicas.ts';
import { replicaLabel } from '../../core/render/thanos-ruler/ruler-arguments.ts';
import { selectPods } from '../../core/render/thanos-ruler/ruler-labels.ts';
import { httpPort } from '../../core/render/thanos-ruler/ruler-workload.ts';
import { lookAtRuler } from './look-at-ruler.ts';
import type { Subject } from './subject.ts';
import { readRules } from './written-config.ts';

/** From this version on Thanos serves by TLS. */
const servesTls = '0.21.0';

export function describeThanosRuler(desired: DesiredThanosRuler): Subject {
  const { workload } = desired;
  const { spec, version } = workload;
  return {
    ...{ workload, isOpenEnded: false, container: 'thanos-ruler', podLabels: selectPods(workload) },
    web: {
      port: httpPort,
      prefix: (spec.routePrefix ?? '').replace(/^\/*(?=.)/, '/').replace(/\/$/, ''),
      isSecure: spec.web?.tlsConfig !== undefined && version.isAtLeast(servesTls),
      isLocal: spec.listenLocal === true,
    },
    scraped: undefined,
    listReplicas: (pods) => listPlainReplicas(workload, Math.max(0, spec.replicas ?? 1), pods),
    readRevisions: (known) => {
      // Thanos prints its external labels with each rule.
      const ownLabels = new Set([replicaLabel, ...Object.keys(spec.labels ?? {})]);
      const rules = readRules(desired, { format: 'thanos', ownLabels }, known);
      return { revision: rules.revision, unprovenRevision: '', config: undefined, rules };
    },
    look: lookAtRuler,
  };
}
