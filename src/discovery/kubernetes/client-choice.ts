import { readFile } from 'node:fs/promises';
import type { HttpClientConfig, KubernetesSdConfig } from '../../core/targets/sd-config.ts';
import type { ClientConfig, Credentials } from '../../kubernetes/client/client-config.ts';
import { loadKubeConfig } from '../../kubernetes/client/kube-config.ts';

/**
 * The API server that a kubernetes_sd_config means: that of its kubeconfig, the one it names, or the one of the cluster
 * that this runs in (contract/discovery.md 2.3).
 *
 * @throws {Error} when there is no such kubeconfig, or no cluster around this process.
 */
export function chooseClient({ kubeconfigFile, apiServer, httpClient }: KubernetesSdConfig): ClientConfig {
  if (kubeconfigFile !== '') return loadKubeConfig({ kubeconfig: kubeconfigFile });
  if (apiServer === undefined) return loadKubeConfig({ inCluster: true });
  return {
    server: apiServer.replace(/\/+$/, ''),
    namespace: 'default',
    proxyUrl: textOf(httpClient['proxy_url']) || undefined,
    applyAuth: () => readCredentials(httpClient),
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function blockOf(config: HttpClientConfig, key: string): Readonly<Record<string, unknown>> {
  const value = config[key];
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** A value that stands in the block itself or in a file that it names; files are read each time, they may change. */
async function readSecret(
  block: Readonly<Record<string, unknown>>,
  key: string,
  fileKey = `${key}_file`,
): Promise<string> {
  const path = textOf(block[fileKey]);
  return path === '' ? textOf(block[key]) : (await readFile(path, 'utf8')).trim();
}

async function readCredentials(config: HttpClientConfig): Promise<Credentials> {
  const tls = blockOf(config, 'tls_config');
  const [ca, cert, key] = await Promise.all(['ca', 'cert', 'key'].map((name) => readSecret(tls, name)));
  const servername = textOf(tls['server_name']);
  const authorization = await readAuthorization(config);
  return {
    headers: authorization === undefined ? {} : { authorization },
    tls: {
      ...(ca ? { ca } : {}),
      ...(cert ? { cert } : {}),
      ...(key ? { key } : {}),
      ...(servername === '' ? {} : { servername }),
      ...(/^(?:y|yes|on|true)$/i.test(textOf(tls['insecure_skip_verify'])) ? { rejectUnauthorized: false } : {}),
    },
  };
}

async function readAuthorization(config: HttpClientConfig): Promise<string | undefined> {
  const basic = blockOf(config, 'basic_auth');
  if (Object.keys(basic).length > 0) {
    const [user, password] = await Promise.all([readSecret(basic, 'username'), readSecret(basic, 'password')]);
    return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }
  const block = blockOf(config, 'authorization');
  const credentials = await readSecret(block, 'credentials');
  if (credentials !== '') return `${textOf(block['type']).trim() || 'Bearer'} ${credentials}`;
  const token = await readSecret(config, 'bearer_token');
  return token === '' ? undefined : `Bearer ${token}`;
}
