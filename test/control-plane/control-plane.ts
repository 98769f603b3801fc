/** A real control plane for tests: etcd, kube-apiserver and, when asked for, kube-controller-manager. */
import { mkdirSync, readFileSync } from 'node:fs';
import type { User } from './credentials.ts';
import { admin, writeKubeconfig, writeServiceAccountKeys, writeTokenFile } from './credentials.ts';
import { runKubectl } from './kubectl.ts';
import type { ControlPlaneBinaries } from './locate.ts';
import { locateControlPlane } from './locate.ts';
import { apiServerArgs, controllerManagerArgs, etcdArgs, workspaceFiles } from './programs.ts';
import { answers, findFreePort, waitUntilReady } from './readiness.ts';
import type { Program } from './workspace.ts';
import { Workspace } from './workspace.ts';

export interface ControlPlaneOptions {
  /** Users beside the admin; RBAC objects that bind them are the test's. */
  readonly users?: readonly User[];
  /** Runs the controllers that work without nodes (StatefulSets get pods, garbage is collected…). Default: false. */
  readonly controllerManager?: boolean;
  /** More flags for kube-apiserver; the last one of a name wins. */
  readonly apiServerArgs?: readonly string[];
  /** How long each program may take until it is ready. Default: 60 s. */
  readonly readyTimeoutMs?: number;
}

export class ControlPlane {
  readonly server: string;
  readonly caFile: string;
  /** The admin's; see {@link kubeconfigFor} for the other users. */
  readonly kubeconfigPath: string;
  readonly adminToken: string;
  /** The token of each user by name, the admin's included. */
  readonly tokens: ReadonlyMap<string, string>;
  readonly #binaries: ControlPlaneBinaries;
  readonly #options: ControlPlaneOptions;
  readonly #ports: Ports;
  readonly #workspace: Workspace;
  #apiServer: Program | undefined;

  constructor(binaries: ControlPlaneBinaries, options: ControlPlaneOptions, ports: Ports) {
    this.#binaries = binaries;
    this.#options = options;
    this.#ports = ports;
    this.#workspace = new Workspace('control-plane');
    const files = workspaceFiles(this.#workspace);
    mkdirSync(files.certificates);
    writeServiceAccountKeys(files.serviceAccounts);
    this.server = `https://127.0.0.1:${ports.apiServer}`;
    this.caFile = files.ca;
    this.tokens = writeTokenFile(files.tokens, [admin, ...(options.users ?? [])]);
    this.adminToken = this.#tokenOf(admin.name);
    this.kubeconfigPath = this.kubeconfigFor(admin.name);
  }

  /** Starts all programs, in order, and waits for each. */
  async start(): Promise<void> {
    await this.#startEtcd();
    await this.restartApiServer();
    if (this.#options.controllerManager === true) await this.#startControllerManager();
  }

  /** Ends all programs and removes all files. */
  async stop(): Promise<void> {
    await this.#workspace.close();
  }

  /** Writes the kubeconfig of a user and returns its path. */
  kubeconfigFor(user: string): string {
    const file = this.#workspace.path(`${user.replaceAll(/[^\w.-]/g, '_')}.kubeconfig`);
    writeKubeconfig(file, { server: this.server, caFile: this.caFile, user, token: this.#tokenOf(user) });
    return file;
  }

  /** Runs kubectl as the admin, or with another `--kubeconfig` among the arguments; returns its output, throws its errors. */
  kubectl(args: readonly string[], input = ''): Promise<string> {
    return runKubectl([`--kubeconfig=${this.kubeconfigPath}`, ...args], input);
  }

  /** Where etcd answers, for what no API server would do: compaction, objects that no schema takes. */
  get etcdUrl(): string {
    return localUrl(this.#ports.etcd);
  }

  /** Connections stay open and requests hang, as with a server that is overloaded or cut off. */
  pauseApiServer(): void {
    this.#apiServer?.signal('SIGSTOP');
  }

  resumeApiServer(): void {
    this.#apiServer?.signal('SIGCONT');
  }

  /** Connections break and new ones are refused; etcd keeps the state. */
  async killApiServer(): Promise<void> {
    await this.#apiServer?.kill();
  }

  /** Starts kube-apiserver on the same port, with the same keys; waits until it is ready. */
  async restartApiServer(): Promise<void> {
    await this.killApiServer();
    const { etcd, apiServer: port } = this.#ports;
    const extra = this.#options.apiServerArgs ?? [];
    const args = apiServerArgs(this.#workspace, { etcdUrl: localUrl(etcd), port, extra });
    this.#apiServer = this.#workspace.start(this.#binaries.apiServer, args, apiServerEnv);
    await this.#whenReady(this.#apiServer, () => this.#apiServerAnswers());
  }

  async #startEtcd(): Promise<void> {
    const url = localUrl(this.#ports.etcd);
    const etcd = this.#workspace.start(this.#binaries.etcd, etcdArgs(this.#workspace, url));
    await this.#whenReady(etcd, () => answers(`${url}/health`));
  }

  async #startControllerManager(): Promise<void> {
    const { controllerManager } = this.#binaries;
    if (controllerManager === undefined) {
      throw new Error('Cannot start kube-controller-manager: build.sh has not built it');
    }
    const { server, caFile, adminToken: token } = this;
    const file = workspaceFiles(this.#workspace).controllerManagerKubeconfig;
    writeKubeconfig(file, { server, caFile, user: admin.name, token });
    const port = this.#ports.controllerManager;
    const program = this.#workspace.start(controllerManager, controllerManagerArgs(this.#workspace, port));
    await this.#whenReady(program, () => answers(`https://127.0.0.1:${port}/healthz`));
  }

  async #apiServerAnswers(): Promise<boolean> {
    const options = { token: this.adminToken, ca: readWhenThere(this.caFile) };
    return options.ca !== '' && (await answers(`${this.server}/readyz`, options));
  }

  async #whenReady(program: Program, isReady: () => Promise<boolean>): Promise<void> {
    await waitUntilReady(program, this.#options.readyTimeoutMs ?? 60_000, isReady);
  }

  #tokenOf(user: string): string {
    const token = this.tokens.get(user);
    if (token === undefined) throw new Error(`Cannot find a token: the control plane has no user "${user}"`);
    return token;
  }
}

/** Collects garbage half as often: a seventh less CPU time until the CRDs are served, for 400 MB. */
const apiServerEnv = { GOGC: '200' };

interface Ports {
  readonly etcd: number;
  readonly apiServer: number;
  readonly controllerManager: number;
}

/** Starts a control plane and waits until it is ready. Throws when the binaries are missing: ask `locateControlPlane` first. */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const binaries = locateControlPlane();
  if (binaries.skipped !== undefined) throw new Error(`Cannot start a control plane: ${binaries.skipped}`);
  const [etcd, apiServer, controllerManager] = [await findFreePort(), await findFreePort(), await findFreePort()];
  const controlPlane = new ControlPlane(binaries, options, { etcd, apiServer, controllerManager });
  try {
    await controlPlane.start();
  } catch (error) {
    await controlPlane.stop();
    throw error;
  }
  return controlPlane;
}

function localUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}

function readWhenThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
