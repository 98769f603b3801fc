import { existsSync } from 'node:fs';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { IdentitySource } from '../../web/identity.ts';
import type { IdentityObserver } from '../../web/tls-files.ts';
import type { Connection } from '../cluster/connect.ts';
import type { WebOptions } from '../options/web.ts';
import type { CertificateOptions } from '../options/webhook.ts';
import { SelfMadeIdentity } from './self-made.ts';

export interface IdentityDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logger: Logger;
  readonly observer: IdentityObserver;
}

/** Whether the certificate is made here; false when it is in files, or when there is no TLS. */
export function isSelfMade({ source }: CertificateOptions, { tls }: WebOptions): boolean {
  if (tls === undefined) return false;
  return source === 'self' || (source === 'auto' && !existsSync(tls.files.certFile));
}

/** Waits for a certificate made here, and keeps it until `signal` is aborted. */
export async function holdIdentity(
  options: CertificateOptions,
  deps: IdentityDeps & { readonly connection: Connection },
  signal: AbortSignal,
): Promise<IdentitySource> {
  const { client, namespace: ownNamespace } = deps.connection;
  const namespace = options.namespace === '' ? (deps.env.POD_NAMESPACE ?? ownNamespace) : options.namespace;
  const { service, secret, configuration, validityMs, overlapMs } = options;
  const name = `${service}.${namespace}.svc`;
  const hosts = [name, `${service}.${namespace}`, `${name}.cluster.local`, ...options.hosts];
  const identity = new SelfMadeIdentity(
    {
      secret,
      policy: { hosts, validityMs, overlapMs },
      targets: { configuration, service: { namespace, name: service }, hosts },
    },
    { ...deps, client },
  );
  await identity.prepare(signal);
  void identity.run(signal);
  return identity;
}
