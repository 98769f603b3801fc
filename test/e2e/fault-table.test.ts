/**
 * Twenty faults on a real API server: after each the cluster must be as without it. `npm run faults` prints the table: seconds
 * from the end of the fault until it was, writes meanwhile, objects that were lost.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'node:test';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { grantNarrow, objectFaults } from './support/faults/object-faults.ts';
import { processFaults } from './support/faults/process-faults.ts';
import type { Fault, Outcome, Reference } from './support/faults/stage.ts';
import { createStage, play, playReference } from './support/faults/stage.ts';
import { wireFaults } from './support/faults/wire-faults.ts';
import { planSuite } from './support/suite.ts';

/** Operators that run at the same time; those whose fault takes longest come first. */
const lanes = 6;
const longest = [
  'a watch that hangs',
  'half-open TCP',
  '500s for a minute',
  'killed at every write',
  'asleep for 30 s',
];
const isLong = ({ name }: Fault): boolean => longest.includes(name);
const all: readonly Fault[] = [...wireFaults, ...processFaults, ...objectFaults];
const faults = [...all.filter(isLong), ...all.filter((fault) => !isLong(fault))];
/** `FAULT=409 npm run faults` plays those with the word in their name. */
const wanted = process.env.FAULT ?? '';

const suite = planSuite(['kube-controller-manager']);
/** On a machine that does other things, too. */
const timeoutMs = 600_000;
let cluster: Cluster;

const namespaceOf = ({ name }: Fault): string =>
  name.startsWith('killed')
    ? 'killed'
    : `f-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`.slice(0, 40).replace(/-$/, '');

async function run(fault: Fault, reference: Reference): Promise<Outcome> {
  const stage = await createStage(cluster, { namespace: namespaceOf(fault), ...fault.stage });
  try {
    return await play(fault, stage, reference);
  } catch (error) {
    throw new Error(`${fault.name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    await stage.close();
  }
}

/** Several at a time; what fails is told with all others. */
async function runAll(
  all: readonly Fault[],
  reference: Reference,
  atOnce: number,
): Promise<PromiseSettledResult<Outcome>[]> {
  const results: PromiseSettledResult<Outcome>[] = [];
  const waiting = [...all];
  const work = async (): Promise<void> => {
    for (let fault = waiting.shift(); fault !== undefined; fault = waiting.shift()) {
      const [result] = await Promise.allSettled([run(fault, reference)]);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

function printTable(outcomes: readonly Outcome[], reference: Reference): string[] {
  const row = (cells: readonly string[]): string =>
    `${(cells[0] ?? '').padEnd(48)}${cells
      .slice(1, 4)
      .map((cell) => cell.padStart(10))
      .join('')}  ${cells[4] ?? ''}`;
  const alsoIn = new Map(faults.map((fault) => [fault.name, fault.alsoIn.join(', ')]));
  return [
    row(['fault', 's to equal', 'writes', 'lost', 'also in']),
    row(['none', '', String(reference.writes), '0', '']),
    ...outcomes.map(({ name, seconds, writes, lost }) =>
      row([name, seconds.toFixed(1), String(writes), String(lost.length), alsoIn.get(name) ?? '']),
    ),
  ];
}

describe('the fault table', () => {
  suite.before(async () => {
    cluster = await startCluster({ controllerManager: true, users: [{ name: 'narrow' }] });
    await grantNarrow(cluster);
  });
  suite.after(() => cluster.stop());

  suite.it(
    'after each of the faults the cluster is as without it',
    async (test) => {
      const chosen = faults.filter(({ name }) => name.includes(wanted));
      const reference = await playReference(cluster);
      assert.ok(Object.keys(reference.changed).length >= 8, Object.keys(reference.changed).join());
      const apart = await runAll(
        chosen.filter(({ needsAll }) => needsAll !== true),
        reference,
        lanes,
      );
      const alone = await runAll(
        chosen.filter(({ needsAll }) => needsAll === true),
        reference,
        1,
      );
      const results = [...apart, ...alone];
      const outcomes = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      for (const line of printTable(outcomes, reference)) test.diagnostic(line);
      const failed = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
      assert.deepEqual(failed, []);
      assert.deepEqual(
        outcomes.filter(({ lost }) => lost.length > 0),
        [],
      );
    },
    timeoutMs,
  );

  suite.it('names tests that there are', () => {
    const root = join(import.meta.dirname, '..', '..');
    const missing = faults.flatMap(({ alsoIn }) => alsoIn.filter((path) => !existsSync(join(root, path))));
    assert.deepEqual(missing, []);
    return Promise.resolve();
  });
});
