/** A kubeconfig with one context named "stoker-sandbox"; JSON, which every reader of YAML takes. */
export function renderKubeconfig(access: {
  server: string;
  caCertificate: string;
  token: string;
  user: string;
}): string {
  const name = 'stoker-sandbox';
  const cluster = {
    server: access.server,
    'certificate-authority-data': Buffer.from(access.caCertificate).toString('base64'),
  };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster }],
    users: [{ name: access.user, user: { token: access.token } }],
    contexts: [{ name, context: { cluster: name, user: access.user, namespace: 'default' } }],
    'current-context': name,
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
