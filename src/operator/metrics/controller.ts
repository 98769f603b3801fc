import type { Registry } from 'prom-client';
import type { WorkloadMetrics } from '../../controllers/workload/metrics.ts';
import { MetricFactory } from './factory.ts';
import { createConditionGauge } from './status-conditions.ts';

type Gauge = ReturnType<MetricFactory['gauge']>;

/** What a kind does not know, or a spec does not say, has no value. */
function setOrRemove(gauge: Gauge, labels: Readonly<Record<string, string>>, value: number | undefined): void {
  if (value === undefined) gauge.remove(labels);
  else gauge.set(labels, value);
}

/** What each workload asks for. */
function createSpecMetrics(make: MetricFactory): Pick<WorkloadMetrics, 'setSpec' | 'setRoom' | 'forgetSpec'> {
  const replicas = make.gauge('spec_replicas', 'Replicas asked for', 'namespace', 'name');
  const shards = make.gauge('spec_shards', 'Shards asked for', 'namespace', 'name');
  const sampleLimit = make.gauge('prometheus_enforced_sample_limit', 'Enforced limit of samples', 'namespace', 'name');
  const fullest = make.gauge(
    'fullest_file_ratio',
    'Share of what a Secret or ConfigMap holds that the fullest one written for the object has',
    'namespace',
    'name',
  );
  return {
    setRoom: ({ namespace, name }, share) => setOrRemove(fullest, { namespace, name }, share),
    setSpec({ namespace, name }, spec) {
      replicas.set({ namespace, name }, spec.replicas);
      setOrRemove(shards, { namespace, name }, spec.shards);
      setOrRemove(sampleLimit, { namespace, name }, spec.enforcedSampleLimit);
    },
    forgetSpec({ namespace, name }) {
      for (const gauge of [replicas, shards, sampleLimit, fullest]) gauge.remove({ namespace, name });
    },
  };
}

/** Metrics of one controller under the names of the reference (docs/reference/operator-runtime.md 6.2). */
export function createWorkloadMetrics(registry: Registry, controller: string): WorkloadMetrics {
  const make = new MetricFactory(registry, controller);
  const ready = make.gauge('ready', '1 once the caches are filled; 0 while one of them is not');
  const syncs = make.gauge('syncs', 'Objects by the result of their last sync', 'status');
  const resources = make.gauge('managed_resources', 'Objects selected and rejected', 'resource', 'state');
  const triggered = make.counter('triggered_total', 'Events that caused a sync', 'triggered_by', 'action');
  const operations = make.counter('reconcile_operations_total', 'Syncs');
  const errors = make.counter('reconcile_errors_total', 'Syncs that failed');
  const recreated = make.counter(
    'reconcile_sts_delete_create_total',
    'StatefulSets deleted and made anew because of an immutable field',
  );
  const contests = make.counter(
    'contested_objects_total',
    'Objects that another field manager was found to keep changing',
    'kind',
  );
  const bindingFailures = make.counter('binding_failures_total', 'Bindings that could not be written, by each try');
  const statusUpdates = make.counter('status_update_operations_total', 'Updates of status');
  const statusErrors = make.counter('status_update_errors_total', 'Updates of status that failed');
  const duration = make.histogram('reconcile_duration_seconds', 'Time a sync took', [0.1, 0.5, 1, 5, 10]);
  return {
    observeReconcile(result, seconds) {
      operations.inc();
      if (result === 'failed' || result === 'terminal') errors.inc();
      duration.observe(seconds);
    },
    observeTrigger: (by, action) => triggered.inc({ triggered_by: by, action }),
    observeRecreate: () => recreated.inc(),
    observeContest: (kind) => contests.inc({ kind }),
    observeBindingFailures: (count) => bindingFailures.inc({}, count),
    observeStatusUpdate(failed) {
      statusUpdates.inc();
      if (failed) statusErrors.inc();
    },
    setReady: (value) => ready.set(value ? 1 : 0),
    setSyncs(ok, failed) {
      syncs.set({ status: 'ok' }, ok);
      syncs.set({ status: 'failed' }, failed);
    },
    setManaged(resource, selected, rejected) {
      resources.set({ resource, state: 'selected' }, selected);
      resources.set({ resource, state: 'rejected' }, rejected);
    },
    ...createSpecMetrics(make),
    observeConditions: createConditionGauge(registry, controller),
  };
}
