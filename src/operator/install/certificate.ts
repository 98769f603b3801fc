import type { Manifest } from './install-options.ts';

export interface ServiceCertificate {
  /** Of the Service, and of these objects. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Where the certificate goes. */
  readonly secret: string;
}

/** cert-manager's objects for the certificate of a Service, which is an authority of its own: `ca.crt` of the Secret checks it. */
export function renderServiceCertificate({ name, namespace, labels, secret }: ServiceCertificate): Manifest[] {
  const metadata = { name, namespace, labels };
  const host = `${name}.${namespace}.svc`;
  return [
    { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata, spec: { selfSigned: {} } },
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata,
      spec: {
        secretName: secret,
        dnsNames: [host, `${host}.cluster.local`],
        issuerRef: { kind: 'Issuer', name },
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      },
    },
  ];
}
