import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { describe } from 'node:test';
import { findBinary } from '../control-plane/locate.ts';
import { findFreePort } from '../control-plane/readiness.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { assertValidConfigs } from './support/config.ts';
import { skipWithoutShared } from '../shared-material.ts';
import { blackbox, realInput, skipWithoutPythonYaml } from './support/shared.ts';
import { planSuite } from './support/suite.ts';

const reasons = [skipWithoutShared('real/kube-prometheus'), skipWithoutPythonYaml()];
const { it, before, after } = planSuite(['promtool'], ...reasons);

describe('the stack that many clusters run', () => {
  let cluster: Cluster;
  before(async () => {
    cluster = await startCluster();
  });
  after(() => cluster.stop());

  it('becomes what the reference makes of it, object by object', async (test) => {
    const output = await compare(cluster, `127.0.0.1:${await findFreePort()}`);
    const differing = [...output.matchAll(/^ {2}(\S+\/\S*\/\S+)$/gm)].map(([, object = '']) => object);
    test.diagnostic(`${differing.length} objects differ: ${differing.join(', ')}`);
    assert.match(output, /^\d+ passed, \d+ failed$/m);
    assert.match(output, /^ok {3}kube-prometheus$/m, output);
    assert.deepEqual(differing, [], output);
  });

  it('never gets a config that promtool refuses', async (test) => {
    const configs = cluster.listWrittenConfigs();
    test.diagnostic(`${configs.length} configs`);
    assert.ok(configs.length > 0);
    await assertValidConfigs(configs);
  });
});

/** What the comparison prints; a difference is no error here. */
function compare({ controlPlane, bundle }: Cluster, address: string): Promise<string> {
  const { kubeconfigPath } = controlPlane;
  const gate = '--feature-gates=StatusForConfigurationResources=true';
  const operator = [
    process.execPath,
    bundle,
    'run',
    '--kubeconfig',
    kubeconfigPath,
    '--web.listen-address',
    address,
    gate,
  ];
  const args = [blackbox, 'check', '--kubeconfig', kubeconfigPath, realInput, '--', ...operator];
  const path = [dirname(findBinary('kubectl') ?? ''), process.env.PATH ?? ''].join(delimiter);
  return new Promise((resolve, reject) => {
    execFile('python3', args, { maxBuffer: 1 << 28, env: { ...process.env, PATH: path } }, (error, stdout, stderr) => {
      if (error === null || error.code === 1) resolve(`${stdout}${stderr}`);
      else reject(new Error(`Cannot compare: ${stderr}`, { cause: error }));
    });
  });
}
