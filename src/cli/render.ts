import type { Command } from 'commander';
import type { KubernetesObject } from '../api/meta.ts';
import { keyOf } from '../api/meta.ts';
import { dumpYaml } from '../base/yaml.ts';
import { AssetStore } from '../core/assets/store.ts';
import { decodeSecret, listObjects, listServices } from '../core/desired/objects.ts';
import type { DesiredPrometheus } from '../core/desired/prometheus.ts';
import { createPrometheusCaches, matchPrometheus, renderPrometheus } from '../core/desired/prometheus.ts';
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
      'print only the plain prometheus.yml of one workload: prometheus/NAME or prometheus/NAMESPACE/NAME',
    )
    .option('--decode', 'show the contents of Secrets, unpacked')
    .option('--kubernetes-version <version>', 'version of the cluster to render for', '1.36')
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
      const settings = chooseSettings(options.kubernetesVersion);
      const rendered = renderAll(sources, settings);
      const objects = [...listServices(sources.prometheuses, settings), ...rendered.flatMap(listObjects)];
      io.stdout(options.config === undefined ? print(objects, options) : printConfig(rendered, options.config));
      reportRejected(rendered);
    });
}

/** Flags at their defaults, and a cluster of that version. */
function chooseSettings(kubernetesVersion: string): OperatorSettings {
  const [major = 1, minor = 0] = kubernetesVersion.replace(/^v/, '').split('.').map(Number);
  if (!Number.isInteger(major) || !Number.isInteger(minor)) {
    throw new ExitError(exitCodes.usage, `Cannot read --kubernetes-version "${kubernetesVersion}": want MAJOR.MINOR`);
  }
  return toSettings(parseOptions({}), readCapabilities({ major, minor, gitVersion: kubernetesVersion }));
}

function renderAll(
  { prometheuses, sources, assets }: ManifestSources,
  settings: OperatorSettings,
): DesiredPrometheus[] {
  const store = new AssetStore(assets);
  return prometheuses.map((prometheus) => {
    const caches = createPrometheusCaches();
    try {
      return renderPrometheus(matchPrometheus(prometheus, sources, settings, caches), store, caches);
    } catch (error) {
      throw new Error(`Prometheus ${keyOf(prometheus)}`, { cause: error });
    }
  });
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

function printConfig(rendered: readonly DesiredPrometheus[], wanted: string): string {
  const [kind = '', ...rest] = wanted.split('/');
  const name = rest.join('/');
  const known = rendered.map(({ workload }) => keyOf(workload.owner));
  const found = rendered.filter(
    ({ workload }) => name === keyOf(workload.owner) || name === workload.owner.metadata.name,
  );
  const [only] = found;
  if (kind !== 'prometheus' || only === undefined || found.length > 1) {
    const what = found.length > 1 ? 'several have that name' : 'there is none';
    throw new ExitError(
      exitCodes.usage,
      `Cannot print the config of "${wanted}": ${what}; there are ${known.map((key) => `prometheus/${key}`).join(', ') || 'no Prometheus objects'}`,
    );
  }
  if (only.config === undefined)
    throw new ExitError(exitCodes.failed, `Prometheus ${name} has no selectors: its config is the user's`);
  return only.config.yaml();
}

function reportRejected(rendered: readonly DesiredPrometheus[]): void {
  const lines = rendered.flatMap((desired) =>
    listRejected(desired).map(
      ({ type, object, rejection }) =>
        `${type.kind} ${keyOf(object)} rejected by Prometheus ${keyOf(desired.workload.owner)}: ${describeRejection(rejection)} (${rejection.reason})`,
    ),
  );
  if (lines.length > 0) throw new ExitError(exitCodes.rejected, lines.join('\nstoker: '));
}
