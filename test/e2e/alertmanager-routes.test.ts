import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readRouting } from '../../src/core/alertmanager-config/read-routing.ts';
import { Matching } from '../../src/core/routing/matching.ts';
import { listAnswers, walkRoutes } from '../../src/core/routing/walk.ts';
import { findBinary, skipWithout } from '../control-plane/locate.ts';
import { readAmtoolVersion } from './support/amtool.ts';
import { mergeRoutes, strategies } from './support/merged-routes.ts';
import { createRandom } from './support/odd-configs.ts';
import { Draw } from './support/random.ts';
import { drawLabels, makeBase, makeTenantRoutes, tenants, writeLabels } from './support/route-trees.ts';

/** `STOKER_ROUTES=10000 STOKER_ROUTE_CONFIGS=200` is the whole of it: amtool takes a process for each label set. */
const seed = Number(process.env['STOKER_ROUTES_SEED'] ?? 20_263);
const configCount = Number(process.env['STOKER_ROUTE_CONFIGS'] ?? 40);
const labelSetCount = Number(process.env['STOKER_ROUTES'] ?? 400);

function render(draw: Draw): string {
  const configs = tenants.map((tenant) => makeTenantRoutes(tenant, draw));
  const strategy = draw.pick(strategies);
  return mergeRoutes(configs, makeBase(draw), strategy);
}

/** Receivers in the order of their routes, with a comma between two, as `amtool config routes test` prints them. */
function askAmtool(configFile: string, labels: ReadonlyMap<string, string>): string {
  const args = ['config', 'routes', 'test', `--config.file=${configFile}`, ...writeLabels(labels)];
  const { stdout, stderr, status } = spawnSync(findBinary('amtool') ?? '', args, { encoding: 'utf8' });
  assert.equal(status, 0, `amtool ${args.join(' ')}: ${stderr}`);
  return stdout.trimEnd();
}

describe('routes of merged configurations', { skip: skipWithout('amtool') }, () => {
  it('are those that amtool finds', { timeout: 3_600_000 }, (test) => {
    const draw = new Draw(createRandom(seed));
    const folder = mkdtempSync(join(tmpdir(), 'stoker-routes-'));
    const [differences, seen]: [string[], Set<string>] = [[], new Set()];
    let [several, asked] = [0, 0];
    try {
      for (let at = 0; at < configCount; at++) {
        const text = render(draw);
        const file = join(folder, 'alertmanager.yml');
        writeFileSync(file, text);
        const { root } = readRouting(text, readAmtoolVersion());
        const matching = new Matching();
        for (; asked < (labelSetCount * (at + 1)) / configCount; asked++) {
          const labels = drawLabels(draw);
          const routes = listAnswers(walkRoutes(root, labels, matching));
          for (const { path } of routes) seen.add(`${at} ${path}`);
          if (routes.length > 1) several += 1;
          const ours = routes.map(({ receiver }) => receiver.value).join(',');
          const theirs = askAmtool(file, labels);
          if (ours !== theirs)
            differences.push(`config ${at}, ${writeLabels(labels).join(' ')}: "${ours}", amtool "${theirs}"`);
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
    test.diagnostic(
      `seed ${seed}: ${asked} label sets over ${configCount} configurations, ${seen.size} routes reached, ` +
        `${several} with several; ${differences.length} differences`,
    );
    assert.deepEqual(differences, []);
    assert.equal(asked, labelSetCount);
    assert.ok(several > asked / 10, `only ${several} label sets reach several routes`);
  });
});
