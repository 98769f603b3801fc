import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { renderCRD } from '../../api/crd.ts';
import { customKinds } from '../../api/kinds.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { apiVersionOf } from '../../api/meta.ts';
import { createSystemClock } from '../../base/clock.ts';
import type { SandboxApi } from '../../sandbox/api.ts';
import { startControllers } from '../../sandbox/controllers/start.ts';
import type { SandboxServer } from '../../sandbox/server.ts';
import { createSandboxServer } from '../../sandbox/server.ts';

export interface ControlPlaneOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly kubeconfig: string;
  readonly dataFile: string | undefined;
  /** Hears of failed turns of the controllers; they try again by themselves. */
  readonly onError: (controller: string, error: unknown) => void;
}

export interface ControlPlane {
  readonly url: string;
  readonly api: SandboxApi;
  close(): Promise<void>;
}

/** The embedded control plane with its controllers and our CRDs, and a kubeconfig for it that only its owner can read. */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const server = createSandboxServer({
    port: options.port,
    ...(options.dataFile === undefined ? {} : { dataFile: options.dataFile }),
  });
  await server.listen();
  for (const kind of customKinds) applyObject(server.api, renderCRD(kind) as unknown as KubernetesObject);
  const controllers = startControllers(server.api, {
    clock: createSystemClock({ unref: true }),
    caCertificate: server.caCertificate,
    onError: options.onError,
  });
  writeKubeconfig(options.kubeconfig, server);
  return {
    url: server.url,
    api: server.api,
    close: async () => {
      controllers.stop();
      await server.close();
    },
  };
}

function writeKubeconfig(path: string, server: SandboxServer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, server.kubeconfig(), { mode: 0o600 });
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object with kubectl's note of what was applied, so that a later `kubectl apply` goes on from there. */
export function noteLastApplied(object: KubernetesObject): KubernetesObject {
  const { annotations = {}, ...metadata } = object.metadata;
  const applied = { ...object, metadata: { annotations: {}, ...metadata } };
  const note = { [lastApplied]: `${JSON.stringify(applied)}\n` };
  return { ...object, metadata: { ...metadata, annotations: { ...annotations, ...note } } };
}

/** Server-side apply, as kubectl does it. @throws {Error} when the kind is not served or the object is refused. */
export function applyObject(api: SandboxApi, object: KubernetesObject): void {
  const type = api.resources().find((one) => one.kind === object.kind && apiVersionOf(one) === object.apiVersion);
  const { namespace = '', name = '' } = object.metadata;
  const what = `${object.kind ?? ''} ${namespace === '' ? '' : `${namespace}/`}${name}`;
  if (type === undefined) throw new Error(`Cannot apply ${what}: ${object.apiVersion ?? ''} has no such kind here`);
  try {
    const scope = type.namespaced && namespace === '' ? 'default' : namespace;
    api.patch(type, { namespace: scope, name }, { kind: 'apply', body: object, fieldManager: 'stoker', force: true });
  } catch (error) {
    throw new Error(`Cannot apply ${what}`, { cause: error });
  }
}
