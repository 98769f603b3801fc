import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { complete } from '../../src/base/interruptible.ts';
import type { Interruptible } from '../../src/base/interruptible.ts';
import { readManifests } from '../../src/cli/manifests.ts';
import { chooseSettings } from '../../src/cli/settings.ts';
import { AssetStore } from '../../src/core/assets/store.ts';
import type { Desired } from '../../src/core/desired/steps.ts';
import { workloadKinds } from '../../src/core/kinds/registry.ts';
import { readSources } from '../../src/core/manifests/sources.ts';
import { Turns } from '../../src/runtime/turns.ts';

const readFolders = (folder: string): string[] => {
  const path = fileURLToPath(new URL(folder, import.meta.url));
  return readdirSync(path, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [join(path, one.name)] : []));
};
const settings = chooseSettings({ kubernetesVersion: '1.36', featureGates: 'PrometheusAgentDaemonSet=true' });

/** One sync of each workload of all golden cases and stacks, by folder and place: work that nobody has done yet. */
function listWork(): ReadonlyMap<string, () => Interruptible<Desired>> {
  const inputs = readFolders('cases/').map((one) => join(one, 'input.yaml'));
  const all = [...inputs, ...readFolders('../../stacks/')].flatMap((name) => {
    const { instancesOf, sources, assets } = readSources(readManifests([name]));
    return workloadKinds.flatMap((kind) =>
      instancesOf(kind).map((instance, at) => {
        const work = function* (): Interruptible<Desired> {
          const match = yield* kind.createMatcher()(instance, settings, sources);
          return yield* match.render(new AssetStore(assets));
        };
        return [`${name} ${kind.type.kind} ${at}`, work] as const;
      }),
    );
  });
  return new Map(all);
}

/** All that a sync comes to, as text. */
function show(desired: Desired): string {
  const { steps, verdicts, warnings, failures } = desired;
  return JSON.stringify([steps, verdicts, warnings, failures.map(({ message }) => message), desired.printConfig()]);
}

describe('rendering in turns', () => {
  let work: ReturnType<typeof listWork>;
  before(() => (work = listWork()));

  it('gives for all golden cases and stacks what rendering at once gives, whatever is rendered in between', async () => {
    let rests = 0;
    const rest = (): Promise<void> => {
      rests += 1;
      return Promise.resolve();
    };
    const turns = new Turns({ monotonic: () => 0, rest, budgetMs: 0 });
    const names = [...work.keys()];
    const inTurns = await Promise.allSettled([...work.values()].map((one) => turns.run(one())));
    assert.ok(names.length > 10 && rests > 5 * names.length, `${names.length} workloads rested ${rests} times`);
    for (const [at, one] of [...work.values()].entries()) {
      const ended = inTurns[at];
      if (ended?.status === 'fulfilled') assert.equal(show(ended.value), show(complete(one())), names[at]);
      else assert.throws(() => complete(one()), ended?.reason as Error, names[at]);
    }
  });
});
