import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { locateControlPlane, locatePrometheus, skipWithout } from '../control-plane/locate.ts';
import { BothSides } from './discovery/both-sides.ts';
import type { Comparison } from './discovery/compare-targets.ts';
import { countJobs, moveOutside, renderStackConfigs } from './discovery/stack-configs.ts';
import type { StackConfig } from './discovery/stack-configs.ts';
import { startRealStackServer, startSandboxStackServer } from './discovery/stack-servers.ts';
import type { StackServer } from './discovery/stack-servers.ts';
import { startTargetServer } from './discovery/target-server.ts';
import type { TargetServer } from './discovery/target-server.ts';

interface Compared extends StackConfig, Comparison {
  readonly ms: number;
}

/** So many Prometheus servers run at the same time, each with one config after the other. */
const lanes = 4;

function describeStacks(where: string, start: () => Promise<StackServer>, skipped: string | false): void {
  describe(`the example stacks on ${where}`, { skip: skipped }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'stoker-stacks-'));
    const sides: BothSides[] = [];
    let server: StackServer;
    let targetServer: TargetServer;
    before(async () => {
      targetServer = await startTargetServer({ username: 'prometheus', password: 'change-me' });
      server = await start();
      for (let lane = 0; lane < lanes; lane += 1) sides.push(await BothSides.start(server.access));
    });
    after(async () => {
      await Promise.all(sides.map((side) => side.stop()));
      await server.stop();
      await targetServer.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    async function compare(side: BothSides, config: StackConfig): Promise<Compared> {
      const text = moveOutside(config.text, { access: server.access, targetServer: targetServer.url });
      const begin = Date.now();
      await side.apply(text);
      const { compared, active, differences } = await side.compare(countJobs(text));
      return { ...config, compared, active, differences, ms: Date.now() - begin };
    }

    /** Each side takes the next config as soon as it has done with one. */
    async function compareAll(configs: readonly StackConfig[]): Promise<Compared[]> {
      const waiting = [...configs];
      const done: Compared[] = [];
      const work = async (side: BothSides): Promise<void> => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
          done.push(await compare(side, next));
      };
      await Promise.all(sides.map(work));
      return done;
    }

    it('have the targets that a real Prometheus finds', async (test) => {
      const all = await compareAll(await renderStackConfigs(folder, server));
      for (const { stack, workload, compared, active, differences, ms } of all)
        test.diagnostic(
          `${stack}/${workload}: ${active} of ${compared} active, ${differences.length} differ, ${ms} ms`,
        );
      const stacks = [...new Set(all.map(({ stack }) => stack))];
      const count = (select: (one: Compared) => number, of = all): number =>
        of.reduce((sum, one) => sum + select(one), 0);
      const compared = count((one) => one.compared);
      const differences = all.flatMap(({ stack, workload, differences: found }) =>
        found.slice(0, 3).map((one) => `${stack}/${workload}: ${one}`),
      );
      const different = count((one) => one.differences.length);
      test.diagnostic(
        `${stacks.length} stacks, ${all.length} configs, ${compared} targets compared, ${different} differences`,
      );
      assert.deepEqual(differences, []);
      const isIdle = (stack: string): boolean =>
        count(
          ({ active }) => active,
          all.filter((one) => one.stack === stack),
        ) === 0;
      assert.deepEqual(stacks.filter(isIdle), [], 'stacks without active targets');
      assert.equal(stacks.length, 13);
      assert.ok(targetServer.answered > 0, 'Nobody asked for targets over HTTP with the right password');
    });
  });
}

const withoutPrometheus = locatePrometheus().skipped ?? skipWithout('kubectl');
const withoutControlPlane = locateControlPlane().skipped ?? skipWithout('kube-controller-manager');

describeStacks(
  'a real API server',
  startRealStackServer,
  withoutControlPlane === false ? withoutPrometheus : withoutControlPlane,
);
describeStacks('the sandbox', startSandboxStackServer, withoutPrometheus);
