import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { invoke } from './invoke.ts';

const count = 2100;

const pod = (at: number) => ({
  ...{ apiVersion: 'v1', kind: 'Pod' },
  metadata: { namespace: 'shop', name: `p${at}`, labels: { app: at < 3 ? 'cart' : 'pay' } },
  spec: { containers: [{ name: 'c', ports: [{ name: 'web', containerPort: 80 }] }] },
  status: { phase: 'Running', podIP: `10.0.${at >> 8}.${at & 255}` },
});

const monitoring = (mechanism: string) => [
  {
    ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus', metadata: { namespace: 'shop', name: 'main' } },
    spec: { podMonitorSelector: {}, replicas: 0 },
  },
  {
    ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', metadata: { namespace: 'shop', name: 'cart' } },
    spec: {
      selectorMechanism: mechanism,
      selector: { matchLabels: { app: 'cart' } },
      podMetricsEndpoints: [{ port: 'web' }],
    },
  },
];

interface Found {
  readonly summary: { readonly counts: Readonly<Record<string, number>> };
}

describe('a monitor that throws nearly all away that it discovers', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'stoker-sharing-'));
    const items = Array.from({ length: count }, (_, at) => pod(at));
    for (const mechanism of ['RelabelConfig', 'RoleSelector'])
      writeFileSync(
        join(folder, `${mechanism}.json`),
        JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [...monitoring(mechanism), ...items] }),
      );
  });
  after(() => rmSync(folder, { recursive: true }));

  const find = async (mechanism: string): Promise<{ counts: Found['summary']['counts']; notes: string }> => {
    const { code, stdout, stderr } = await invoke(
      'targets',
      '--offline',
      join(folder, `${mechanism}.json`),
      '-o',
      'json',
    );
    assert.equal(code, 0, stderr);
    return { counts: (JSON.parse(stdout) as Found).summary.counts, notes: stderr };
  };

  it('is told of, and with the selector that is advised nothing of that is left', async () => {
    const shared = await find('RelabelConfig');
    assert.deepEqual(shared.counts, { active: 3, dropped: count - 3, failed: 0, duplicate: 0 });
    assert.match(
      shared.notes,
      /job podMonitor\/shop\/cart\/0 discovers 2100 targets and keeps 3: with selectorMechanism: RoleSelector the API server/,
    );
    const selected = await find('RoleSelector');
    assert.deepEqual(selected.counts, { active: 3, dropped: 0, failed: 0, duplicate: 0 });
    assert.doesNotMatch(selected.notes, /RoleSelector/);
  });

  it('is explained with it', async () => {
    const explain = (mechanism: string) =>
      invoke('explain', 'podmonitor/shop/cart', '--offline', join(folder, `${mechanism}.json`), '-o', 'json');
    const hint = /p2; job podMonitor\/shop\/cart\/0 discovers \d+ targets and keeps 3: with selectorMechanism/;
    assert.match((await explain('RelabelConfig')).stdout, hint);
    assert.doesNotMatch((await explain('RoleSelector')).stdout, /with selectorMechanism/);
  });
});
