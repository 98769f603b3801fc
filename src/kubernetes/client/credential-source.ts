/** Credentials for the next request: from files, tokens and exec plugins, fresh when they change. */
import type { RequestOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import type { Cluster, User } from '@kubernetes/client-node';
import type { Clock } from '../../base/clock.ts';
import type { Credentials, TlsOptions } from './client-config.ts';
import { TransportError } from './errors.ts';
import type { Impersonation } from './kube-config-file.ts';
import { credentialAgeMs, shownPluginErrorCharacters } from '../limits.ts';

export interface CredentialSourceOptions {
  readonly cluster: Cluster;
  readonly user: User;
  readonly impersonation: Impersonation;
  readonly clock: Clock;
}

export class CredentialSource {
  readonly #options: CredentialSourceOptions;
  #config: KubeConfig;
  #current: Promise<Credentials> | undefined;
  #since = 0;

  constructor(options: CredentialSourceOptions) {
    this.#options = options;
    this.#config = createConfig(options);
  }

  /** @throws {TransportError} "auth" when a file or an exec plugin gives no credentials; without its output's content. */
  get(refresh: boolean): Promise<Credentials> {
    const now = this.#options.clock.monotonic();
    // A new KubeConfig forgets the tokens that the server has just refused.
    if (refresh) this.#config = createConfig(this.#options);
    if (this.#current !== undefined && !refresh && now - this.#since < credentialAgeMs) return this.#current;
    this.#since = now;
    const read = this.#read();
    this.#current = read;
    read.catch(() => {
      if (this.#current === read) this.#current = undefined;
    });
    return read;
  }

  async #read(): Promise<Credentials> {
    const request: RequestOptions = {};
    try {
      await this.#config.applyToHTTPSOptions(request);
    } catch (error) {
      throw new TransportError(this.#describe(error), 'auth');
    }
    return { headers: this.#readHeaders(request), tls: readTls(request) };
  }

  #readHeaders({ headers = {}, auth }: RequestOptions): Record<string, string | string[]> {
    const { user, uid, groups } = this.#options.impersonation;
    const token = (headers as Record<string, unknown>)['Authorization'];
    const result: Record<string, string | string[]> = {};
    if (typeof token === 'string') result['authorization'] = token.trim();
    else if (typeof auth === 'string') result['authorization'] = `Basic ${Buffer.from(auth).toString('base64')}`;
    if (user !== undefined) result['impersonate-user'] = user;
    if (uid !== undefined) result['impersonate-uid'] = uid;
    if (groups.length > 0) result['impersonate-group'] = [...groups];
    return result;
  }

  #describe(error: unknown): string {
    const exec = this.#options.user.exec as { command?: string } | null | undefined;
    const { code, path, message } = error as NodeJS.ErrnoException;
    if (exec === null || exec === undefined) {
      return code === undefined ? 'Cannot authenticate' : `Cannot authenticate: cannot read "${path ?? ''}" (${code})`;
    }
    const what = `Cannot authenticate: exec plugin "${exec.command ?? ''}"`;
    if (code === 'ENOENT') return `${what} is not installed`;
    // A parse error quotes what it read, which is the credential itself.
    if (error instanceof SyntaxError || error instanceof TypeError) return `${what} did not print an ExecCredential`;
    return `${what} failed: ${message.trim().split('\n', 1)[0]?.slice(0, shownPluginErrorCharacters) ?? ''}`;
  }
}

function createConfig({ cluster, user }: CredentialSourceOptions): KubeConfig {
  const config = new KubeConfig();
  const { proxyUrl: _proxyUrl, ...direct } = cluster;
  const { impersonateUser: _impersonateUser, ...own } = user;
  // client-node makes an agent that we do not use: keep it from refusing plain HTTP, where there is nothing to verify.
  const skipTLSVerify = cluster.skipTLSVerify || cluster.server.startsWith('http:');
  config.loadFromClusterAndUser({ ...direct, skipTLSVerify }, informPlugin(own, cluster));
  return config;
}

interface ExecConfig {
  readonly apiVersion?: string;
  readonly env?: readonly { name: string; value: string }[] | null;
  readonly provideClusterInfo?: boolean;
}

/** KUBERNETES_EXEC_INFO, which plugins need to choose their version; client-node does not set it. */
function informPlugin(user: User, cluster: Cluster): User {
  if (user.exec === undefined || user.exec === null) return user;
  const exec = user.exec as ExecConfig;
  const info = {
    apiVersion: exec.apiVersion ?? 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    spec: { interactive: false, ...(exec.provideClusterInfo === true ? { cluster: describeCluster(cluster) } : {}) },
  };
  const env = [...(exec.env ?? []), { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) }];
  return { ...user, exec: { ...exec, env } };
}

function describeCluster(cluster: Cluster): Record<string, unknown> {
  return {
    server: cluster.server,
    'tls-server-name': cluster.tlsServerName,
    'insecure-skip-tls-verify': cluster.skipTLSVerify,
    'certificate-authority-data': cluster.caData,
    'proxy-url': cluster.proxyUrl,
  };
}

function readTls(request: RequestOptions): TlsOptions {
  const { ca, cert, key, rejectUnauthorized, servername } = request;
  const text = (value: unknown): string => (Buffer.isBuffer(value) ? value.toString('utf8') : String(value));
  return {
    ...(ca === undefined ? {} : { ca: text(ca) }),
    ...(cert === undefined ? {} : { cert: text(cert) }),
    ...(key === undefined ? {} : { key: text(key) }),
    ...(servername === undefined ? {} : { servername }),
    ...(rejectUnauthorized === false ? { rejectUnauthorized } : {}),
  };
}
