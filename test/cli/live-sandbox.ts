import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  deploymentType,
  endpointSliceType,
  namespaceType,
  secretType,
  serviceType,
} from '../../src/api/builtin-types.ts';
import { renderCRD } from '../../src/api/crd.ts';
import { customKinds } from '../../src/api/kinds.ts';
import type { KubernetesObject, ResourceType } from '../../src/api/meta.ts';
import { createSystemClock } from '../../src/base/clock.ts';
import type { KubernetesClient } from '../../src/kubernetes/client/client.ts';
import { loadKubeConfig } from '../../src/kubernetes/client/kube-config.ts';
import { createClient } from '../../src/kubernetes/client/rest-client.ts';
import { createSandboxServer } from '../../src/sandbox/server.ts';
import { eventually } from '../e2e/support/eventually.ts';

const crdType: ResourceType = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  namespaced: false,
};
const types = [
  namespaceType,
  secretType,
  serviceType,
  deploymentType,
  endpointSliceType,
  ...customKinds.map(({ type }) => type),
];

/** An API server in memory with our kinds, and a kubeconfig for it. */
export interface LiveSandbox {
  /** For files; it goes with the sandbox. */
  readonly folder: string;
  readonly kubeconfig: string;
  readonly client: KubernetesClient;
  close(): Promise<void>;
}

export async function openLiveSandbox(objects: readonly KubernetesObject[]): Promise<LiveSandbox> {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-live-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const sandbox = createSandboxServer();
  await sandbox.listen();
  writeFileSync(kubeconfig, sandbox.kubeconfig());
  const config = loadKubeConfig({ kubeconfig, env: {} });
  const client = createClient(config, { userAgent: 'test', requestTimeoutMs: 10_000, clock: createSystemClock() });
  for (const kind of customKinds) await client.create(crdType, renderCRD(kind) as unknown as KubernetesObject);
  for (const object of objects) {
    const type = types.find(({ kind }) => kind === object.kind);
    assert.ok(type);
    // A resource is served a moment after its definition was taken.
    await eventually('it is taken', () => client.create(type, object));
  }
  return {
    folder,
    kubeconfig,
    client,
    close: async () => {
      await client.close();
      await sandbox.close();
      rmSync(folder, { recursive: true });
    },
  };
}
