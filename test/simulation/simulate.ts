import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Script } from './action.ts';
import { createTemplate } from './cluster.ts';
import { generateScript } from './generate.ts';
import { countEntries } from './heap.ts';
import { describeLine, runScript } from './run.ts';
import type { RunResult } from './run.ts';
import { shrinkScript } from './shrink.ts';
import { addRun, describeTotals, noTotals } from './totals.ts';

/** `npm run simulate -- [--seeds N] [--first S] [--replay FILE]`: random lives of a cluster, and whether they end well. */

const folder = new URL('../../.stoker/simulation/', import.meta.url);
const shrinkBudget = 150;
/** Looking at the whole heap takes its time: every so many seeds. */
const heapEvery = 250;

const { values } = parseArgs({
  options: { seeds: { type: 'string' }, first: { type: 'string' }, replay: { type: 'string' } },
});
const print = (text: string): void => void process.stdout.write(`${text}\n`);
const template = await createTemplate();

if (values.replay !== undefined) {
  const script = JSON.parse(readFileSync(values.replay, 'utf8')) as Script;
  const result = await runScript(script, { template, countEntries });
  print(result.log.map(describeLine).join('\n'));
  print(describeResult(script, result));
  process.exitCode = result.findings.length === 0 ? 0 : 1;
} else {
  const failed = await runSeeds(Number(values.first ?? 1), Number(values.seeds ?? 2000));
  process.exitCode = failed === 0 ? 0 : 1;
}

/** Resolves with the number of seeds that failed. */
async function runSeeds(first: number, count: number): Promise<number> {
  let totals = noTotals;
  const began = process.cpuUsage();
  for (let seed = first; seed < first + count; seed += 1) {
    const script = generateScript(seed);
    const result = await runScript(script, seed % heapEvery === 0 ? { template, countEntries } : { template });
    totals = addRun(totals, script, result);
    if (result.findings.length > 0) await showFailure(script, result);
    if ((seed - first + 1) % 100 === 0) print(`… seed ${seed}: ${totals.failed} failed so far`);
  }
  print(describeTotals(totals, { first, cpu: process.cpuUsage(began) }));
  return totals.failed;
}

async function showFailure(script: Script, result: RunResult): Promise<void> {
  print(describeResult(script, result));
  const sought = classOf(result);
  const fails = async (one: Script): Promise<boolean> => classOf(await runScript(one, { template })) === sought;
  const shrunk = await shrinkScript(script, { fails, budget: shrinkBudget });
  mkdirSync(folder, { recursive: true });
  const file = new URL(`seed-${script.seed}.json`, folder);
  const text = writeScript(shrunk);
  writeFileSync(file, text);
  print(`Shrunk to ${shrunk.actions.length} of ${script.actions.length} actions; replay with`);
  print(`  npm run simulate -- --replay .stoker/simulation/seed-${script.seed}.json\n${text}`);
}

/** Two runs fail alike when their first findings are the same but for names and numbers. */
function classOf({ findings }: RunResult): string {
  return (findings[0] ?? '').replaceAll(/[^\s/]+\/[^\s:]+|".*?"|\d+/g, '#').slice(0, 60);
}

function describeResult(script: Script, { findings, settledMs, digest }: RunResult): string {
  const head = `seed ${script.seed}: ${script.actions.length} actions, settled after ${settledMs / 1000} s, ${digest.slice(0, 12)}`;
  if (findings.length === 0) return `${head}: all is well`;
  return [`${head}: FAILED`, ...findings.slice(0, 10).map((one) => `  ${one}`)].join('\n');
}

/** One line an action. */
function writeScript({ actions, ...head }: Script): string {
  const lines = actions.map((action) => `    ${JSON.stringify(action)}`).join(',\n');
  return `${JSON.stringify(head).slice(0, -1)},"actions":[\n${lines}\n]}\n`;
}
