import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import { Version } from '../../../../src/base/version.ts';
import type { Lister } from '../../../../src/core/listers.ts';
import { loadPrometheusConfig } from '../../../../src/core/prometheus-config/load-config.ts';
import { createServe } from '../../../../src/core/served/served-groups.ts';
import { chooseForm } from '../../../../src/core/served/choose-form.ts';
import type { ServedForm } from '../../../../src/core/served/choose-form.ts';
import { findTargetsOffline } from '../../../../src/core/targets/offline.ts';
import type { ClusterObjects } from '../../../../src/core/targets/offline.ts';
import { createPlainGroup } from '../../../../src/core/targets/plain-groups.ts';
import type { LoadedJob } from '../../../../src/core/targets/scrape-job.ts';
import { compileJob } from '../../../../src/core/targets/scrape-job.ts';
import { TargetPool } from '../../../../src/core/targets/target-pool.ts';
import { buildTargetUrl } from '../../../../src/core/targets/target-url.ts';
import { ConfigPlanner, writeConfig } from '../../../e2e/discovery/random-config.ts';
import { ClusterPlanner } from '../../../e2e/discovery/random-objects.ts';
import type { PlannedObject } from '../../../e2e/discovery/random-objects.ts';
import { SeededRandom } from '../../../e2e/discovery/seeded-random.ts';

function listKind<T extends KubernetesObject>(objects: readonly PlannedObject[], kind: string): Lister<T> {
  const own = objects.filter((one) => one.kind === kind) as unknown as T[];
  return {
    list: (namespace) => own.filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace),
    get: (namespace, name) =>
      own.find(({ metadata }) => (metadata.namespace ?? '') === namespace && metadata.name === name),
  };
}

const readObjects = (objects: readonly PlannedObject[]): ClusterObjects => ({
  node: listKind(objects, 'Node'),
  pod: listKind(objects, 'Pod'),
  service: listKind(objects, 'Service'),
  endpoints: listKind(objects, 'Endpoints'),
  endpointslice: listKind(objects, 'EndpointSlice'),
  ingress: listKind(objects, 'Ingress'),
  namespaces: listKind(objects, 'Namespace'),
  replicaSets: listKind(objects, 'ReplicaSet'),
  jobs: listKind(objects, 'Job'),
});

/** What a Prometheus with http_sd_configs makes of an answer. */
function readAnswer(pool: TargetPool, form: ServedForm, { job }: LoadedJob, version: Version): TargetPool {
  const serve = createServe(form, pool);
  const read = new TargetPool(compileJob(form === 'final' ? { ...job, relabelRules: [] } : job, version));
  const answer = JSON.parse(JSON.stringify(pool.list().active.map(serve))) as ReturnType<typeof serve>[];
  answer.forEach((group, at) =>
    read.set(answer, String(at), createPlainGroup(String(at), group, { __meta_url: 'http://stoker' })),
  );
  return read;
}

const listActive = (pool: TargetPool): string[] =>
  pool
    .list()
    .active.map(({ labels }) => `${buildTargetUrl(pool.compiled.job, labels)} ${JSON.stringify(labels.toObject())}`)
    .sort();

/** Rules that take away what Prometheus would fill in again from the job. */
const undoing = [
  { source_labels: ['__meta_kubernetes_pod_label_tier'], target_label: 'job' },
  { regex: 'job|__scheme__', action: 'labeldrop' },
  { source_labels: ['__meta_kubernetes_namespace'], regex: '.*-(b?)', target_label: '__metrics_path__' },
];

/** As ServiceMonitors name their jobs, of Services with a label; Endpoints may have none. */
const ofServices = [
  { source_labels: ['__meta_kubernetes_service_label_app'], regex: '.+', action: 'keep' },
  { source_labels: ['__meta_kubernetes_service_name'], target_label: 'job' },
];

describe('targets that come as an answer', () => {
  for (const text of ['2.49.0', '2.53.0', '3.5.0', '3.15.0']) {
    it(`are those that Prometheus ${text} would have discovered itself, in both forms`, (test) => {
      const version = Version.parse(text);
      const counts = { final: 0, kept: 0, own: 0, targets: 0, wrong: 0 };
      for (let seed = 0; seed < 60; seed += 1) {
        const cluster = new ClusterPlanner(new SeededRandom(seed), `c${seed}`).plan();
        const planned = new ConfigPlanner(new SeededRandom(1000 + seed), cluster, { server: '', token: '' }).planJobs();
        const random = new SeededRandom(2000 + seed);
        const jobs = planned.map((job) => ({
          ...job,
          relabel_configs: [
            ...(job.relabel_configs as object[]),
            ...random.some(undoing, 0.1),
            ...random.some([ofServices, ofServices.slice(1)], 0.2).flat(),
          ],
          kubernetes_sd_configs: (job.kubernetes_sd_configs as object[]).map((config) => ({
            ...config,
            ...{ api_server: undefined, authorization: undefined, tls_config: undefined },
          })),
        }));
        const loaded = loadPrometheusConfig(writeConfig(JSON.parse(JSON.stringify(jobs)) as typeof jobs), version).jobs;
        const { pools } = findTargetsOffline(loaded, readObjects(cluster.objects), { version });
        for (const one of loaded) {
          const pool = pools.get(one.job.jobName);
          assert.ok(pool);
          const form = chooseForm(one, version);
          counts[form ?? 'own'] += 1;
          // What can be final can be kept as well.
          for (const tried of form === undefined ? [] : form === 'final' ? (['final', 'kept'] as const) : [form])
            assert.deepEqual(
              listActive(readAnswer(pool, tried, one, version)),
              listActive(pool),
              `${tried} ${one.job.jobName}`,
            );
          if (
            form === 'kept' &&
            String(listActive(readAnswer(pool, 'final', one, version))) !== String(listActive(pool))
          )
            counts.wrong += 1;
          counts.targets += pool.list().active.length;
        }
      }
      test.diagnostic(JSON.stringify(counts));
      assert.ok(
        counts.final > 20 && counts.kept > 20 && counts.targets > 500 && counts.wrong > 5,
        JSON.stringify(counts),
      );
    });
  }
});
