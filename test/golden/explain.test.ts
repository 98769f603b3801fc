import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parseYaml, parseYamlDocuments } from '../../src/base/yaml.ts';
import { invoke } from '../cli/invoke.ts';
import type { Invocation } from '../cli/invoke.ts';
import { applyFix } from './explain/apply-fix.ts';
import type { MachineFix } from './explain/apply-fix.ts';
import { shorten } from './explain/shorten.ts';
import type { Answer as Shortened } from './explain/shorten.ts';
import { readPage } from './explain/read-page.ts';
import { runPrograms } from './explain/running-programs.ts';
import type { RunningPrograms } from './explain/running-programs.ts';
import { StackFiles, caseFolder, isAboutAlerts, listCases, readStack } from './explain/stacks.ts';

/**
 * A case is a folder: broken.diff is what is broken in explain/base.yaml, at one link (`explain/stacks.ts`); case.yaml says
 * what is asked and which link and reason must come out; expected.txt is the whole answer, expected.json what of it is the
 * case's own (`explain/shorten.ts`). `UPDATE_GOLDEN=1 npm test golden` rewrites the two; the diff is the review. The first
 * edit that is proposed is made, and then the stack must be scraped.
 */
const isUpdate = process.env.UPDATE_GOLDEN === '1';

interface Case {
  readonly args: string;
  readonly verdict: string;
  /** The first link that does not pass; "none" where all do. */
  readonly link: string;
  readonly reason: string;
  readonly cause?: string;
  /** Whether the first proposed edit is made, flags of the operator are changed, or people must act. */
  readonly repair: 'first' | 'flags' | 'none';
  readonly repairedArgs?: string;
}

interface AnswerStep {
  readonly link: string;
  readonly verdict: string;
  readonly reason: string;
  readonly compared: string;
  readonly found: string;
}

interface Answer extends Shortened {
  readonly summary: string;
  readonly chain: readonly AnswerStep[];
  readonly verdict: string;
  readonly reason: string;
  readonly cause?: string;
  readonly fixes: readonly MachineFix[];
}

const exitCodes: Readonly<Record<string, number>> = {
  ...{ Scraped: 0, Unknown: 1, PartlyScraped: 4, NotScraped: 4 },
  ...{ Used: 0, NotUsed: 4, Notified: 0, NotNotified: 4, Healthy: 0, NotHealthy: 4 },
};
const stacks = new StackFiles();

function run(input: string, args: string, ...flags: string[]): Promise<Invocation> {
  return invoke('explain', ...args.split(' '), '--offline', input, ...flags);
}

function compare(file: string, text: string): void {
  if (isUpdate) writeFileSync(file, text);
  assert.ok(existsSync(file), `no ${file}: run UPDATE_GOLDEN=1 npm test golden and read what comes out`);
  assert.equal(text, readFileSync(file, 'utf8'));
}

const changedLines = (diff: string): number =>
  diff.split('\n').filter((line) => /^[-+](?!-- |\+\+ )/.test(line)).length;

/** The page shows the link, the texts and the edits that the command prints. */
function comparePage(html: string, { summary, reason, chain, fixes }: Answer, wanted: Case): void {
  const step = chain.find((one) => one.reason === reason) ?? chain.find(({ link }) => link === wanted.link);
  assert.deepEqual(readPage(html), {
    ...{ summary, fixes: fixes.map(({ text }) => text.replace(/^or /, '')) },
    ...{ link: step?.link ?? 'none', compared: step?.compared ?? '', found: step?.found ?? '' },
  });
}

const names = listCases();

const whole = [
  ['all-is-well', 'servicemonitor checkout -n shop'],
  ['alert-all-is-well', 'alert CartDown --at 2026-11-27T10:00Z --time-zone UTC'],
] as const;

const good: Readonly<Record<string, string>> = {
  ...{ Scraped: 'Scraped', PartlyScraped: 'Scraped', NotScraped: 'Scraped', Used: 'Used', NotUsed: 'Used' },
  ...{ Notified: 'Notified', NotNotified: 'Notified', Healthy: 'Healthy', NotHealthy: 'Healthy', Unknown: 'Scraped' },
};

describe('explain', () => {
  it('has at least forty broken stacks', () => {
    assert.ok(names.length >= 41, `found ${names.length}`);
  });

  it('has at least forty of alerts', () => {
    assert.ok(names.filter(isAboutAlerts).length >= 41);
  });

  /** Chains of stacks in which all is well: what cases have of their own is not in them. */
  const bases: Answer['chain'][] = [];
  before(async () => {
    for (const [name, args] of whole) {
      const { stdout } = await run(stacks.fileOf(name), args, '-o', 'json');
      bases.push((JSON.parse(stdout) as Answer).chain);
    }
  });

  for (const name of names) {
    const at = (file: string): string => join(caseFolder, name, file);
    const wanted = parseYaml(readFileSync(at('case.yaml'), 'utf8')) as Case;
    const input = stacks.fileOf(name);
    let programs: RunningPrograms;
    before(async () => (programs = await runPrograms(name)));
    after(() => programs.close());
    const runCase = async (...flags: string[]): Promise<Invocation> => {
      const invocation = await run(input, wanted.args, ...programs.flags, ...flags);
      return { ...invocation, stdout: programs.hidePort(invocation.stdout) };
    };

    it(`names what is broken: ${name}`, async () => {
      const text = await runCase();
      assert.equal(text.stderr, '');
      assert.equal(text.code, exitCodes[wanted.verdict]);
      const json = await runCase('-o', 'json');
      assert.equal(json.code, text.code);
      const answer = JSON.parse(json.stdout) as Answer;
      const decisive =
        answer.chain.find(({ verdict }) => verdict === 'fail') ??
        answer.chain.find(({ verdict, link }) => verdict === 'warn' || (verdict === 'unknown' && link !== 'access'));
      assert.deepEqual(
        [answer.verdict, decisive?.link ?? 'none', answer.reason, answer.cause],
        [wanted.verdict, wanted.link, wanted.reason, wanted.cause],
      );
      for (const line of text.stdout.split('\n')) assert.ok(line.length <= 100 || /^ {2}At /.test(line), line);
      const html = await runCase('-o', 'html');
      comparePage(html.stdout, answer, wanted);
      assert.doesNotMatch(text.stdout + json.stdout + html.stdout, /not-shown-anywhere|bm90LXNob3du/);
      compare(at('expected.txt'), text.stdout.replaceAll(join(stacks.folderOf(name), '/'), ''));
      const isWhole = whole.some(([one]) => one === name);
      const base = bases[isAboutAlerts(name) ? 1 : 0] ?? [];
      const own = isWhole ? answer : shorten(answer, base);
      compare(at('expected.json'), `${JSON.stringify(own, null, 2)}\n`);
    });

    if (wanted.repair === 'none') continue;
    it(`proposes the edit that repairs it: ${name}`, async () => {
      const before = JSON.parse((await runCase('-o', 'json')).stdout) as Answer;
      const [fix] = before.fixes;
      assert.ok(fix !== undefined, 'no edit is proposed');
      const isByFlags = wanted.repair === 'flags';
      const repaired = stacks.write(`${name}-repaired`, applyFix(readStack(name), isByFlags ? undefined : fix));
      const args = isByFlags ? `${wanted.args.split(' --')[0] ?? ''} ${wanted.repairedArgs ?? ''}` : wanted.args;
      const { code, stdout } = await run(repaired, args, ...programs.flags, '-o', 'json');
      const answer = JSON.parse(stdout) as Answer;
      assert.equal(`${code} ${answer.verdict}`, `0 ${good[wanted.verdict]}`, stdout);
      assert.notEqual(answer.reason, wanted.reason, 'the same is still wrong');
    });

    if (wanted.repair === 'flags') continue;
    it(`writes the edit into the file, and asks again: ${name}`, async () => {
      const { fixes } = JSON.parse((await runCase('-o', 'json')).stdout) as Answer;
      const file = stacks.write(`${name}-written`, readStack(name));
      const shown = await run(file, wanted.args, ...programs.flags, '--fix');
      const { code, stdout, stderr } = await run(file, wanted.args, ...programs.flags, '--fix', '--write', '--yes');
      assert.deepEqual([stderr, code], ['', 0]);
      assert.ok(stdout.startsWith(shown.stdout), 'the diff is not the one that is shown without --write');
      const written = readFileSync(file, 'utf8');
      const edited = parseYamlDocuments(applyFix(readStack(name), fixes[0]));
      assert.deepEqual(parseYamlDocuments(written), edited);
      const kept = readStack(name)
        .split('\n')
        .filter((line) => /#/.test(line) && !stdout.includes(`\n-${line}\n`));
      for (const line of kept) assert.ok(written.includes(line), `the comment is gone: ${line}`);
      assert.ok(changedLines(stdout) <= 40, stdout);
    });
  }
});
