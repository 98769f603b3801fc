import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describeError } from '../base/errors.ts';
import { defaultInstall } from '../operator/install/defaults.ts';
import { renderInstall } from '../operator/install/manifests.ts';
import type { DiscoveryServiceChoice, InstallOptions, WebhookChoice } from '../operator/install/install-options.ts';
import { renderInstalledCRDs } from '../operator/install/side-webhook.ts';
import { discoveryServiceModes, webhookModes } from '../operator/install/install-options.ts';
import { guardModes } from '../operator/options/guard-modes.ts';
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
  readonly webhook: string;
  readonly webhookFailurePolicy: string;
  readonly webhookSecret: string;
  readonly webhookCa?: string;
  readonly podDisruptionBudgets: string;
  readonly networkPolicies: string;
  readonly discoveryService: string;
  readonly discoveryServiceSecret: string;
  readonly crds?: boolean;
  readonly output: string;
}

const namePattern = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** @throws {ExitError} when the API server would not take it for a name. */
function checkName(flag: string, name: string): string {
  if (namePattern.test(name)) return name;
  throw new ExitError(
    exitCodes.usage,
    `Cannot read --${flag}: "${name}" is no name: want at most 63 small letters, digits and dashes, such as monitoring`,
  );
}

/** @throws {ExitError} when the CA cannot be read, or is wanted and not given. */
function readWebhook(texts: Texts): WebhookChoice {
  const mode = readChoice('webhook', texts.webhook, webhookModes);
  const failurePolicy = readChoice('webhook-failure-policy', texts.webhookFailurePolicy, ['Ignore', 'Fail'] as const);
  const choice = { mode, failurePolicy, secret: checkName('webhook-secret', texts.webhookSecret), caBundle: '' };
  if (mode !== 'secret') return choice;
  if (texts.webhookCa === undefined) {
    throw new ExitError(
      exitCodes.usage,
      '--webhook=secret needs --webhook-ca=FILE: the API server must know whom to trust',
    );
  }
  const caBundle = readText(texts.webhookCa);
  if (!caBundle.includes('-----BEGIN CERTIFICATE-----')) {
    throw new ExitError(exitCodes.usage, `Cannot use --webhook-ca=${texts.webhookCa}: it holds no certificate in PEM`);
  }
  return { ...choice, caBundle };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ExitError(exitCodes.usage, `Cannot read --webhook-ca: ${describeError(error)}`);
  }
}

/** @throws {ExitError} where the service could not do its work. */
function readDiscoveryService(texts: Texts): DiscoveryServiceChoice {
  const mode = readChoice('discovery-service', texts.discoveryService, discoveryServiceModes);
  if (mode !== 'off' && texts.namespaces !== '')
    throw new ExitError(
      exitCodes.usage,
      'Cannot use --discovery-service with --namespaces: it watches the whole cluster, which needs a ClusterRole',
    );
  return { mode, secret: checkName('discovery-service-secret', texts.discoveryServiceSecret) };
}

function readOptions(texts: Texts): InstallOptions {
  if (texts.image === '' || /\s/.test(texts.image)) {
    throw new ExitError(exitCodes.usage, `Cannot read --image: "${texts.image}" is no image: want REPOSITORY:TAG`);
  }
  return {
    namespace: checkName('namespace', texts.namespace),
    image: texts.image,
    replicas: readCount('replicas', texts.replicas),
    namespaces: texts.namespaces === '' ? [] : readSet([texts.namespaces]).map((name) => checkName('namespaces', name)),
    assetAccess: readChoice('asset-access', texts.assetAccess, ['watch', 'get'] as const),
    webhook: readWebhook(texts),
    guards: {
      podDisruptionBudgets: readChoice('pod-disruption-budgets', texts.podDisruptionBudgets, guardModes),
      networkPolicies: readChoice('network-policies', texts.networkPolicies, guardModes),
    },
    discoveryService: readDiscoveryService(texts),
  };
}

function addDiscoveryFlags(command: Command): void {
  const { mode, secret } = defaultInstall.discoveryService;
  const modes = discoveryServiceModes.join(', ');
  command
    .option('--discovery-service <mode>', `run stoker discovery beside it, and its certificate: ${modes}`, mode)
    .option('--discovery-service-secret <name>', 'Secret with its certificate: tls.crt, tls.key and ca.crt', secret);
}

/** `stoker install`: what a cluster needs to run the operator, ready for `kubectl apply --server-side -f -`. */
export function addInstallCommand(program: Command, io: Io): void {
  const { webhook, guards } = defaultInstall;
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
    .option('--webhook <mode>', `admission webhook and its certificate: ${webhookModes.join(', ')}`, webhook.mode)
    .option('--webhook-failure-policy <policy>', 'Ignore or Fail, when the webhook is away', webhook.failurePolicy)
    .option('--webhook-secret <name>', 'Secret with its certificate', webhook.secret)
    .option('--webhook-ca <file>', 'CA in PEM, with --webhook=secret')
    .option(
      '--pod-disruption-budgets <mode>',
      `for the pods of workloads, with the permission: ${guardModes.join(', ')}`,
      guards.podDisruptionBudgets,
    )
    .option('--network-policies <mode>', 'the same of NetworkPolicies', guards.networkPolicies)
    .option(
      '--crds',
      'print the CustomResourceDefinitions, too; with a webhook AlertmanagerConfigs are served as v1beta1 as well',
    )
    .addHelpText(
      'after',
      `
Install or upgrade:      stoker install --crds | kubectl apply --server-side -f -
For two namespaces:      stoker install --namespaces shop,pay --asset-access get
Remove, objects stay:    stoker install | kubectl delete -f -
The chart charts/stoker can be told more.`,
    );
  addDiscoveryFlags(command);
  addManifestOutput(command).action((texts: Texts) => {
    const chosen = readOptions(texts);
    const crds = texts.crds === true ? renderInstalledCRDs(chosen) : [];
    io.stdout(formatManifests([...crds, ...renderInstall(chosen)], texts.output));
  });
}
