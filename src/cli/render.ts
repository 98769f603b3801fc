import type { Command } from 'commander';
import type { KubernetesObject } from '../api/meta.ts';
import { keyOf } from '../api/meta.ts';
import { dumpYaml } from '../base/yaml.ts';
import { AssetStore } from '../core/assets/store.ts';
import { decodeSecret, listObjects, listServices } from '../core/desired/objects.ts';
import type { DesiredPrometheus } from '../core/desired/prometheus.ts';
import { createPrometheusCaches, matchPrometheus, renderPrometheus } from '../core/desired/prometheus.ts';
import type { Workload } from '../core/render/prometheus/workload.ts';
import { asAgentWorkload, asServerWorkload } from '../core/render/prometheus/workload.ts';
import type { ManifestSources } from '../core/manifests/sources.ts';
import { readSources } from '../core/manifests/sources.ts';
import type { OperatorSettings } from '../core/settings.ts';
import type { Secret } from '../core/render/shared/objects.ts';
import { readCapabilities } from '../operator/cluster/facts.ts';
import { parseOptions } from '../operator/options/options.ts';
import { toSettings } from '../operator/settings.ts';
import { listRejected } from '../controllers/prometheus/verdicts.ts';
import { describeRejection } from '../controllers/workload/rejections.ts';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';
import { readManifests } from './manifests.ts';

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
Rejected objects are named on stderr, and the exit code is 3 then; what is printed is what would run without them.

Examples:
  stoker render examples/
  stoker render deploy/ --config prometheus/main | promtool check config /dev/stdin
  kubectl get prometheus,servicemonitor,namespace,secret -A -o yaml | stoker render - -o name`,
    )
    .action((paths: string[], options: RenderOptions) => {
      const sources = readSources(readManifests(paths));
      const settings = chooseSettings(options);
      const rendered = renderAll(sources, settings);
      const services = listServices(sources.prometheuses, sources.agents, settings);
      const objects = [...services, ...rendered.flatMap(listObjects)];
      io.stdout(options.config === undefined ? print(objects, options) : printConfig(rendered, options.config));
      reportRejected(rendered);
    });
}

/** Flags at their defaults but feature gates, and a cluster of that version. */
function chooseSettings({ kubernetesVersion, featureGates }: RenderOptions): OperatorSettings {
  const [major = 1, minor = 0] = kubernetesVersion.replace(/^v/, '').split('.').map(Number);
  if (!Number.isInteger(major) || !Number.isInteger(minor)) {
    throw new ExitError(exitCodes.usage, `Cannot read --kubernetes-version "${kubernetesVersion}": want MAJOR.MINOR`);
  }
  const options = parseOptions(featureGates === undefined ? {} : { 'feature-gates': [featureGates] });
  return toSettings(options, readCapabilities({ major, minor, gitVersion: kubernetesVersion }));
}

function renderAll(
  { prometheuses, agents, sources, assets }: ManifestSources,
  settings: OperatorSettings,
): DesiredPrometheus[] {
  const store = new AssetStore(assets);
  const render = (what: string, asWorkload: () => Workload): DesiredPrometheus => {
    const caches = createPrometheusCaches();
    try {
      return renderPrometheus(matchPrometheus(asWorkload(), sources, caches), store, caches);
    } catch (error) {
      throw new Error(what, { cause: error });
    }
  };
  return [
    ...prometheuses.map((one) => render(`Prometheus ${keyOf(one)}`, () => asServerWorkload(one, settings))),
    ...agents.map((one) => render(`PrometheusAgent ${keyOf(one)}`, () => asAgentWorkload(one, settings))),
  ];
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

/** "prometheus/NAMESPACE/NAME", as `--config` takes it. */
const addressOf = ({ workload: { owner } }: DesiredPrometheus): string => `${owner.kind.toLowerCase()}/${keyOf(owner)}`;

function printConfig(rendered: readonly DesiredPrometheus[], wanted: string): string {
  const found = rendered.filter((one) => {
    const { kind, metadata } = one.workload.owner;
    return wanted === addressOf(one) || wanted === `${kind.toLowerCase()}/${metadata.name ?? ''}`;
  });
  const [only] = found;
  if (only === undefined || found.length > 1) {
    const what = found.length > 1 ? 'several have that name' : 'there is none';
    const known = rendered.map(addressOf).join(', ') || 'no Prometheus or PrometheusAgent objects';
    throw new ExitError(exitCodes.usage, `Cannot print the config of "${wanted}": ${what}; there are ${known}`);
  }
  if (only.config === undefined)
    throw new ExitError(exitCodes.failed, `${describeOwner(only)} has no selectors: its config is the user's`);
  return only.config.yaml();
}

const describeOwner = ({ workload: { owner } }: DesiredPrometheus): string => `${owner.kind} ${keyOf(owner)}`;

function reportRejected(rendered: readonly DesiredPrometheus[]): void {
  const lines = rendered.flatMap((desired) =>
    listRejected(desired).map(
      ({ type, object, rejection }) =>
        `${type.kind} ${keyOf(object)} rejected by ${describeOwner(desired)}: ${describeRejection(rejection)} (${rejection.reason})`,
    ),
  );
  if (lines.length > 0) throw new ExitError(exitCodes.rejected, lines.join('\nstoker: '));
}
