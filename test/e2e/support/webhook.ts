/** The webhook as users run it, and what tells a real API server of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WebhookInstall } from '../../../src/operator/install/webhook-install.ts';
import { renderConversion, renderWebhook } from '../../../src/operator/install/webhook-install.ts';
import { parseYaml } from '../../../src/base/yaml.ts';
import { findFreePort } from '../../control-plane/readiness.ts';
import { Workspace } from '../../control-plane/workspace.ts';
import type { Cluster } from './cluster.ts';
import { eventually } from './eventually.ts';

const fullCrd = join(import.meta.dirname, '../../../crds/full/monitoring.coreos.com_alertmanagerconfigs.yaml');

export interface Webhook {
  readonly url: string;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

export interface WebhookSettings {
  readonly user: string;
  readonly port?: number;
  readonly args?: readonly string[];
}

/** Starts `stoker webhook` with a certificate of its own making. */
export async function startWebhook(cluster: Cluster, { user, port, args = [] }: WebhookSettings): Promise<Webhook> {
  const workspace = new Workspace('webhook');
  const address = `127.0.0.1:${port ?? (await findFreePort())}`;
  const program = workspace.start(process.execPath, [
    cluster.bundle,
    'webhook',
    `--kubeconfig=${cluster.controlPlane.kubeconfigFor(user)}`,
    `--web.listen-address=${address}`,
    '--webhook-certificates=self',
    '--webhook-namespace=default',
    '--webhook-hosts=127.0.0.1',
    ...args,
  ]);
  const log = (): string => readFileSync(workspace.path(`${program.name}.log`), 'utf8');
  await eventually('the webhook serves', () => {
    if (program.ended() !== undefined) throw new Error(`The webhook ended: ${program.ended() ?? ''}; ${log()}`);
    return log().includes('Webhook serves');
  });
  return { url: `https://${address}`, log, stop: () => workspace.close() };
}

type WebhookManifests = ReturnType<typeof renderWebhook>;

/** Tells the API server of two replicas: one validates and converts, the other mutates. Nothing gets past one that is away. */
export async function register(cluster: Cluster, url: string, mutatingUrl: string): Promise<void> {
  const options: WebhookInstall = {
    namespace: 'default',
    service: 'stoker-webhook',
    configuration: 'stoker',
    labels: { app: 'stoker-webhook' },
    selector: { app: 'stoker-webhook' },
    certificates: { mode: 'self' },
    url,
    failurePolicy: 'Fail',
  };
  // The test's own namespace is the webhook's, which is left out of what it may refuse.
  const render = (at: string): WebhookManifests => renderWebhook({ ...options, namespace: 'stoker', url: at });
  const manifests = [
    ...render(url).filter(({ kind }) => kind === 'ValidatingWebhookConfiguration'),
    ...render(mutatingUrl).filter(({ kind }) => kind === 'MutatingWebhookConfiguration'),
  ];
  const crd = parseYaml(readFileSync(fullCrd, 'utf8')) as { readonly spec: object };
  const converted = { ...crd, spec: { ...crd.spec, conversion: renderConversion(options).conversion } };
  const items = [...manifests, converted];
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  await cluster.controlPlane.kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], list);
}
