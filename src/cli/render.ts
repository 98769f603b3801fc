import type { Command } from 'commander';
import type { KubernetesObject, ObjectMeta } from '../api/meta.ts';
import { keyOf } from '../api/meta.ts';
import { TerminalError, describeError } from '../base/errors.ts';
import { dumpYaml } from '../base/yaml.ts';
import { AssetStore } from '../core/assets/store.ts';
import { decodeSecret, listServices } from '../core/desired/objects.ts';
import { listRejected, listStepObjects } from '../core/desired/steps.ts';
import type { DesiredPrometheus } from '../core/desired/prometheus.ts';
import { createPrometheusCaches, matchPrometheus, renderPrometheus } from '../core/desired/prometheus.ts';
import type { PrometheusWorkload } from '../core/render/prometheus/workload.ts';
import { asAgentWorkload, asServerWorkload } from '../core/render/prometheus/workload.ts';
import type { ManifestSources } from '../core/manifests/sources.ts';
import { readSources } from '../core/manifests/sources.ts';
import type { OperatorSettings } from '../core/settings.ts';
import type { Secret } from '../core/render/shared/objects.ts';
import { describeRejection } from '../core/rejection.ts';
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
      'print only the plain prometheus.yml of one workload: prometheus/NAME, prometheusagent/NAME or KIND/NAMESPACE/NAME',
    )
    .option('--decode', 'show the contents of Secrets, unpacked')
    .option('--kubernetes-version <version>', 'version of the cluster to render for', '1.36')
    .option('--feature-gates <gates>', 'as for `stoker run`: NAME=true,NAME=false')
    .addHelpText(
      'after',
      `
Fields that the wanted version of Prometheus does not know are left out, with a warning on stderr. Rejected objects are named
on stderr, and the exit code is 3 then; what is printed is what would run without them. What cannot be
rendered is named on stderr, and the exit code is 1 then; everything that does not depend on it is printed.

Examples:
  stoker render examples/
  stoker render deploy/ --config prometheus/main | promtool check config /dev/stdin
  kubectl get prometheus,servicemonitor,namespace,secret -A -o yaml | stoker render - -o name`,
    )
    .action((paths: string[], options: RenderOptions) => {
      const sources = readSources(readManifests(paths));
      const settings = chooseSettings(options);
      const all = renderAll(sources, settings);
      const services = listServices(sources.prometheuses, sources.agents, settings);
      const objects = [...services, ...all.rendered.flatMap(({ steps }) => listStepObjects(steps))];
      io.stdout(options.config === undefined ? print(objects, options) : printConfig(all, options.config));
      report(all, io);
    });
}

interface Unrenderable {
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly reason: string;
}

interface RenderedAll {
  readonly rendered: readonly DesiredPrometheus[];
  readonly unrenderable: readonly Unrenderable[];
}

/** All workloads, as far as they can be rendered; one touches no other. @throws what is no verdict on a workload. */
function renderAll(
  { prometheuses, agents, sources, assets }: ManifestSources,
  settings: OperatorSettings,
): RenderedAll {
  const store = new AssetStore(assets);
  const rendered: DesiredPrometheus[] = [];
  const unrenderable: Unrenderable[] = [];
  const render = (kind: string, metadata: ObjectMeta, asWorkload: () => PrometheusWorkload): void => {
    const caches = createPrometheusCaches();
    try {
      const desired = renderPrometheus(matchPrometheus(asWorkload(), sources, caches), store, caches);
      rendered.push(desired);
      for (const failure of desired.failures) unrenderable.push({ kind, metadata, reason: describeError(failure) });
    } catch (error) {
      if (!(error instanceof TerminalError)) throw error;
      unrenderable.push({ kind, metadata, reason: describeError(error) });
    }
  };
  for (const one of prometheuses) render('Prometheus', one.metadata, () => asServerWorkload(one, settings));
  for (const one of agents) render('PrometheusAgent', one.metadata, () => asAgentWorkload(one, settings));
  return { rendered, unrenderable };
}

const formats: Readonly<Record<string, (objects: readonly KubernetesObject[]) => string>> = {
  yaml: (objects) => objects.map((object) => `---\n${dumpYaml(object)}`).join(''),
  json: (objects) => `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 2)}\n`,
  name: (objects) => objects.map((object) => `${(object.kind ?? '').toLowerCase()}/${keyOf(object)}\n`).join(''),
};

function print(objects: readonly KubernetesObject[], { output, decode }: RenderOptions): string {
  const format = formats[output];
  if (format === undefined)
    throw new ExitError(exitCodes.usage, `Cannot print as "${output}": known are ${Object.keys(formats).join(', ')}`);
  const shown =
    decode === true
      ? objects.map((object) => (object.kind === 'Secret' ? decodeSecret(object as Secret) : object))
      : objects;
  return format(shown);
}

interface Owner {
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** "prometheus/NAMESPACE/NAME", as `--config` takes it. */
const addressOf = (owner: Owner): string => `${owner.kind.toLowerCase()}/${keyOf(owner)}`;

const isWanted = (owner: Owner, wanted: string): boolean =>
  wanted === addressOf(owner) || wanted === `${owner.kind.toLowerCase()}/${owner.metadata.name ?? ''}`;

/** "" when it is one of those that cannot be rendered: the reason is told after. */
function printConfig({ rendered, unrenderable }: RenderedAll, wanted: string): string {
  const found = rendered.filter(({ workload, failures }) => failures.length === 0 && isWanted(workload.owner, wanted));
  const failed = unrenderable.filter((one) => isWanted(one, wanted));
  const [only] = found;
  const count = found.length + failed.length;
  if (count !== 1) {
    const what = count > 1 ? 'several have that name' : 'there is none';
    const owners = [...rendered.map(({ workload }) => workload.owner), ...unrenderable];
    const known = owners.map(addressOf).join(', ') || 'no Prometheus or PrometheusAgent objects';
    throw new ExitError(exitCodes.usage, `Cannot print the config of "${wanted}": ${what}; there are ${known}`);
  }
  if (only === undefined) return '';
  if (only.config === undefined)
    throw new ExitError(exitCodes.failed, `${describeOwner(only)} has no selectors: its config is the user's`);
  return only.config.yaml();
}

const describeOwner = ({ workload: { owner } }: DesiredPrometheus): string => `${owner.kind} ${keyOf(owner)}`;

/** Warnings on stderr; then, when anything is wrong, the error that ends the command, all of it named. */
function report({ rendered, unrenderable }: RenderedAll, io: Io): void {
  for (const desired of rendered) for (const line of listWarnings(desired)) io.stderr(`stoker: Warning: ${line}\n`);
  const rejected = rendered.flatMap((desired) =>
    listRejected(desired).map(
      ({ type, object, rejection }) =>
        `${type.kind} ${keyOf(object)} rejected by ${describeOwner(desired)}: ${describeRejection(rejection)} (${rejection.reason})`,
    ),
  );
  const failures = unrenderable.map((one) => `Cannot render ${one.kind} ${keyOf(one)}: ${one.reason}`);
  const lines = [...failures, ...rejected];
  if (lines.length === 0) return;
  throw new ExitError(failures.length > 0 ? exitCodes.failed : exitCodes.rejected, lines.join('\nstoker: '));
}

/** What the configuration leaves out though it is asked for, each thing once. */
function listWarnings(desired: DesiredPrometheus): string[] {
  const owner = describeOwner(desired);
  const lines = desired.warnings.map(({ object, message }) =>
    object === '' ? `${owner}: ${message}` : `${object.replace('/', ' ')}: ${message} (${owner})`,
  );
  return [...new Set(lines)];
}
