import type { Command } from 'commander';
import { renderCRD } from '../api/crd.ts';
import { customKinds } from '../api/kinds.ts';
import { dumpYaml } from '../base/yaml.ts';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';

const formats: Readonly<Record<string, (crds: readonly object[]) => string>> = {
  yaml: (crds) => crds.map((crd) => `---\n${dumpYaml(crd)}`).join(''),
  json: (crds) => `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: crds }, null, 2)}\n`,
};

/** `stoker crds`: the CustomResourceDefinitions, ready for `kubectl apply --server-side -f -`. */
export function addCRDsCommand(program: Command, io: Io): void {
  program
    .command('crds')
    .description('print the CustomResourceDefinitions')
    .option('-o, --output <format>', 'yaml or json', 'yaml')
    .addHelpText('after', '\nInstall or upgrade them:  stoker crds | kubectl apply --server-side -f -')
    .action(({ output }: { output: string }) => {
      const format = formats[output];
      if (format === undefined)
        throw new ExitError(
          exitCodes.usage,
          `Cannot print as "${output}": known are ${Object.keys(formats).join(' and ')}`,
        );
      io.stdout(format(customKinds.map((kind) => renderCRD(kind))));
    });
}
