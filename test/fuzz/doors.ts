import { writeFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import type { Alertmanager } from '../../src/api/alertmanager.ts';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { TerminalError, describeError } from '../../src/base/errors.ts';
import { isJsonObject } from '../../src/base/json.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { Version } from '../../src/base/version.ts';
import { YamlError } from '../../src/base/yaml.ts';
import { Validator } from '../../src/api/validate.ts';
import { readLocatedManifests } from '../../src/cli/check/read.ts';
import { makeReport, renderText } from '../../src/cli/check/report.ts';
import { checkManifests } from '../../src/core/check/manifests.ts';
import { addExplainCommand } from '../../src/cli/explain.ts';
import { ExitError } from '../../src/cli/io.ts';
import type { Io } from '../../src/cli/io.ts';
import { addRenderCommand } from '../../src/cli/render.ts';
import { addTargetsCommand } from '../../src/cli/targets.ts';
import { AssetStore } from '../../src/core/assets/store.ts';
import { matchAlertmanager, renderAlertmanagerConfig } from '../../src/core/desired/alertmanager-config.ts';
import { createPrometheusCaches, matchPrometheus, renderPrometheus } from '../../src/core/desired/prometheus.ts';
import { SubjectNotFoundError } from '../../src/core/explain/not-found.ts';
import { createLister, readSources } from '../../src/core/manifests/sources.ts';
import type { PrometheusWorkload } from '../../src/core/render/prometheus/workload.ts';
import { asAgentWorkload, asServerWorkload } from '../../src/core/render/prometheus/workload.ts';
import { ConfigCache } from '../../src/core/select/alertmanager-config/cache.ts';
import { defaultSettings } from '../../src/operator/default-settings.ts';
import { OptionError } from '../../src/operator/options/values.ts';
import type { FuzzInput } from './input.ts';
import { asStored } from './stored.ts';

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
const settings = defaultSettings();

/** As the operator does for each workload, with what the API server would hand it. */
export const operator: Door = ({ objects }) => {
  const { prometheuses, agents, sources, assets } = readSources(asStored(objects));
  const store = new AssetStore(assets);
  let outcome: Outcome = 'answered';
  const sync = (metadata: KubernetesObject['metadata'], asWorkload: () => PrometheusWorkload): void => {
    try {
      const caches = createPrometheusCaches();
      const desired = renderPrometheus(matchPrometheus(asWorkload(), sources, caches), store, caches);
      if (desired.failures.length > 0) outcome = 'refused';
      for (const failure of desired.failures) requireVerdict(failure);
      for (const { rejected } of Object.values(desired.verdicts))
        for (const { rejection } of rejected) requireClear(rejection.message);
      if (metadata.namespace === 'fuzz-good' && metadata.name === 'good')
        requireGood(desired.config?.yaml() ?? '', goodJob);
    } catch (error) {
      requireVerdict(error);
      outcome = 'refused';
    }
  };
  for (const one of prometheuses) sync(one.metadata, () => asServerWorkload(one, settings));
  for (const one of agents) sync(one.metadata, () => asAgentWorkload(one, settings));
  return Promise.resolve(outcome);
};

function requireGood(config: string, wanted: string): void {
  if (!config.includes(wanted)) throw new Crash(`"${wanted}" is missing beside a bad object`);
}

/** The configuration of each Alertmanager. */
export const alertmanager: Door = ({ objects }) => {
  const stored = asStored(objects);
  const { sources, assets } = readSources(stored);
  const ofKind = (kind: string): KubernetesObject[] => stored.filter((object) => object.kind === kind);
  const listers = {
    AlertmanagerConfig: createLister(ofKind('AlertmanagerConfig') as never[]),
    namespaces: sources.namespaces,
  };
  let outcome: Outcome = 'answered';
  for (const one of ofKind('Alertmanager') as Alertmanager[]) {
    const cache = new ConfigCache();
    try {
      const match = matchAlertmanager({ alertmanager: one, version: Version.parse('0.28.1') }, listers, cache);
      const { config, rejected } = renderAlertmanagerConfig(match, new AssetStore(assets), cache);
      for (const { rejection } of rejected) requireClear(rejection.message);
      if (one.metadata.namespace === 'fuzz-good' && one.metadata.name === 'good')
        requireGood(config.toString(), 'fuzz-good/good/hook');
    } catch (error) {
      requireVerdict(error);
      outcome = 'refused';
    }
  }
  return Promise.resolve(outcome);
};

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
  writeFileSync(path, text ?? objects.map((object) => `---\n${JSON.stringify(object)}\n`).join(''));
  return path;
}

/** Compiled schemas are kept: the command itself runs once. */
const tools = { validator: new Validator(), settings };

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

const explained: readonly unknown[] = ['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig'];

/** What is asked for: the bad object, where it has a kind and a name that can be asked for; else the good one. */
function nameSubject({ objects, mutated }: FuzzInput): readonly string[] {
  const last = mutated
    .map((at) => objects[at])
    .find((object) => isJsonObject(object) && explained.includes(object.kind)) as JsonObject | undefined;
  const metadata = last?.metadata;
  if (isJsonObject(metadata) && typeof metadata.name === 'string' && /^[a-z]/.test(metadata.name))
    return [
      String(last?.kind),
      metadata.name,
      ...(typeof metadata.namespace === 'string' ? ['-n', metadata.namespace] : []),
    ];
  return ['ServiceMonitor', 'good', '-n', 'fuzz-good'];
}

export const explain: Door = async (input, folder) => {
  const args = ['explain', ...nameSubject(input), '-o', 'json', '--offline', writeInput(input, folder)];
  const { outcome } = await command(addExplainCommand, args);
  return outcome;
};
