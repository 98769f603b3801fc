/** API servers on which all example stacks run: a real one whose nodes are played, and the sandbox, which plays its own. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSystemClock } from '../../../src/base/clock.ts';
import { startControllers } from '../../../src/sandbox/controllers/start.ts';
import { createSandboxServer } from '../../../src/sandbox/server.ts';
import { startControlPlane } from '../../control-plane/control-plane.ts';
import { runKubectl } from '../../control-plane/kubectl.ts';
import { Workspace } from '../../control-plane/workspace.ts';
import { Api } from '../support/api.ts';
import { Machines, whenAllReady } from '../support/machines.ts';
import type { ApiAccess } from './random-config.ts';

export interface StackServer {
  readonly access: ApiAccess;
  /** PEM. */
  readonly caCertificate: string;
  /** One of its Nodes. */
  readonly nodeName: string;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '..', '..', '..');

async function applyStacks(kubeconfig: string): Promise<void> {
  const kubectl = (...args: readonly string[]) => runKubectl([`--kubeconfig=${kubeconfig}`, ...args]);
  await kubectl('apply', '--server-side', '-f', join(root, 'crds'));
  await kubectl('wait', '--for=condition=Established', '--timeout=60s', 'crd', '--all');
  // Client-side, so that the objects carry what kubectl applied last.
  await kubectl('apply', '--recursive', '-f', join(root, 'stacks'));
}

export async function startRealStackServer(): Promise<StackServer> {
  const controlPlane = await startControlPlane({ controllerManager: true });
  const { server, caFile, adminToken: token, kubeconfigPath } = controlPlane;
  const api = new Api({ server, caFile, token });
  const machines = new Machines(api, 3);
  await machines.create();
  await applyStacks(kubeconfigPath);
  await machines.whenAllReady();
  return {
    access: { server, token },
    caCertificate: readFileSync(caFile, 'utf8'),
    nodeName: 'machine-1',
    stop: async () => {
      await api.close();
      await controlPlane.stop();
    },
  };
}

export async function startSandboxStackServer(): Promise<StackServer> {
  const sandbox = createSandboxServer();
  await sandbox.listen();
  const controllers = startControllers(sandbox.api, { clock: createSystemClock({ unref: true }) });
  const workspace = new Workspace('sandbox');
  const [kubeconfig, caFile] = [workspace.path('kubeconfig'), workspace.path('ca.crt')];
  writeFileSync(kubeconfig, sandbox.kubeconfig());
  writeFileSync(caFile, sandbox.caCertificate);
  const api = new Api({ server: sandbox.url, caFile, token: sandbox.adminToken });
  await applyStacks(kubeconfig);
  await whenAllReady(api);
  return {
    access: { server: sandbox.url, token: sandbox.adminToken },
    caCertificate: sandbox.caCertificate,
    nodeName: 'sandbox-1',
    stop: async () => {
      controllers.stop();
      await api.close();
      await sandbox.close();
      await workspace.close();
    },
  };
}
