/** The embedded control plane's API server: createSandboxServer. */
import { randomBytes } from 'node:crypto';
import { createSystemClock } from '../base/clock.ts';
import type { Clock } from '../base/clock.ts';
import type { SandboxApi } from './api.ts';
import { bootstrap } from './bootstrap.ts';
import { DefinitionController } from './crd/definition-controller.ts';
import { DataFile } from './data-file.ts';
import type { FaultHook } from './fault-hook.ts';
import { createHandler } from './http/api-handler.ts';
import type { Handler, RequestRecord } from './http/api-handler.ts';
import { createCertificates } from './http/certificates.ts';
import { NodeServer } from './http/node-server.ts';
import { createInProcessApi } from './in-process-api.ts';
import { renderKubeconfig } from './kubeconfig.ts';
import { OpenApiDocuments } from './openapi/openapi-documents.ts';
import { Registry } from './registry/registry.ts';
import { storageKey } from './registry/resource.ts';
import type { User } from './registry/resource.ts';
import type { Backend } from './rest/backend.ts';
import { Store } from './store/store.ts';
import type { StoreSnapshot } from './store/store.ts';

/** The Kubernetes version that the sandbox speaks. */
const kubernetesVersion = 'v1.36.3';

export interface SandboxOptions {
  readonly clock?: Clock;
  /** Numbers in [0, 1): for names, uids and addresses. Given by tests that want the same ones every time. */
  readonly random?: () => number;
  /** Any free port when absent or 0. */
  readonly port?: number;
  /** State is read from this file at the start and written to it while running. */
  readonly dataFile?: string;
  /** State to begin with, of another sandbox; a data file that exists wins. */
  readonly snapshot?: StoreSnapshot;
  /** Users by bearer token, besides the admin. */
  readonly tokens?: Readonly<Record<string, User>>;
  readonly adminToken?: string;
  readonly faults?: FaultHook;
  /** Events kept per resource before watches expire. */
  readonly historySize?: number;
  readonly onRequest?: (record: RequestRecord) => void;
}

export interface SandboxServer {
  /** https://127.0.0.1:PORT; the port is known after `listen`. */
  readonly url: string;
  /** PEM; known after `listen`. */
  readonly caCertificate: string;
  readonly adminToken: string;
  readonly api: SandboxApi;
  /** Answers without a socket. */
  readonly handle: Handler;
  /** A kubeconfig for the admin (JSON, which is YAML); after `listen`. */
  kubeconfig(): string;
  /** Opens the socket. Rejects when the port is taken. */
  listen(): Promise<void>;
  close(): Promise<void>;
  snapshot(): StoreSnapshot;
}

const admin: User = { name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };

/** Makes a control plane that lives in memory. It answers `api` and `handle` at once and the network after `listen`. */
export function createSandboxServer(options: SandboxOptions = {}): SandboxServer {
  const { clock = createSystemClock({ unref: true }), random = Math.random, historySize } = options;
  const store = new Store(historySize === undefined ? {} : { historySize });
  const backend: Backend = { store, registry: new Registry(), clock, random };
  if (options.snapshot !== undefined) store.restore(options.snapshot, keyOfStored);
  const dataFile = options.dataFile === undefined ? undefined : new DataFile(options.dataFile, store, clock);
  dataFile?.load(keyOfStored);
  new DefinitionController(backend).start();
  const api = createInProcessApi(backend);
  bootstrap(api);
  dataFile?.start();
  return assemble(options, { backend, api, dataFile });
}

/** Objects of namespaced kinds are those that name a namespace. */
function keyOfStored({ metadata }: { metadata: { name?: string; namespace?: string } }): string {
  const { name = '', namespace = '' } = metadata;
  return storageKey({ namespaced: namespace !== '' }, namespace, name);
}

interface Parts {
  readonly backend: Backend;
  readonly api: SandboxApi;
  readonly dataFile: DataFile | undefined;
}

function assemble(options: SandboxOptions, { backend, api, dataFile }: Parts): SandboxServer {
  const adminToken = options.adminToken ?? randomBytes(24).toString('hex');
  const paths = {
    registry: backend.registry,
    openApi: new OpenApiDocuments(backend.registry, kubernetesVersion),
    version: kubernetesVersion,
    address: '127.0.0.1',
  };
  const tokens = new Map([...Object.entries(options.tokens ?? {}), [adminToken, admin] as const]);
  const handle = createHandler({ backend, paths, tokens, faults: options.faults, onRequest: options.onRequest });
  let server: NodeServer | undefined;
  let port = options.port ?? 0;
  let caCertificate = '';
  return {
    get url() {
      return `https://127.0.0.1:${port}`;
    },
    get caCertificate() {
      return caCertificate;
    },
    adminToken,
    api,
    handle,
    kubeconfig: () =>
      renderKubeconfig({ server: `https://127.0.0.1:${port}`, caCertificate, token: adminToken, user: admin.name }),
    listen: async () => {
      const certificates = await createCertificates();
      const opened = new NodeServer(handle, certificates);
      port = await opened.listen(port);
      server = opened;
      caCertificate = certificates.ca;
    },
    close: async () => {
      await server?.close();
      dataFile?.close();
    },
    snapshot: () => backend.store.snapshot(),
  };
}
