import { monitorKinds } from '../monitor.ts';
import type { Prometheus } from '../../api/prometheus.ts';
import { prometheusType } from '../../api/prometheus.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { createPrometheusCaches, matchPrometheus, renderPrometheus } from '../desired/desired-prometheus.ts';
import { renderServerService } from '../render/prometheus/prometheus-service.ts';
import { labelAllPods, modeLabel, nameLabel, shardLabel } from '../render/prometheus/prometheus-labels.ts';
import { listNames } from '../render/prometheus/prometheus-names.ts';
import { countReplicas, countShards } from '../render/prometheus/shards.ts';
import { asServerWorkload, viewServer } from '../render/prometheus/prometheus-workload.ts';
import type { PrometheusWorkload } from '../render/prometheus/prometheus-workload.ts';
import { listDeprecatedFields } from '../status/deprecated-fields.ts';
import { describePrometheus } from '../status/prometheus-subject.ts';
import type { OperatorSettings } from '../settings.ts';
import type { CommonPrometheusFields } from '../../api/parts/prometheus-fields.ts';
import type { SpecCounts, WorkloadKind, WorkloadMatch, WorkloadMatcher, WorkloadObject } from './kind.ts';

/** The operator's own sets of one role: those of users are never looked at. */
export const selectRole = (role: PrometheusWorkload['role']): string =>
  `managed-by in (prometheus-operator),${nameLabel},${modeLabel} in (${role})`;

/** A matcher for Prometheus or PrometheusAgent objects. */
export function createPrometheusMatcher<T extends WorkloadObject>(
  asWorkload: (instance: T, settings: OperatorSettings) => PrometheusWorkload,
): WorkloadMatcher<T> {
  const caches = createPrometheusCaches();
  return function* (instance, settings, sources): Interruptible<WorkloadMatch> {
    const match = yield* matchPrometheus(asWorkload(instance, settings), sources, caches);
    return {
      references: match.references,
      render: (assets, live) => renderPrometheus({ ...match, live }, assets, caches),
    };
  };
}

export function countPrometheusSpec(spec: CommonPrometheusFields): SpecCounts {
  return {
    replicas: countReplicas(spec),
    shards: countShards(spec),
    enforcedSampleLimit: spec.enforcedSampleLimit,
  };
}

/** Prometheus objects. */
export const serverKind: WorkloadKind<Prometheus, PrometheusWorkload> = {
  type: prometheusType,
  program: 'prometheus',
  controller: 'prometheus',
  instanceFlags: 'prometheus-instance',
  resource: 'prometheuses',
  queueName: 'prometheus',
  reportingController: 'prometheus-controller',
  selects: [...monitorKinds, 'PrometheusRule'],
  statefulSetSelector: `${selectRole('server')},${shardLabel}`,
  serviceSelector: 'operated-prometheus=true',
  names: (name) => listNames('server', name),
  createMatcher: () => createPrometheusMatcher(asServerWorkload),
  describeStatus(prometheus, settings) {
    const { version: _version, ...spec } = prometheus.spec;
    return describePrometheus(viewServer({ ...prometheus, spec }, settings));
  },
  countSpec: countPrometheusSpec,
  listDeprecatedFields,
  labelPods: labelAllPods,
  renderGoverningService: renderServerService,
};
