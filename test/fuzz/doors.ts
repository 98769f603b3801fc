import { complete } from '../../src/base/interruptible.ts';
import { writeFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { TerminalError, describeError } from '../../src/base/errors.ts';
import { isJsonObject } from '../../src/base/json.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { YamlError } from '../../src/base/yaml.ts';
import { Validator } from '../../src/api/validate.ts';
import { readLocatedManifests } from '../../src/cli/check/read.ts';
import { makeReport, renderText } from '../../src/cli/check/report.ts';
import { checkManifests } from '../../src/core/check/manifests.ts';
import type { CheckTools } from '../../src/core/check/manifests.ts';
import { supposeManifests } from '../../src/core/explain/suppose-manifests.ts';
import { addExplainCommand } from '../../src/cli/explain.ts';
import { ExitError } from '../../src/cli/io.ts';
import type { Io } from '../../src/cli/io.ts';
import { addPlanCommand } from '../../src/cli/plan.ts';
import { addRenderCommand } from '../../src/cli/render.ts';
import { addTargetsCommand } from '../../src/cli/targets.ts';
import { AssetStore } from '../../src/core/assets/store.ts';
import { SubjectNotFoundError } from '../../src/core/explain/not-found.ts';
import type { WorkloadKind, WorkloadObject, WorkloadSources } from '../../src/core/kinds/kind.ts';
import { workloadKinds } from '../../src/core/kinds/registry.ts';
import { readSources } from '../../src/core/manifests/sources.ts';
import { defaultSettings } from '../../src/operator/default-settings.ts';
import { OptionError } from '../../src/operator/options/values.ts';
import type { FuzzInput } from './input.ts';
import { asStored } from './stored.ts';
import { goodObjects } from './values.ts';
import { writeJson } from './write-json.ts';

/** The doors through which objects of users come in, each driven as its program drives it. */

export type Outcome = 'answered' | 'refused';

/** Throws, or resolves with a text that shows a fault of ours, when it crashes. */
export type Door = (input: FuzzInput, folder: string) => Promise<Outcome>;

/** What should never happen, and is no verdict on the input. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

const verdicts = [TerminalError, YamlError, ExitError, OptionError, CommanderError, SubjectNotFoundError];

/** How JavaScript itself words a fault. */
const ownFaults =
  /Cannot read propert|Cannot set propert|Cannot convert (?:undefined or null|object) to|Cannot mix BigInt|is not (?:a function|iterable|a constructor|defined|an object)|Maximum call stack|Invalid array length|Invalid string length|Reduce of empty array|Cannot use 'in' operator|must be of type|\[object Object\]/;

/** @throws {Crash} when a text says what no user can understand. */
export function requireClear(text: string): void {
  const found = ownFaults.exec(text);
  if (found !== null)
    throw new Crash(
      `An answer tells of a fault of ours: ${text.slice(Math.max(0, found.index - 200), found.index + 200)}`,
    );
}

/** Lets a refusal with a message pass. @throws what is none. */
export function requireVerdict(error: unknown): void {
  if (!verdicts.some((type) => error instanceof type)) throw error;
  const message = describeError(error);
  if (message.length < 10 && !(error instanceof ExitError && message === 'ExitError'))
    throw new Crash(`No clear message: "${message}"`);
  requireClear(message);
}

const goodJob = 'serviceMonitor/fuzz-good/good/0';

/** What the configuration of a good workload must hold, whatever stands beside it. */
const goodTexts: Readonly<Record<string, string>> = { Prometheus: goodJob, Alertmanager: 'fuzz-good/good/hook' };

const settings = defaultSettings();

const isGood = ({ metadata: { namespace, name } }: KubernetesObject): boolean =>
  namespace === 'fuzz-good' && name === 'good';

/** As the operator does for each workload, with what the API server would hand it. */
export const operator: Door = ({ objects }) => {
  const { instancesOf, sources, assets } = readSources(asStored(objects));
  const store = new AssetStore(assets);
  let outcome: Outcome = 'answered';
  for (const kind of workloadKinds)
    for (const instance of instancesOf(kind)) {
      try {
        if (!sync(kind, instance, { sources, store })) outcome = 'refused';
      } catch (error) {
        requireVerdict(error);
        if (isGood(instance)) throw new Crash('A good workload fails for what stands beside it', { cause: error });
        outcome = 'refused';
      }
      if (isJsonObject(instance.spec)) kind.describeStatus(instance, settings);
    }
  return Promise.resolve(outcome);
};

/** @returns whether all of it could be rendered. */
function sync(
  kind: WorkloadKind,
  instance: WorkloadObject,
  { sources, store }: { sources: WorkloadSources; store: AssetStore },
): boolean {
  const match = complete(kind.createMatcher()(instance, settings, sources));
  const desired = complete(match.render(store));
  for (const failure of desired.failures) requireVerdict(failure);
  for (const { rejected } of Object.values(desired.verdicts))
    for (const { rejection } of rejected) requireClear(rejection.message);
  kind.listDeprecatedFields(desired.workload);
  const wanted = goodTexts[kind.type.kind];
  if (isGood(instance) && wanted !== undefined) requireGood(desired.printConfig() ?? '', wanted);
  return desired.failures.length === 0;
}

function requireGood(config: string, wanted: string): void {
  if (!config.includes(wanted)) throw new Crash(`"${wanted}" is missing beside a bad object`);
}

interface Told {
  readonly stdout: string;
  readonly outcome: Outcome;
}

/** One command line, as `runCli` runs it, but that faults come out. */
async function command(add: (program: Command, io: Io) => void, args: readonly string[]): Promise<Told> {
  let [stdout, stderr] = ['', ''];
  const io: Io = {
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
    isTerminal: false,
    signal: new AbortController().signal,
    env: {},
  };
  const program = new Command('stoker').exitOverride();
  add(program, io);
  for (const one of program.commands) one.exitOverride().configureOutput({ writeOut: io.stdout, writeErr: io.stderr });
  let outcome: Outcome = 'answered';
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    requireVerdict(error);
    outcome = 'refused';
  }
  requireClear(stderr);
  return { stdout, outcome };
}

/** The input as a file: broken as text, or one document an object. */
function writeInput({ objects, text }: FuzzInput, folder: string): string {
  const path = `${folder}/input.yaml`;
  writeFileSync(path, text ?? objects.map((object) => `---\n${writeJson(object)}\n`).join(''));
  return path;
}

/** Compiled schemas are kept: the command itself runs once. */
const tools: CheckTools = {
  ...{ validator: new Validator(), settings },
  discover: (all) => supposeManifests(all, settings).cluster,
};

export const check: Door = (input, folder) => {
  const read = readLocatedManifests([writeInput(input, folder)]);
  const findings = checkManifests(
    read.manifests.map(({ object }) => object),
    tools,
  );
  const report = makeReport(read, findings);
  requireClear(renderText(report));
  requireClear(read.unusable.join('\n'));
  return Promise.resolve(report.errors + read.unusable.length > 0 ? 'refused' : 'answered');
};

export const render: Door = async (input, folder) => {
  const { stdout, outcome } = await command(addRenderCommand, [
    'render',
    '-o',
    'json',
    '--decode',
    writeInput(input, folder),
  ]);
  if (stdout !== '' && input.text === undefined) requireGood(stdout, goodJob);
  return outcome;
};

export const targets: Door = async (input, folder) => {
  const args = ['targets', '-p', 'fuzz-good/good', '-o', 'json', '--offline', writeInput(input, folder)];
  const { outcome } = await command(addTargetsCommand, args);
  return outcome;
};

const scraped = ['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig'];
const alerting = ['PrometheusRule', 'AlertmanagerConfig', 'Alertmanager', 'ThanosRuler', 'Prometheus'];

const isOf = (kinds: readonly unknown[], object: unknown): object is JsonObject =>
  isJsonObject(object) && kinds.includes(object.kind);

/** The way of an alert goes by all that is wrong with rules, routes and workloads: that of a bad rule, or the good one. */
function nameAlert({ spec }: JsonObject): readonly string[] {
  const [group] = isJsonObject(spec) && Array.isArray(spec.groups) ? (spec.groups as unknown[]) : [];
  const [rule] = isJsonObject(group) && Array.isArray(group.rules) ? (group.rules as unknown[]) : [];
  const name =
    isJsonObject(rule) && typeof rule.alert === 'string' && /^\w+$/.test(rule.alert) ? rule.alert : 'GoodDown';
  return ['alert', name, '--label', 'team=a', '--at', '2026-11-28T10:00Z', '--time-zone', 'UTC'];
}

/** What is asked for: the bad object, or an alert, where it has a kind and a name that can be asked for; else the good one. */
function nameSubject({ objects, mutated }: FuzzInput): readonly string[] {
  const bad = mutated.map((at) => objects[at]);
  const routed = bad.find((object) => isOf(alerting, object));
  if (routed !== undefined && Object.keys(routed).length % 2 === 0) return nameAlert(routed);
  return (
    nameObject(routed ?? bad.find((object) => isOf(scraped, object))) ?? ['ServiceMonitor', 'good', '-n', 'fuzz-good']
  );
}

/** Undefined for what nobody can ask about. */
function nameObject(object: unknown): readonly string[] | undefined {
  if (!isJsonObject(object) || object.kind === 'ThanosRuler' || object.kind === 'Prometheus') return undefined;
  const { kind, metadata } = object;
  if (!isJsonObject(metadata) || typeof metadata.name !== 'string' || !/^[a-z]/.test(metadata.name)) return undefined;
  return [String(kind), metadata.name, ...(typeof metadata.namespace === 'string' ? ['-n', metadata.namespace] : [])];
}

export const explain: Door = async (input, folder) => {
  const args = ['explain', ...nameSubject(input), '-o', 'json', '--offline', writeInput(input, folder)];
  const { outcome } = await command(addExplainCommand, args);
  return outcome;
};

/** From what is good to what is bad, and back. */
export const plan: Door = async (input, folder) => {
  const good = `${folder}/good.yaml`;
  writeFileSync(good, goodObjects.map((object) => `---\n${writeJson(object)}\n`).join(''));
  const bad = writeInput(input, folder);
  let outcome: Outcome = 'answered';
  for (const [from, to] of [
    [good, bad],
    [bad, good],
  ] as const) {
    const told = await command(addPlanCommand, ['plan', '--from', from, '--to', to]);
    requireClear(told.stdout);
    // What changes has an exit code of its own, and no message.
    if (told.stdout === '') outcome = 'refused';
  }
  return outcome;
};
