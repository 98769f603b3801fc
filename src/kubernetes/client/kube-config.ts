/** Finds the cluster to talk to, and hands out credentials for it. Parsing and authentication are client-node's. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import type { Cluster, Context, User } from '@kubernetes/client-node';
import { createSystemClock } from '../../base/clock.ts';
import type { Clock } from '../../base/clock.ts';
import type { ClientConfig } from './client-config.ts';
import { CredentialSource } from './credential-source.ts';
import { readKubeConfigFile } from './kube-config-file.ts';
import type { Impersonation, KubeConfigFile } from './kube-config-file.ts';
import { chooseProxy } from './proxy.ts';
import { trimEndOf } from '../../base/trim-end.ts';

export interface KubeConfigOptions {
  /** Path of a kubeconfig file. */
  readonly kubeconfig?: string | undefined;
  /** Context to use instead of the file's current one. */
  readonly context?: string | undefined;
  /** URL of the API server; with a kubeconfig it replaces the cluster's. */
  readonly server?: string | undefined;
  /** Use the service account of the pod, nothing else. */
  readonly inCluster?: boolean | undefined;
  /** User name to act as. */
  readonly impersonate?: string | undefined;
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
  readonly caFile?: string | undefined;
  /** Do not verify the server's certificate. */
  readonly insecure?: boolean | undefined;
  /** KUBECONFIG, KUBERNETES_SERVICE_HOST, HTTPS_PROXY, NO_PROXY are looked up here; the process's environment when absent. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly clock?: Clock | undefined;
}

const tokenPath = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * The first that applies: `inCluster`, `kubeconfig`, `server`, $KUBECONFIG (files merged, the first to name something
 * wins), the pod's service account, ~/.kube/config. The other options then change what was found.
 *
 * @throws {Error} when no cluster is found, or a file, context, cluster or user is missing or malformed. No message
 * holds a credential.
 * @example
 * const config = loadKubeConfig({ kubeconfig: '/home/me/.kube/config', context: 'kind' });
 */
export function loadKubeConfig(options: KubeConfigOptions = {}): ClientConfig {
  const file = findConfig(options);
  const context = chooseContext(file, options.context);
  const cluster = changeCluster(findNamed(file.clusters, context.cluster, 'cluster'), options);
  const user = changeUser(findNamed(file.users, context.user, 'user'), options);
  const source = new CredentialSource({
    cluster,
    user,
    impersonation: chooseImpersonation(file.impersonations.get(user.name), options),
    clock: options.clock ?? createSystemClock(),
  });
  return {
    server: checkServer(cluster.server),
    namespace: context.namespace ?? 'default',
    proxyUrl: cluster.proxyUrl ?? chooseProxy(cluster.server, options.env ?? process.env),
    applyAuth: ({ refresh = false } = {}) => source.get(refresh),
  };
}

function findConfig(options: KubeConfigOptions): KubeConfigFile {
  const { kubeconfig = '', server = '', inCluster = false, env = process.env } = options;
  if (inCluster) return loadInCluster(env);
  if (kubeconfig !== '') return readKubeConfigFile(kubeconfig);
  if (server !== '') return describeServer(server);
  return findDefault(env);
}

function findDefault(env: Readonly<Record<string, string | undefined>>): KubeConfigFile {
  const paths = (env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '' && existsSync(path));
  if (paths.length > 0) return mergeFiles(paths.map(readKubeConfigFile));
  if (env['KUBERNETES_SERVICE_HOST'] !== undefined && existsSync(tokenPath)) return loadInCluster(env);
  const home = join(homedir(), '.kube', 'config');
  if (existsSync(home)) return readKubeConfigFile(home);
  throw new Error(
    `Cannot find a cluster: no $KUBECONFIG, not in a pod, no file "${home}"; name a kubeconfig or a server`,
  );
}

function loadInCluster(env: Readonly<Record<string, string | undefined>>): KubeConfigFile {
  if (env['KUBERNETES_SERVICE_HOST'] === undefined || env['KUBERNETES_SERVICE_PORT'] === undefined)
    throw new Error('Cannot use the service account: KUBERNETES_SERVICE_HOST or _PORT is not set, this is no pod');
  const config = new KubeConfig();
  config.loadFromCluster();
  const { clusters, users, contexts, currentContext } = config;
  return { clusters, users, contexts, currentContext, impersonations: new Map(), origin: 'the service account' };
}

function describeServer(server: string): KubeConfigFile {
  return {
    clusters: [{ name: 'server', server: trimEndOf(server, '/'), skipTLSVerify: false }],
    users: [{ name: 'user' }],
    contexts: [{ name: 'server', cluster: 'server', user: 'user' }],
    currentContext: 'server',
    impersonations: new Map(),
    origin: 'the options',
  };
}

/** As kubectl: the first file that names a cluster, a user, a context or the current context wins. */
function mergeFiles(files: readonly KubeConfigFile[]): KubeConfigFile {
  const firstOf = <T extends { name: string }>(lists: readonly (readonly T[])[]): T[] => {
    const byName = new Map<string, T>();
    for (const item of lists.flat()) if (!byName.has(item.name)) byName.set(item.name, item);
    return [...byName.values()];
  };
  return {
    clusters: firstOf(files.map((file) => file.clusters)),
    users: firstOf(files.map((file) => file.users)),
    contexts: firstOf(files.map((file) => file.contexts)),
    currentContext: files.map((file) => file.currentContext).find((name) => name !== '') ?? '',
    impersonations: new Map(files.toReversed().flatMap((file) => [...file.impersonations])),
    origin: files.map((file) => file.origin).join(', '),
  };
}

function chooseContext(file: KubeConfigFile, wanted: string | undefined): Context {
  const name = wanted ?? file.currentContext;
  const found = file.contexts.find((context) => context.name === name);
  if (found !== undefined) return found;
  const known = file.contexts.map((context) => `"${context.name}"`).join(', ');
  const what = name === '' ? 'it names no current context' : `it has no context "${name}"`;
  throw new Error(`Cannot use ${file.origin}: ${what}; it has ${known === '' ? 'none' : known}`);
}

function findNamed<T extends { name: string }>(items: readonly T[], name: string, what: string): T {
  const found = items.find((item) => item.name === name);
  if (found === undefined)
    throw new Error(`Cannot use the kubeconfig: its context names ${what} "${name}", which is missing`);
  return found;
}

function changeCluster(cluster: Cluster, options: KubeConfigOptions): Cluster {
  const { server, caFile, insecure = false } = options;
  const { caData, caFile: caFileBefore, ...rest } = cluster;
  const authority = caFile === undefined ? { caData, caFile: caFileBefore } : { caFile };
  return {
    ...rest,
    ...withoutUndefined(authority),
    server: trimEndOf(server === undefined || server === '' ? cluster.server : server, '/'),
    skipTLSVerify: cluster.skipTLSVerify || insecure,
  };
}

function changeUser(user: User, { certFile, keyFile }: KubeConfigOptions): User {
  if (certFile === undefined && keyFile === undefined) return user;
  const { certData: _certData, keyData: _keyData, ...rest } = user;
  return { ...rest, ...withoutUndefined({ certFile, keyFile }) };
}

function chooseImpersonation(found: Impersonation | undefined, options: KubeConfigOptions): Impersonation {
  const { impersonate } = options;
  return impersonate === undefined || impersonate === ''
    ? (found ?? { groups: [] })
    : { user: impersonate, groups: [] };
}

function checkServer(server: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return server;
  throw new Error(`Cannot use server "${server}": want an URL such as "https://127.0.0.1:6443"`);
}

function withoutUndefined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
