import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import { parseYamlDocuments } from '../../../src/base/yaml.ts';
import type { Plan } from '../../../src/core/plan/plan-model.ts';
import { invoke } from '../../cli/invoke.ts';
import {
  comparePods,
  compareSnapshots,
  listPlanned,
  listPods,
  remove,
  settle,
  takeSnapshot,
} from './plan-snapshots.ts';
import { inWorld } from './world.ts';
import type { World } from './world.ts';

/** The golden cases of `stoker plan` against a cluster in which the operator has brought about what they begin with. */
const cases = fileURLToPath(new URL('../../golden/plan/', import.meta.url));
const gates = 'PrometheusAgentDaemonSet=true';
const folder = mkdtempSync(join(tmpdir(), 'stoker-plan-live-'));

const readCase = (name: string, side: 'from' | 'to'): KubernetesObject[] =>
  parseYamlDocuments(readFileSync(join(cases, name, `${side}.yaml`), 'utf8')) as KubernetesObject[];

const nameOf = ({ kind = '', metadata }: KubernetesObject): string => `${kind}/${metadata.name ?? ''}`;

function write(name: string, items: readonly KubernetesObject[]): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  return file;
}

const applies = ['--server-side', '--field-manager', 'user', '--force-conflicts'];

/** As the world applies, and with the flags of its operator. */
async function planLive(
  { kubeconfig }: World,
  to: readonly KubernetesObject[],
  gone: readonly KubernetesObject[],
): Promise<{ readonly code: number; readonly plan: Plan; readonly stderr: string }> {
  const { code, stdout, stderr } = await invoke(
    ...['plan', write('to.json', to), '-o', 'json', '--kubeconfig', kubeconfig, ...applies],
    ...['--operator-args', `--feature-gates=${gates}`],
    ...(gone.length === 0 ? [] : ['--delete', write('gone.json', gone)]),
  );
  assert.ok([0, 1, 5, 6].includes(code), stderr);
  return { code, plan: JSON.parse(stdout) as Plan, stderr };
}

const names = readdirSync(cases, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

describe('what stoker plan says of a cluster comes true', () => {
  for (const name of names)
    it(name, () =>
      inWorld(
        async (world) => {
          const [from, to] = [readCase(name, 'from'), readCase(name, 'to')];
          for (const object of from) world.apply(object);
          await settle(world);
          const [objects, pods] = [takeSnapshot(world), listPods(world)];
          const same = await planLive(world, from, []);
          assert.deepEqual([same.code, listPlanned(same.plan)], [0, []], 'what there is is as it is to be');
          const kept = new Set(to.map(nameOf));
          const gone = from.filter((object) => !kept.has(nameOf(object)));
          const { plan } = await planLive(world, to, gone);
          for (const object of to) world.apply(object);
          for (const object of gone) remove(world, object);
          await settle(world);
          assert.deepEqual(compareSnapshots(objects, takeSnapshot(world)).sort(), listPlanned(plan).sort());
          const { restart, recreate, stop, start } = plan.summary.pods;
          const planned = { replaced: restart + recreate, stopped: stop, started: start };
          assert.deepEqual(comparePods(pods, listPods(world)), planned);
        },
        { 'feature-gates': [gates] },
      ),
    );
  it('and nothing is left behind', () => rmSync(folder, { recursive: true }));
});
