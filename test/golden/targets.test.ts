/** The page's targets are those of `stoker targets`: one model, two views. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { complete } from '../../src/base/interruptible.ts';
import { openFolder } from '../../src/cli/explain/folder-gatherer.ts';
import { readOperator } from '../../src/cli/explain/scope-flags.ts';
import { showName } from '../../src/core/explain/model.ts';
import type { SurveyedTargets } from '../../src/core/overview/target-survey.ts';
import { answerTargets } from '../../src/operator/explain/answer.ts';
import { invoke } from '../cli/invoke.ts';

const root = join(import.meta.dirname, '..', '..');
const folders = ['examples', 'stacks/multi-team', 'stacks/agent-daemonset'];

const operator = readOperator({}, { major: 1, minor: 36 });

function survey(folder: string): Promise<SurveyedTargets> {
  const { signal } = new AbortController();
  const { premises, gatherer } = openFolder([join(root, folder)], { operator, urls: {}, signal });
  return answerTargets({ premises, gatherer, run: complete });
}

/** What `stoker targets -o json` says, as far as rows do. */
interface Printed {
  readonly activeTargets: readonly { readonly scrapePool: string; readonly scrapeUrl: string }[];
  readonly droppedTargets: readonly {
    readonly scrapePool: string;
    readonly droppedBy: { readonly message: string; readonly from?: string };
  }[];
  readonly summary: { readonly counts: Readonly<Record<string, number>> };
}

describe('targets of the page', () => {
  for (const folder of folders)
    it(`are those of stoker targets: ${folder}`, async () => {
      const { rows, unlisted } = await survey(folder);
      assert.deepEqual(unlisted, []);
      const workloads = new Map(rows.map(({ workload }) => [`${workload.kind}/${showName(workload)}`, workload]));
      assert.ok(workloads.size > 0);
      for (const [name, workload] of workloads) {
        const own = rows.filter(
          (row) => showName(row.workload) === showName(workload) && row.workload.kind === workload.kind,
        );
        const { stdout, stderr } = await invoke(
          'targets',
          '--offline',
          join(root, folder),
          '--prometheus',
          name,
          '-o',
          'json',
        );
        assert.ok(stdout !== '', stderr);
        const printed = JSON.parse(stdout) as Printed;
        const count = (state: string): number => own.filter((row) => row.state === state).length;
        const states = Object.keys(printed.summary.counts);
        assert.deepEqual(
          Object.fromEntries(states.map((state) => [state, count(state)])),
          printed.summary.counts,
          name,
        );
        const active = own.filter(({ state }) => state === 'active').map(({ job, url }) => `${job} ${url}`);
        assert.deepEqual(
          active.sort(),
          printed.activeTargets.map((one) => `${one.scrapePool} ${one.scrapeUrl}`).sort(),
        );
        const dropped = own
          .filter(({ state }) => state === 'dropped')
          .map(({ job, why, from }) => `${job} ${why} ${from}`);
        assert.deepEqual(
          dropped.sort(),
          printed.droppedTargets
            .map(({ scrapePool, droppedBy: { message, from = '' } }) => `${scrapePool} ${message} ${from}`)
            .sort(),
        );
      }
    });
});
