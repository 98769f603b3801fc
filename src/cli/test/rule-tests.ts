import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import type { PrometheusRule } from '../../api/prometheus-rule.ts';
import { prometheusRuleType } from '../../api/prometheus-rule.ts';
import type { LocatedManifest } from '../check/read.ts';
import type { Io } from '../io.ts';
import type { TestFile } from './read-tests.ts';
import type { TestResult } from './test-results.ts';

/** A PrometheusRule as a rule file that promtool reads. */
interface ExtractedRules {
  /** Where the object stands. */
  readonly source: string;
  readonly path: string;
  /** "PrometheusRule shop/cart, rules.yaml". */
  readonly title: string;
}

/** Runs the tests of rules of all files by promtool; they are skipped when it is not on the PATH. */
export function runRuleTests(files: readonly TestFile[], manifests: readonly LocatedManifest[], io: Io): TestResult[] {
  const wanted = files.filter(({ rules }) => rules !== undefined);
  if (wanted.length === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), 'stoker-test-'));
  try {
    const extracted = extractRules(manifests, folder);
    return wanted.map((one, at) => runFile(one, extracted, { path: join(folder, `test-${at}.yaml`), io }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function extractRules(manifests: readonly LocatedManifest[], folder: string): ExtractedRules[] {
  const rules = manifests.filter(({ object }) => object.kind === prometheusRuleType.kind);
  return rules.map(({ object, file }, at) => {
    const { namespace = 'default', name = '' } = object.metadata;
    const path = join(folder, `rules-${at}.yaml`);
    // Thanos' own field, which promtool does not know.
    const groups = ((object as PrometheusRule).spec.groups ?? []).map(
      ({ partial_response_strategy: _strategy, ...group }) => group,
    );
    writeFileSync(path, JSON.stringify({ groups }));
    return { source: resolve(file), path, title: `PrometheusRule ${namespace}/${name}, ${file}` };
  });
}

interface Run {
  /** Where the file for promtool is written. */
  readonly path: string;
  readonly io: Io;
}

function runFile({ file, rules = {} }: TestFile, extracted: readonly ExtractedRules[], { path, io }: Run): TestResult {
  const made = { file, place: file, name: 'rules' };
  writeFileSync(path, JSON.stringify({ ...rules, rule_files: chooseRules(file, rules['rule_files'], extracted) }));
  const { error, status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', path], {
    encoding: 'utf8',
    env: { ...io.env },
  });
  if (error !== undefined)
    return { ...made, result: 'skipped', lines: ['promtool is not on the PATH: tests of rules were not run'] };
  if (status === 0) return { ...made, result: 'passed', lines: [] };
  let told = `${stdout}${stderr}`.replaceAll(path, file);
  for (const one of extracted) told = told.replaceAll(one.path, one.title);
  return { ...made, result: 'failed', lines: told.split('\n').filter((line) => line.trim() !== '') };
}

/** Files that hold PrometheusRules stand for their rules; without `rule_files` all are meant. */
function chooseRules(file: string, given: unknown, extracted: readonly ExtractedRules[]): readonly string[] {
  if (!Array.isArray(given)) return extracted.map(({ path }) => path);
  return given.flatMap((one) => {
    const wanted = resolve(dirname(file), String(one));
    const found = extracted.filter(({ source }) => source === wanted || relative(wanted, source) === '');
    return found.length === 0 ? [wanted] : found.map(({ path }) => path);
  });
}
