import type { KubernetesSdConfig } from '../../core/targets/sd-config.ts';
import type { ClientConfig } from '../../kubernetes/client/client-config.ts';
import { loadKubeConfig } from '../../kubernetes/client/kube-config.ts';
import { createClientConfig } from '../http-client/client-config.ts';
import type { HttpClientDeps } from '../http-client/client-config.ts';
import { trimEndOf } from '../../base/trim-end.ts';

/**
 * The API server that a kubernetes_sd_config means: that of its kubeconfig, the one it names, or the one of the cluster
 * that this runs in (docs/reference/discovery.md 2.3).
 *
 * @throws {Error} when there is no such kubeconfig or no cluster around this process, or the HTTP client block asks for
 * what is not done here.
 */
export function chooseClient(config: KubernetesSdConfig, deps: HttpClientDeps): ClientConfig {
  const { kubeconfigFile, apiServer, httpClient } = config;
  if (kubeconfigFile !== '') return loadKubeConfig({ kubeconfig: kubeconfigFile });
  if (apiServer === undefined) return loadKubeConfig({ inCluster: true });
  if (!URL.canParse(apiServer)) throw new Error(`Cannot use api_server "${apiServer}": want an URL`);
  return createClientConfig(trimEndOf(apiServer, '/'), httpClient, deps);
}
