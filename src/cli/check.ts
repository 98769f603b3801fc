import type { Command } from 'commander';
import { Validator } from '../api/validate.ts';
import { ClusterSchemas } from '../core/check/cluster-schemas.ts';
import { checkManifests } from '../core/check/manifests.ts';
import { supposeManifests } from '../core/explain/suppose-manifests.ts';
import { defaultSettings } from '../operator/default-settings.ts';
import { readLocatedManifests } from './check/read.ts';
import { makeReport, renderText } from './check/report.ts';
import type { Report } from './check/report.ts';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';
import { readManifests } from './manifests.ts';

interface CheckOptions {
  readonly output: string;
  readonly strict?: true;
  readonly crds?: string;
}

const formats: Readonly<Record<string, (report: Report) => string>> = {
  text: renderText,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
};

const help = `
Checked are fields and their values as the API server does (unknown fields too, and rules of the CRDs), and what the
operator and the programs say: PromQL, templates, relabelling, routes, selectors, references, TLS. A monitor, rule or
AlertmanagerConfig is checked for each workload among the files that selects it, else for one with nothing set. Rules are warned of
that select series which nothing that their Prometheus scrapes can have, as far as the files tell. Secrets and
ConfigMaps that are not among the files are taken to be right. Of objects of other API groups only these two are checked, for values that are no text.

One line a finding: FILE:LINE:COLUMN: KIND NAMESPACE/NAME: FIELD: what is wrong [CODE]
stoker explain --code CODE says what a code means and how it is mended.

Exit codes:
  0  nothing is wrong; there may be warnings
  1  errors were found; with --strict warnings too
  2  a file cannot be used: it does not exist, is no YAML, or holds something else than objects of the API

Examples:
  stoker check deploy/
  stoker check --strict -o json deploy/ | jq '.findings[].message'
  kubectl get crd -o yaml > crds.yaml && stoker check --crds crds.yaml deploy/`;

/** `stoker check`: what is wrong with manifests, and where; no cluster. */
export function addCheckCommand(program: Command, io: Io): void {
  program
    .command('check')
    .description('say what is wrong with manifests, field by field, without a cluster')
    .argument('<path...>', 'files and folders of manifests, "-" for stdin')
    .option('-o, --output <format>', 'text or json', 'text')
    .option('--strict', 'warnings count as errors')
    .option(
      '--crds <path>',
      'file or folder with the CRDs that the cluster has: fields that it would drop are warned of',
    )
    .addHelpText('after', help)
    .action((paths: string[], options: CheckOptions) => {
      runCheck(paths, options, io);
    });
}

/** @throws {ExitError} when something is wrong. */
function runCheck(paths: readonly string[], { output, strict, crds }: CheckOptions, io: Io): void {
  const format = formats[output];
  if (format === undefined)
    throw new ExitError(
      exitCodes.usage,
      `Cannot print as "${output}": known are ${Object.keys(formats).join(' and ')}`,
    );
  const cluster = crds === undefined ? {} : { cluster: readSchemas(crds) };
  const settings = defaultSettings();
  const read = readLocatedManifests(paths, io);
  const findings = checkManifests(
    read.manifests.map(({ object }) => object),
    { validator: new Validator(), settings, discover: (all) => supposeManifests(all, settings).cluster, ...cluster },
  );
  const report = makeReport(read, findings);
  io.answered?.(() => report);
  io.stdout(format(report));
  if (read.unusable.length > 0) throw new ExitError(exitCodes.usage, read.unusable.join('\nstoker: '));
  if (report.errors > 0 || (strict === true && report.warnings > 0)) throw new ExitError(exitCodes.failed, '');
}

function readSchemas(path: string): ClusterSchemas {
  const schemas = new ClusterSchemas(readManifests([path]));
  if (schemas.size > 0) return schemas;
  throw new ExitError(exitCodes.usage, `Cannot find CRDs of monitoring.coreos.com in "${path}"`);
}
