import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { ExplainedRow, Overview } from '../../src/core/overview/overview.ts';
import { parseYaml } from '../../src/base/yaml.ts';
import { invoke } from '../cli/invoke.ts';
import { StackFiles, caseFolder, listCases } from './explain/stacks.ts';

/** What of an answer of `stoker explain -o json` a line of `stoker status` repeats. */
interface Answer {
  readonly summary: string;
  readonly reason: string;
  readonly code: string;
  readonly cause?: string;
  readonly at: string;
  readonly object: unknown;
  readonly workload: unknown;
  readonly chain: readonly { readonly link: string; readonly verdict: string }[];
  readonly fixes: readonly { readonly text: string }[];
}

const stacks = new StackFiles();
const asked = new Set(['objects', 'endpoints']);

/** Flags of the operator among the words of a case, with their values. */
function readFlags(args: string): string[] {
  const own =
    /--(?:namespaces|deny-namespaces|prometheus-instance-\S+?|feature-gates|alertmanager-config-namespaces)[= ]\S+/g;
  return (args.match(own) ?? []).map((flag) => flag.replace(' ', '='));
}

async function surveyStack(file: string, flags: readonly string[]): Promise<Overview> {
  const { stdout, stderr } = await invoke('status', '--offline', file, '-o', 'json', ...flags);
  assert.equal(stderr, '');
  return JSON.parse(stdout) as Overview;
}

/** What the command of a line says. */
async function explainRow({ command }: ExplainedRow, file: string, flags: readonly string[]): Promise<Answer> {
  const words = command.split(' ').slice(1);
  const { stdout, stderr } = await invoke(...words, '--offline', file, '-o', 'json', ...flags);
  assert.equal(stderr, '');
  return JSON.parse(stdout) as Answer;
}

function describeAnswer({ chain, fixes, ...answer }: Answer): object {
  const decisive =
    chain.find(({ verdict }) => verdict === 'fail') ??
    chain.find(({ verdict, link }) => verdict === 'unknown' && (asked.has(link) || answer.reason === 'Rejected')) ??
    chain.find(({ verdict }) => verdict === 'warn');
  const { summary, reason, code, cause, at, object, workload } = answer;
  return { summary, reason, code, cause, at, object, workload, link: decisive?.link ?? '', fix: fixes[0]?.text ?? '' };
}

function describeRow({ summary, reason, code, cause, at, decisive, workload, link, fix }: ExplainedRow): object {
  return { summary, reason, code, cause, at, object: decisive, workload, link, fix };
}

const monitorWords = /^(?:servicemonitor|podmonitor|pmon|probe|prb|scrapeconfig|scfg)\b/;

describe('status says of each object what explain says of it', () => {
  let lines = 0;
  for (const name of listCases()) {
    const { args } = parseYaml(readFileSync(join(caseFolder, name, 'case.yaml'), 'utf8')) as { readonly args: string };
    const file = stacks.fileOf(name);
    const flags = readFlags(args);
    it(name, async () => {
      const { monitors, rules, routes } = await surveyStack(file, flags);
      for (const row of [...monitors, ...rules, ...routes]) {
        assert.deepEqual(describeRow(row), describeAnswer(await explainRow(row, file, flags)), row.command);
        lines += 1;
      }
    });

    if (!monitorWords.test(args) || args.includes('--shard')) continue;
    it(`has a line with the answer: ${name}`, async () => {
      const { monitors } = await surveyStack(file, flags);
      const { stdout } = await invoke('explain', ...args.split(' '), '--offline', file, '-o', 'json');
      const answer = describeAnswer(JSON.parse(stdout) as Answer);
      assert.ok(
        monitors.some((row) => isDeepStrictEqual(describeRow(row), answer)),
        stdout,
      );
    });
  }

  it('compared some hundred lines', () => {
    assert.ok(lines >= 150, `compared ${lines}`);
  });
});
