import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe } from 'node:test';
import { promisify } from 'node:util';
import { secretType } from '../../src/api/builtin-types.ts';
import type { Secret } from '../../src/core/render/shared/rendered-objects.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { assertValidConfigs, decodeConfig, listJobs } from './support/config.ts';
import { eventually } from './support/eventually.ts';
import { skipWithoutShared } from '../shared-material.ts';
import { realInput } from './support/shared.ts';
import { planSuite } from './support/suite.ts';

const { it, before, after } = planSuite(['promtool'], skipWithoutShared('real/kube-prometheus'));

describe('stoker render', () => {
  let cluster: Cluster;
  before(async () => {
    cluster = await startCluster();
  });
  after(() => cluster.stop());

  it('prints the config that the operator writes for the same manifests', async (test) => {
    const input = join(realInput, 'input');
    const args = [cluster.bundle, 'render', input, '--config', 'prometheus/k8s'];
    const { stdout: rendered } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 28 });
    test.diagnostic(`${listJobs(rendered).length} jobs`);
    assert.ok(listJobs(rendered).length > 10);
    await assertValidConfigs([rendered]);

    await cluster.controlPlane.kubectl([
      'apply',
      '--server-side',
      '--validate=false',
      '-f',
      join(input, '10-namespace.yaml'),
    ]);
    await cluster.controlPlane.kubectl(['apply', '--server-side', '--validate=false', '-f', input]);
    await cluster.startOperator();
    await eventually('the Secret holds the same', async () => {
      const secret = await cluster.api.get<Secret>(secretType, 'monitoring/prometheus-k8s');
      assert.equal(decodeConfig(secret), rendered);
    });
  });
});
