import type { Command } from 'commander';
import { renderCRD } from '../api/crd.ts';
import { customKinds } from '../api/kinds.ts';
import type { Io } from './io.ts';
import { addManifestOutput, formatManifests } from './manifest-output.ts';

/** `stoker crds`: the CustomResourceDefinitions, ready for `kubectl apply --server-side -f -`. */
export function addCRDsCommand(program: Command, io: Io): void {
  const command = program
    .command('crds')
    .description('print the CustomResourceDefinitions')
    .addHelpText('after', '\nInstall or upgrade them:  stoker crds | kubectl apply --server-side -f -');
  addManifestOutput(command).action(({ output }: { output: string }) => {
    io.stdout(
      formatManifests(
        customKinds.map((kind) => renderCRD(kind)),
        output,
      ),
    );
  });
}
