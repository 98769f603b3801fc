import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandboxServer } from '../../src/sandbox/server.ts';
import { startControlPlane } from '../control-plane/control-plane.ts';
import { locateControlPlane, locatePrometheus } from '../control-plane/locate.ts';
import { BothSides } from './discovery/both-sides.ts';
import { ClusterChanger, create } from './discovery/random-changes.ts';
import { ConfigPlanner, writeConfig } from './discovery/random-config.ts';
import { ClusterPlanner } from './discovery/random-objects.ts';
import type { PlannedCluster } from './discovery/random-objects.ts';
import type { ApiAccess } from './discovery/random-config.ts';
import { SeededRandom } from './discovery/seeded-random.ts';

/** Clusters whose jobs run at the same time. */
const batch = 6;
const stepsBetweenComparisons = 20;
/**
 * Watches of different kinds have no order between them: what a group is made of may depend on which comes first. So
 * much time lies between two changes that each is seen before the next.
 */
const stepMs = 150;

const read = (variable: string, otherwise: number): number => Number(process.env[variable] ?? otherwise);
const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Server {
  readonly access: ApiAccess;
  stop(): Promise<void>;
}

async function startReal(): Promise<Server> {
  const controlPlane = await startControlPlane();
  const access = { server: controlPlane.server, token: controlPlane.adminToken };
  return { access, stop: () => controlPlane.stop() };
}

async function startSandbox(): Promise<Server> {
  const sandbox = createSandboxServer();
  await sandbox.listen();
  return { access: { server: sandbox.url, token: sandbox.adminToken }, stop: () => sandbox.close() };
}

interface Plan {
  readonly start: () => Promise<Server>;
  readonly skipped: string | undefined;
  readonly clusters: number;
  readonly steps: number;
}

function describeEquality(where: string, { start, skipped, clusters, steps }: Plan): void {
  describe(`targets of a real Prometheus on ${where}`, { skip: skipped ?? false }, () => {
    let server: Server;
    let sides: BothSides;
    before(async () => {
      server = await start();
      sides = await BothSides.start(server.access);
    });
    after(async () => {
      await sides.stop();
      await server.stop();
    });

    /** Nobody looks on meanwhile: what watchers see of objects that come all at once depends on which watch is faster. */
    async function fill(planned: readonly PlannedCluster[]): Promise<void> {
      await sides.apply(writeConfig([]));
      for (const { objects } of planned) for (const object of objects) await create(sides.client, object);
    }

    it(`are found in ${clusters} generated clusters`, async (test) => {
      let compared = 0;
      const differences: string[] = [];
      for (let first = 0; first < clusters; first += batch) {
        const seeds = Array.from({ length: Math.min(batch, clusters - first) }, (_, index) => first + index);
        const planned = seeds.map((seed) => new ClusterPlanner(new SeededRandom(seed), `c${seed}`).plan());
        await fill(planned);
        const jobs = planned.flatMap((one, index) =>
          new ConfigPlanner(new SeededRandom(1000 + first + index), one, sides.access).planJobs(),
        );
        await sides.apply(writeConfig(jobs));
        const comparison = await sides.compare(jobs.length);
        compared += comparison.compared;
        differences.push(...comparison.differences);
      }
      test.diagnostic(`${clusters} clusters, ${compared} targets compared, ${differences.length} differences`);
      assert.deepEqual(differences.slice(0, 20), []);
      assert.ok(compared > clusters * 20, `Only ${compared} targets were compared`);
    });

    it(`stay the same through ${steps} changes while both run`, async (test) => {
      const random = new SeededRandom(4711);
      const planned = [0, 1, 2].map((index) => new ClusterPlanner(new SeededRandom(500 + index), `run${index}`).plan());
      await fill(planned);
      const jobs = planned.flatMap((one) => new ConfigPlanner(random, one, sides.access).planJobs());
      await sides.apply(writeConfig(jobs));
      assert.deepEqual((await sides.compare(jobs.length)).differences, []);
      const changers = planned.map((one) => new ClusterChanger(sides.client, random, one));
      let compared = 0;
      for (let done = 0; done < steps; done += stepsBetweenComparisons) {
        const changes: string[] = [];
        for (let step = 0; step < stepsBetweenComparisons; step += 1) {
          changes.push(await random.pick(changers).change());
          await delay(stepMs);
        }
        const comparison = await sides.compare(jobs.length);
        compared += comparison.compared;
        assert.deepEqual(comparison.differences.slice(0, 5), [], `after ${changes.join(', ')}`);
      }
      test.diagnostic(`${steps} changes, ${compared} targets compared, 0 differences`);
    });
  });
}

const withoutPrometheus = locatePrometheus().skipped;

describeEquality('a real API server', {
  start: startReal,
  skipped: locateControlPlane().skipped ?? withoutPrometheus,
  clusters: read('STOKER_E2E_CLUSTERS', 60),
  steps: read('STOKER_E2E_STEPS', 200),
});
describeEquality('the sandbox', {
  start: startSandbox,
  skipped: withoutPrometheus,
  clusters: read('STOKER_E2E_SANDBOX_CLUSTERS', 12),
  steps: read('STOKER_E2E_SANDBOX_STEPS', 40),
});
