import type { Command } from 'commander';
import type { KubernetesObject } from '../api/meta.ts';
import { keyOf } from '../api/meta.ts';
import { describeError } from '../base/errors.ts';
import { dumpYaml } from '../base/yaml.ts';
import { decodeObject } from '../core/desired/decode-object.ts';
import { listRejected, listStepObjects } from '../core/desired/steps.ts';
import { workloadKinds } from '../core/kinds/registry.ts';
import { listGoverningServices, renderWorkloads } from '../core/kinds/render.ts';
import type { RenderedWorkload } from '../core/kinds/render.ts';
import { readSources } from '../core/manifests/sources.ts';
import { InvalidFieldError } from '../core/findings.ts';
import { codeOf } from '../core/reasons/lookup.ts';
import { describeRejection } from '../core/rejection.ts';
import type { Rejection } from '../core/rejection.ts';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';
import { readManifests } from './manifests.ts';
import { chooseSettings } from './settings.ts';

interface RenderOptions {
  readonly output: string;
  readonly config?: string;
  readonly decode?: true;
  readonly kubernetesVersion: string;
  readonly featureGates?: string;
  readonly operatorArgs?: string;
}

/** `stoker render`: manifests in, what the operator would write out; no cluster. */
export function addRenderCommand(program: Command, io: Io): void {
  program
    .command('render')
    .description('print what the operator would write for manifests, without a cluster')
    .argument(
      '<path...>',
      'files and folders of manifests, "-" for stdin; the Secrets and Namespaces they refer to included',
    )
    .option('-o, --output <format>', 'yaml, json or name', 'yaml')
    .option(
      '--config <workload>',
      'print only the plain configuration of one workload: prometheus/NAME, alertmanager/NAME or KIND/NAMESPACE/NAME',
    )
    .option('--decode', 'show the contents of Secrets and of what is compressed as text')
    .option('--kubernetes-version <version>', 'version of the cluster to render for', '1.36')
    .option('--feature-gates <gates>', 'as for `stoker run`: NAME=true,NAME=false')
    .option('--operator-args <flags>', 'further flags that the operator runs with, in one text')
    .addHelpText(
      'after',
      `
Rendered are Prometheus, PrometheusAgent, Alertmanager and ThanosRuler objects, with what they select among the manifests.
Fields that the wanted version of the program does not know are left out, with a warning on stderr. Rejected objects are named
on stderr, and the exit code is 3 then; what is printed is what would run without them. What cannot be
rendered is named on stderr, and the exit code is 1 then; everything that does not depend on it is printed.

Examples:
  stoker render examples/
  stoker render deploy/ --config prometheus/main | promtool check config /dev/stdin
  stoker render deploy/ --config alertmanager/main | amtool check-config /dev/stdin
  kubectl get prometheus,servicemonitor,alertmanager,alertmanagerconfig,namespace,secret -A -o yaml | stoker render - -o name`,
    )
    .action((paths: string[], options: RenderOptions) => {
      const sources = readSources(readManifests(paths, io));
      const settings = chooseSettings(options);
      const all = renderWorkloads(sources, settings);
      const made = all.flatMap(({ desired }) => (desired === undefined ? [] : listStepObjects(desired.steps)));
      const objects = [...listGoverningServices(sources, settings), ...made];
      const printed = options.config === undefined ? print(objects, options) : printConfig(all, options.config);
      io.answered?.(() => describeAnswer(objects, printed, options));
      io.stdout(printed);
      report(all, io);
    });
}

const formats: Readonly<Record<string, (objects: readonly KubernetesObject[]) => string>> = {
  yaml: (objects) => objects.map((object) => `---\n${dumpYaml(object)}`).join(''),
  json: (objects) => `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 2)}\n`,
  name: (objects) => objects.map((object) => `${nameObject(object)}\n`).join(''),
};

function print(objects: readonly KubernetesObject[], { output, decode }: RenderOptions): string {
  const format = formats[output];
  if (format === undefined)
    throw new ExitError(exitCodes.usage, `Cannot print as "${output}": known are ${Object.keys(formats).join(', ')}`);
  return format(decode === true ? objects.map(decodeObject) : objects);
}

const nameObject = (object: KubernetesObject): string => `${(object.kind ?? '').toLowerCase()}/${keyOf(object)}`;

/** What was printed, as data. */
function describeAnswer(objects: readonly KubernetesObject[], printed: string, options: RenderOptions): object {
  if (options.config !== undefined) return { workload: options.config, configuration: printed };
  if (options.output === 'name') return { names: objects.map(nameObject) };
  return { objects: options.decode === true ? objects.map(decodeObject) : objects };
}

const kindOf = ({ kind }: RenderedWorkload): string => kind.type.kind;

/** "prometheus/NAMESPACE/NAME", as `--config` takes it. */
const addressOf = (one: RenderedWorkload): string => `${kindOf(one).toLowerCase()}/${keyOf(one.instance)}`;

const isWanted = (one: RenderedWorkload, wanted: string): boolean =>
  wanted === addressOf(one) || wanted === `${kindOf(one).toLowerCase()}/${one.instance.metadata.name ?? ''}`;

/** "" when it is one of those that cannot be rendered: the reason is told after. */
function printConfig(all: readonly RenderedWorkload[], wanted: string): string {
  const found = all.filter((one) => isWanted(one, wanted));
  const [only] = found;
  if (only === undefined || found.length > 1) {
    const what = found.length > 1 ? 'several have that name' : 'there is none';
    const known =
      all.map(addressOf).join(', ') || `no ${joinWords(workloadKinds.map(({ type }) => type.kind))} objects`;
    throw new ExitError(exitCodes.usage, `Cannot print the config of "${wanted}": ${what}; there are ${known}`);
  }
  if (only.failures.length > 0) return '';
  const config = only.desired?.printConfig();
  if (config !== undefined) return config;
  throw new ExitError(exitCodes.failed, `${describe(only)} has no selectors: its config is the user's`);
}

/** "A, B or C". */
const joinWords = (words: readonly string[]): string => words.join(', ').replace(/, ([^,]*)$/, ' or $1');

const describe = (one: RenderedWorkload): string => `${kindOf(one)} ${keyOf(one.instance)}`;

/** Warnings on stderr; then, when anything is wrong, the error that ends the command, all of it named. */
function report(all: readonly RenderedWorkload[], io: Io): void {
  for (const one of all) for (const line of listWarnings(one)) io.stderr(`stoker: Warning: ${line}\n`);
  const failures = all.flatMap((one) =>
    one.failures.map((failure) => `Cannot render ${describe(one)}: ${describeFailure(failure)}`),
  );
  const lines = [...failures, ...all.flatMap(listRejections)];
  if (lines.length === 0) return;
  throw new ExitError(failures.length > 0 ? exitCodes.failed : exitCodes.rejected, lines.join('\nstoker: '));
}

/** With reason and code, where a field is to blame. */
function describeFailure(failure: unknown): string {
  const text = describeError(failure);
  return failure instanceof InvalidFieldError ? `${text} ${showReason(failure.rejection)}` : text;
}

const showReason = ({ reason }: Rejection): string => `(${reason}, ${codeOf(reason)})`;

function listRejections(one: RenderedWorkload): string[] {
  if (one.desired === undefined) return [];
  return listRejected(one.desired).map(
    ({ type, object, rejection }) =>
      `${type.kind} ${keyOf(object)} rejected by ${describe(one)}: ${describeRejection(rejection)} ${showReason(rejection)}`,
  );
}

/** What the configuration leaves out though it is asked for, each thing once. */
function listWarnings(one: RenderedWorkload): string[] {
  const owner = describe(one);
  const lines = (one.desired?.warnings ?? []).map(({ object, message }) =>
    object === '' ? `${owner}: ${message}` : `${object.replace('/', ' ')}: ${message} (${owner})`,
  );
  return [...new Set(lines)];
}
