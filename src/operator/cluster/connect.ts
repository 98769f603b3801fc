import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { ClientMetrics, KubernetesClient } from '../../kubernetes/client/client.ts';
import { createClient } from '../../kubernetes/client/rest-client.ts';
import { loadKubeConfig } from '../../kubernetes/client/kube-config.ts';
import type { Carrier } from '../../kubernetes/client/transport.ts';
import type { ClientOptions } from '../options/program-options.ts';
import { OptionError } from '../options/values.ts';
import { describeError } from '../../base/errors.ts';
import { requestTimeoutMs, requestsPerSecond } from '../limits.ts';

export interface ConnectDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics?: ClientMetrics | undefined;
  readonly version: string;
  readonly carrier?: Carrier | undefined;
  /** Requests in the long run and at once. */
  readonly qps?: number;
}

export interface Connection {
  readonly client: KubernetesClient;
  /** Of the context or the pod; where the Lease lives by default. */
  readonly namespace: string;
  readonly server: string;
}

/**
 * The client for these flags: `--kubeconfig`, then `KUBECONFIG`, then `--apiserver`, then the pod's own service account.
 * @throws {OptionError} when no cluster can be found, or a file cannot be used.
 */
export function connect(options: ClientOptions, deps: ConnectDeps): Connection {
  const unlessEmpty = (text: string): string | undefined => (text === '' ? undefined : text);
  const fromEnvironment = options.kubeconfig === '' && (deps.env.KUBECONFIG ?? '') !== '';
  try {
    const config = loadKubeConfig({
      kubeconfig: unlessEmpty(options.kubeconfig),
      context: unlessEmpty(options.context),
      server: fromEnvironment ? undefined : unlessEmpty(options.server),
      impersonate: unlessEmpty(options.impersonate),
      certFile: unlessEmpty(options.certFile),
      keyFile: unlessEmpty(options.keyFile),
      caFile: unlessEmpty(options.caFile),
      insecure: options.insecure,
      env: deps.env,
      clock: deps.clock,
    });
    const { clock, logger, metrics, version, carrier, qps = requestsPerSecond } = deps;
    const client = createClient(config, {
      userAgent: `Stoker/${version}`,
      qps,
      burst: qps,
      requestTimeoutMs,
      clock,
      logger,
      metrics,
      carrier,
    });
    return { client, namespace: config.namespace, server: config.server };
  } catch (error) {
    throw new OptionError(`Cannot find the cluster: ${describeError(error)}`, 1);
  }
}
