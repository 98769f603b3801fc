import { configMapType, secretType } from '../../api/builtin-types.ts';
import type { ConfigMap, Secret } from '../../core/render/shared/rendered-objects.ts';
import { readServerCredentials } from '../../core/render/shared/tls-server.ts';
import type { Workload } from '../../core/render/shared/workload.ts';
import type { Credential } from '../../core/render/shared/tls-credentials.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isAbsent, isForbidden } from '../../kubernetes/client/errors.ts';

/** The certificate that replicas serve, PEM, or why it is not known; neither where they serve without TLS. */
export interface ServingCertificate {
  readonly pem?: string | undefined;
  readonly problem?: string | undefined;
}

/** Reads the certificate that the workload is configured to serve. @throws what may be otherwise the next time. */
export async function readCertificateOf(
  client: Pick<KubernetesClient, 'get'>,
  { spec, owner }: Workload,
): Promise<ServingCertificate> {
  const tls = spec.web?.tlsConfig;
  if (tls === undefined) return {};
  const { cert } = readServerCredentials(tls);
  if (cert === undefined)
    return {
      problem:
        'its certificate is a file in the Pod (certFile): set spec.web.tlsConfig.cert, so that the operator can verify it',
    };
  const what = `${cert.source === 'secret' ? 'Secret' : 'ConfigMap'} "${cert.name}" key "${cert.key}"`;
  try {
    const pem = await readPem(client, cert, owner.metadata.namespace ?? '');
    return pem === '' ? { problem: `its certificate is not in ${what}` } : { pem };
  } catch (error) {
    if (isForbidden(error)) return { problem: `RBAC keeps the operator from its certificate in ${what}` };
    if (isAbsent(error)) return { problem: `its certificate is not there: ${what}` };
    throw error;
  }
}

/** "" when there is no such key. */
async function readPem(
  client: Pick<KubernetesClient, 'get'>,
  { source, name, key }: Credential,
  namespace: string,
): Promise<string> {
  if (source === 'configmap')
    return (await client.get<ConfigMap>(configMapType, { namespace, name })).data?.[key] ?? '';
  const { data = {} } = await client.get<Secret>(secretType, { namespace, name });
  return Buffer.from(data[key] ?? '', 'base64').toString('utf8');
}
