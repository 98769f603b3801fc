/** The servers the suite runs on: the sandbox always, a real control plane where its binaries are. */
import { readFileSync } from 'node:fs';
import { Agent } from 'undici';
import { createSystemClock } from '../../src/base/clock.ts';
import { startControllers } from '../../src/sandbox/controllers/start.ts';
import { createSandboxServer } from '../../src/sandbox/server.ts';
import { startControlPlane } from '../control-plane/control-plane.ts';
import { locateControlPlane } from '../control-plane/locate.ts';
import type { Access } from './api.ts';

export interface ServerOptions {
  /** Runs the controllers, but no machines: the cases play the kubelet. */
  readonly controllers: boolean;
}

export interface RunningServer {
  readonly access: Access;
  /** PEM. */
  readonly caCertificate: string;
  stop(): Promise<void>;
}

export interface ContractServer {
  readonly name: string;
  /** Why it cannot run here, when it cannot. */
  skipped(options: ServerOptions): string | undefined;
  start(options: ServerOptions): Promise<RunningServer>;
}

export const realServer: ContractServer = {
  name: 'kube-apiserver',
  skipped: ({ controllers }) => {
    const found = locateControlPlane();
    if (found.skipped !== undefined) return found.skipped;
    return controllers && found.controllerManager === undefined
      ? 'kube-controller-manager is not built yet; test/control-plane/build.sh builds it (needs Go)'
      : undefined;
  },
  start: async ({ controllers }) => {
    const plane = await startControlPlane({ controllerManager: controllers });
    const caCertificate = readFileSync(plane.caFile, 'utf8');
    const agent = new Agent({ connect: { ca: caCertificate } });
    return {
      caCertificate,
      access: { server: plane.server, token: plane.adminToken, agent },
      stop: async () => {
        await agent.destroy();
        await plane.stop();
      },
    };
  },
};

export const sandboxServer: ContractServer = {
  name: 'the sandbox',
  skipped: () => undefined,
  start: async ({ controllers }) => {
    const sandbox = createSandboxServer();
    await sandbox.listen();
    const { api, caCertificate } = sandbox;
    const clock = createSystemClock();
    const running = controllers ? startControllers(api, { clock, caCertificate, kubelet: false }) : undefined;
    const agent = new Agent({ connect: { ca: caCertificate } });
    return {
      caCertificate,
      access: { server: sandbox.url, token: sandbox.adminToken, agent },
      stop: async () => {
        await agent.destroy();
        running?.stop();
        await sandbox.close();
      },
    };
  },
};
