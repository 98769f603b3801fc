/** What tests ask about one Prometheus of a cluster, in their own words. */
import assert from 'node:assert/strict';
import { secretType } from '../../../src/api/builtin-types.ts';
import type { Prometheus } from '../../../src/api/prometheus.ts';
import { prometheusType } from '../../../src/api/prometheus.ts';
import type { Secret } from '../../../src/core/render/shared/rendered-objects.ts';
import type { Cluster } from './cluster.ts';
import { decodeConfig, listJobs } from './config.ts';
import { eventually } from './eventually.ts';
import { makePrometheus } from './objects.ts';
import type { Subject } from './workload-world.ts';
import { WorkloadWorld } from './workload-world.ts';

const subject: Subject = { type: prometheusType, program: 'prometheus', make: makePrometheus };

export class World extends WorkloadWorld {
  /** @param cluster asked for late: tests are named before it runs. */
  constructor(cluster: () => Cluster, namespace: string, name = 'main') {
    super(cluster, subject, namespace, name);
  }

  /** Makes the namespace and the Prometheus, and waits until its StatefulSet is there. */
  override async begin(spec: Prometheus['spec'] = {}): Promise<Prometheus> {
    return (await super.begin(spec)) as Prometheus;
  }

  async readPrometheus(): Promise<Prometheus> {
    return await this.api.get<Prometheus>(prometheusType, this.keyOf(this.name));
  }

  /** The text of prometheus.yml. */
  async readConfig(): Promise<string> {
    return decodeConfig(await this.api.get<Secret>(secretType, this.keyOf(this.prefix))) ?? '';
  }

  /** The config has exactly these jobs, named without the kind and the namespace: "web/0". */
  async whenJobsAre(...jobs: readonly string[]): Promise<string> {
    const prefix = `serviceMonitor/${this.namespace}/`;
    return await eventually(`the jobs are ${jobs.join(', ')}`, async () => {
      const config = await this.readConfig();
      assert.deepEqual(
        listJobs(config),
        jobs.map((job) => prefix + job),
      );
      return config;
    });
  }
}
