import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import { parseYamlDocuments } from '../../../src/base/yaml.ts';
import { chooseSettings } from '../../../src/cli/settings.ts';
import { planChange } from '../../../src/core/plan/plan-workloads.ts';
import {
  comparePods,
  compareSnapshots,
  listPlanned,
  listPods,
  listSizes,
  remove,
  settle,
  takeSnapshot,
} from './plan-snapshots.ts';
import { inWorld } from './world.ts';

/** The golden cases of `stoker plan` carried out: what the operator then does is what was planned, no less and no more. */
const cases = fileURLToPath(new URL('../../golden/plan/', import.meta.url));
const featureGates = 'PrometheusAgentDaemonSet=true';
/** Only the case that is about guards has their annotations. */
const mode = 'annotated';
const operatorArgs = `--pod-disruption-budgets=${mode} --network-policies=${mode}`;
const settings = { kubernetesVersion: '1.36', featureGates, operatorArgs };

const readCase = (name: string, side: 'from' | 'to'): KubernetesObject[] =>
  parseYamlDocuments(readFileSync(join(cases, name, `${side}.yaml`), 'utf8')) as KubernetesObject[];

const names = readdirSync(cases).filter((name) => name !== 'not-rendered');

describe('what stoker plan says comes true', () => {
  for (const name of names)
    it(name, () =>
      inWorld(
        async (world) => {
          const [from, to] = [readCase(name, 'from'), readCase(name, 'to')];
          for (const object of from) world.apply(object);
          await settle(world);
          const [objects, pods, sizes] = [takeSnapshot(world), listPods(world), new Map(listSizes(world))];
          assert.ok(objects.size > 3, 'the operator has written what --from holds');
          for (const object of to) world.apply(object);
          const kept = new Set(to.map(({ kind, metadata }) => `${kind ?? ''}/${metadata.name ?? ''}`));
          for (const object of from)
            if (!kept.has(`${object.kind ?? ''}/${object.metadata.name ?? ''}`)) remove(world, object);
          await settle(world);
          const plan = planChange(from, to, chooseSettings(settings));
          assert.deepEqual(compareSnapshots(objects, takeSnapshot(world)).sort(), listPlanned(plan).sort());
          const { restart, recreate, stop, start } = plan.summary.pods;
          const planned = { replaced: restart + recreate, stopped: stop, started: start };
          assert.deepEqual(comparePods(pods, listPods(world)), planned);
          const grown = listSizes(world).filter(([name, size]) => sizes.has(name) && sizes.get(name) !== size);
          assert.equal(grown.length, plan.summary.claimsExpanded);
        },
        { 'feature-gates': [featureGates], 'pod-disruption-budgets': [mode], 'network-policies': [mode] },
      ),
    );
});
