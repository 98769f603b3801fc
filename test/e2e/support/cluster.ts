/** A real control plane with our CRDs, and operators that run against it. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import { namespaceType } from '../../../src/api/builtin-types.ts';
import { parseYaml } from '../../../src/base/yaml.ts';
import type { Secret } from '../../../src/core/render/shared/rendered-objects.ts';
import type { ControlPlane } from '../../control-plane/control-plane.ts';
import { startControlPlane } from '../../control-plane/control-plane.ts';
import type { User } from '../../control-plane/credentials.ts';
import { writeKubeconfig } from '../../control-plane/credentials.ts';
import { Workspace } from '../../control-plane/workspace.ts';
import { Api } from './api.ts';
import type { AuditScope, Write } from './audit.ts';
import { makeAuditPolicy, readRequests, readWrites } from './audit.ts';
import { decodeConfig } from './config.ts';
import { eventually } from './eventually.ts';
import type { Operator } from './operator.ts';
import { buildBundle, startOperator } from './operator.ts';

/** The user that operators are when nothing else is said; it may do everything. */
const operatorUser: User = { name: 'operator', groups: ['system:masters'] };
const shownLogLines = 8;
const crdFolder = join(import.meta.dirname, '..', '..', '..', 'crds');

export const crdType: ResourceType = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  namespaced: false,
};

interface Crd extends KubernetesObject {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly plural: string; readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly storage: boolean }[];
  };
}

function readCrds(): Crd[] {
  const files = readdirSync(crdFolder).filter((name) => name.endsWith('.yaml'));
  return files.map((name) => parseYaml(readFileSync(join(crdFolder, name), 'utf8')) as Crd);
}

export interface ClusterOptions {
  readonly controllerManager?: boolean;
  /** Users beside "operator". */
  readonly users?: readonly User[];
  /** Default: true. */
  readonly installCrds?: boolean;
  /** What the audit log holds. Default: "writes". */
  readonly audit?: AuditScope;
  /** Of kube-apiserver, beside those that are on by default. */
  readonly admissionPlugins?: readonly string[];
}

export interface OperatorSettings {
  readonly user?: string;
  readonly args?: readonly string[];
  /** Where it finds the API server, when not at the server's own address. */
  readonly server?: string;
  /** In the place of the user's. */
  readonly kubeconfig?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Where its web server listens. Default: 127.0.0.1. */
  readonly listenHost?: string;
}

export class Cluster {
  readonly controlPlane: ControlPlane;
  readonly api: Api;
  readonly #workspace: Workspace;
  readonly #operators: Operator[] = [];

  constructor(controlPlane: ControlPlane, workspace: Workspace) {
    const { server, caFile, adminToken: token } = controlPlane;
    this.controlPlane = controlPlane;
    this.api = new Api({ server, caFile, token });
    this.#workspace = workspace;
  }

  get bundle(): string {
    return bundleIn(this.#workspace);
  }

  /** Starts an operator; it ends with the cluster at the latest. */
  async startOperator(settings: OperatorSettings = {}): Promise<Operator> {
    const { user = operatorUser.name, args = [], env = {}, server, listenHost } = settings;
    const own = server === undefined ? this.controlPlane.kubeconfigFor(user) : this.#pointTo(server, user);
    const operator = await startOperator({
      ...{ bundle: this.bundle, kubeconfig: settings.kubeconfig ?? own, args, env },
      ...(listenHost === undefined ? {} : { listenHost }),
    });
    this.#operators.push(operator);
    return operator;
  }

  /** The last lines of the last operator's log that are about an object of the namespace: why what was awaited did not come. */
  readLog(namespace: string): string[] {
    const lines = this.#operators.at(-1)?.log().split('\n') ?? [];
    return lines
      .filter((line) => line.includes(`${namespace}/`) || line.includes(`"${namespace}"`))
      .slice(-shownLogLines);
  }

  /** A kubeconfig with a fresh token of a ServiceAccount; its context is the namespace of the account. */
  async kubeconfigOfServiceAccount(namespace: string, name: string): Promise<string> {
    const { server, caFile } = this.controlPlane;
    const token = await this.controlPlane.kubectl(['create', 'token', name, `--namespace=${namespace}`]);
    const file = this.#workspace.path(`${namespace}-${name}.kubeconfig`);
    writeKubeconfig(file, { server, caFile, user: name, token: token.trim(), namespace });
    return file;
  }

  #pointTo(server: string, user: string): string {
    const file = this.#workspace.path(`${user}.kubeconfig`);
    const { caFile, tokens } = this.controlPlane;
    writeKubeconfig(file, { server, caFile, user, token: tokens.get(user) ?? '' });
    return file;
  }

  /** What the user wrote so far, failures included. */
  listWrites(user = operatorUser.name): Write[] {
    return readWrites(auditLogIn(this.#workspace)).filter((write) => write.user === user);
  }

  /** What the user asked of the server so far, reads too where `audit` is "all"; refused requests have the code 403. */
  listRequests(user = operatorUser.name): Write[] {
    return readRequests(auditLogIn(this.#workspace)).filter((request) => request.user === user);
  }

  /** Every prometheus.yml, or whatever `decode` finds in Secrets, that an operator ever wrote, each text once. */
  listWrittenConfigs(decode: (secret: Secret) => string | undefined = decodeConfig): string[] {
    const writes = readWrites(auditLogIn(this.#workspace)).filter(
      ({ resource, code }) => resource === 'secrets' && code < 300,
    );
    const texts = writes.flatMap(({ object }) => decode(object as Secret) ?? []);
    return [...new Set(texts)];
  }

  /** One that is there already stays as it is. */
  async createNamespace(name: string, labels: Record<string, string> = {}): Promise<void> {
    if ((await this.api.find(namespaceType, name)) !== undefined) return;
    await this.api.create(namespaceType, { metadata: { name, labels } });
  }

  /** Installs the CRDs whose kinds are not left out, and waits until they are served. */
  async installCrds(...without: readonly string[]): Promise<void> {
    const crds = readCrds().filter(({ spec }) => !without.includes(spec.names.kind));
    const existing = new Set((await this.api.list(crdType)).map(({ metadata }) => metadata.name));
    const missing = crds.filter(({ metadata }) => !existing.has(metadata.name));
    await Promise.all(missing.map((crd) => this.api.create(crdType, crd)));
    await Promise.all(missing.map((crd) => eventually('the CRD is served', () => this.#isServed(crd))));
    await eventually('kubectl knows all kinds', () => this.#areDiscovered(missing));
  }

  /** Discovery is brought up to date a moment after a kind is served, and kubectl asks it alone. */
  async #areDiscovered(crds: readonly Crd[]): Promise<boolean> {
    const known = await this.controlPlane.kubectl(['api-resources', '--cached=false', '--output=name']);
    const names = new Set(known.split('\n'));
    return crds.every(({ spec }) => names.has(`${spec.names.plural}.${spec.group}`));
  }

  async #isServed({ spec }: Crd): Promise<boolean> {
    const { group, names, versions } = spec;
    const { plural, kind } = names;
    const version = versions.find(({ storage }) => storage)?.name ?? '';
    await this.api.list({ group, version, plural, kind, namespaced: true });
    return true;
  }

  /** "Kind namespace/name" → resourceVersion of all objects of the types. */
  async readVersions(types: readonly ResourceType[]): Promise<Record<string, string>> {
    const lists = await Promise.all(types.map(async (type) => ({ type, items: await this.api.list(type) })));
    return Object.fromEntries(lists.flatMap(({ type, items }) => items.map((item) => versionOf(type, item))));
  }

  /** Ends all operators, not the control plane. */
  async stopOperators(): Promise<void> {
    await Promise.all(this.#operators.splice(0).map((operator) => operator.close()));
  }

  async stop(): Promise<void> {
    await this.stopOperators();
    await this.api.close();
    await this.controlPlane.stop();
    await this.#workspace.close();
  }
}

function versionOf({ kind }: ResourceType, { metadata }: KubernetesObject): [string, string] {
  return [`${kind} ${metadata.namespace ?? ''}/${metadata.name ?? ''}`, metadata.resourceVersion ?? ''];
}

const bundleIn = (workspace: Workspace): string => workspace.path('stoker.mjs');
const auditLogIn = (workspace: Workspace): string => workspace.path('audit.log');

/** Starts the control plane, and builds the bundle at the same time. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const {
    users = [],
    controllerManager = false,
    installCrds = true,
    audit = 'writes',
    admissionPlugins = [],
  } = options;
  const workspace = new Workspace('e2e');
  const policy = workspace.path('audit-policy.json');
  writeFileSync(policy, JSON.stringify(makeAuditPolicy(audit)));
  const apiServerArgs = [
    `--audit-policy-file=${policy}`,
    `--audit-log-path=${auditLogIn(workspace)}`,
    ...admissionPlugins.map((plugin) => `--enable-admission-plugins=${plugin}`),
  ];
  const [controlPlane] = await Promise.all([
    startControlPlane({ users: [operatorUser, ...users], controllerManager, apiServerArgs }),
    buildBundle(bundleIn(workspace)),
  ]);
  const cluster = new Cluster(controlPlane, workspace);
  try {
    if (installCrds) await cluster.installCrds();
    await eventually('the namespace "default" exists', () => cluster.api.get(namespaceType, 'default'));
    return cluster;
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}
