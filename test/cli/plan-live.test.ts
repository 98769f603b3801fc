import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { invoke } from './invoke.ts';
import { openLiveSandbox } from './live-sandbox.ts';
import type { LiveSandbox } from './live-sandbox.ts';

const monitoring = { apiVersion: 'monitoring.coreos.com/v1' };
const main = {
  ...{ ...monitoring, kind: 'Prometheus', metadata: { name: 'main', namespace: 'shop' } },
  spec: { version: 'v3.5.0', ruleSelector: {} },
};
const rule = {
  ...{ ...monitoring, kind: 'PrometheusRule', metadata: { name: 'cart', namespace: 'shop' } },
  spec: { groups: [{ name: 'cart', rules: [{ alert: 'CartDown', expr: 'up == 0' }] }] },
};
const namespace: KubernetesObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };

describe('a plan against a cluster', () => {
  let sandbox: LiveSandbox;
  before(async () => {
    sandbox = await openLiveSandbox([namespace, main]);
  });
  after(() => sandbox.close());

  it('says the same when it is taken twice: the uid of what is not there yet is nobody’s to know', async () => {
    const file = join(sandbox.folder, 'rule.json');
    writeFileSync(file, JSON.stringify(rule));
    const plan = () => invoke('plan', file, '-o', 'json', '--kubeconfig', sandbox.kubeconfig);
    const [one, two] = [await plan(), await plan()];
    assert.equal(one.code, 5, one.stderr);
    assert.equal(one.stdout, two.stdout);
  });
});
