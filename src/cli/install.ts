import type { Command } from 'commander';
import { renderCRD } from '../api/crd.ts';
import { customKinds } from '../api/kinds.ts';
import { defaultInstall } from '../operator/install/defaults.ts';
import { renderInstall } from '../operator/install/manifests.ts';
import type { InstallOptions } from '../operator/install/options.ts';
import { readChoice, readCount, readSet } from '../operator/options/values.ts';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';
import { addManifestOutput, formatManifests } from './manifest-output.ts';

interface Texts {
  readonly namespace: string;
  readonly image: string;
  readonly replicas: string;
  readonly namespaces: string;
  readonly assetAccess: string;
  readonly crds?: boolean;
  readonly output: string;
}

const namePattern = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** @throws {ExitError} when the API server would not take it for the name of a namespace. */
function checkNamespace(flag: string, name: string): string {
  if (namePattern.test(name)) return name;
  throw new ExitError(
    exitCodes.usage,
    `Cannot read --${flag}: "${name}" is no name of a namespace: want at most 63 small letters, digits and dashes, such as monitoring`,
  );
}

function readOptions(texts: Texts): InstallOptions {
  if (texts.image === '' || /\s/.test(texts.image)) {
    throw new ExitError(exitCodes.usage, `Cannot read --image: "${texts.image}" is no image: want REPOSITORY:TAG`);
  }
  return {
    namespace: checkNamespace('namespace', texts.namespace),
    image: texts.image,
    replicas: readCount('replicas', texts.replicas),
    namespaces:
      texts.namespaces === '' ? [] : readSet([texts.namespaces]).map((name) => checkNamespace('namespaces', name)),
    assetAccess: readChoice('asset-access', texts.assetAccess, ['watch', 'get'] as const),
  };
}

/** `stoker install`: what a cluster needs to run the operator, ready for `kubectl apply --server-side -f -`. */
export function addInstallCommand(program: Command, io: Io): void {
  const command = program
    .command('install')
    .description('print the manifests that run the operator in a cluster')
    .option('-n, --namespace <name>', 'where the operator runs', defaultInstall.namespace)
    .option('--image <image>', 'its image', defaultInstall.image)
    .option('--replicas <count>', 'how many; one of them works', String(defaultInstall.replicas))
    .option('--namespaces <a,b>', 'look after these only: Roles there, no ClusterRole; all when empty', '')
    .option(
      '--asset-access <watch|get>',
      'watch Secrets and ConfigMaps, or read each by its name and never list them',
      defaultInstall.assetAccess,
    )
    .option('--crds', 'print the CustomResourceDefinitions, too')
    .addHelpText(
      'after',
      `
Install or upgrade:      stoker install --crds | kubectl apply --server-side -f -
For two namespaces:      stoker install --namespaces shop,pay --asset-access get
Remove, objects stay:    stoker install | kubectl delete -f -
The chart charts/stoker can be told more.`,
    );
  addManifestOutput(command).action((texts: Texts) => {
    const crds = texts.crds === true ? customKinds.map((kind) => renderCRD(kind)) : [];
    io.stdout(formatManifests([...crds, ...renderInstall(readOptions(texts))], texts.output));
  });
}
