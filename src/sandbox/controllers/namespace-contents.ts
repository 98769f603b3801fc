/** What every active Namespace has from the start: ServiceAccount "default" and ConfigMap "kube-root-ca.crt". */
import type { ControllerContext, Running } from './context.ts';
import { startController } from './context.ts';
import { isTerminating } from './owners.ts';
import type { NewObject } from './resources.ts';
import { configMaps, namespaces, read, serviceAccounts } from './resources.ts';
import { sameJson } from './same-json.ts';

const rootCertificate = 'kube-root-ca.crt';
const defaultAccount = 'default';

/** @param caCertificate the certificate of the API server's issuer, PEM; undefined publishes none. */
export function startNamespaceContents(context: ControllerContext, caCertificate: string | undefined): Running {
  const { api } = context;
  return startController(context, {
    name: 'namespace-contents',
    observe: (watch, queue) => {
      watch(namespaces, ({ metadata }) => queue.add(metadata.name ?? ''));
      for (const resource of [serviceAccounts, configMaps]) {
        watch(resource, ({ metadata }, gone) => {
          if (isOurs(metadata.name) && (gone || resource === configMaps)) queue.add(metadata.namespace ?? '');
        });
      }
    },
    sync: (name) => {
      const namespace = read(api, namespaces, { namespace: '', name });
      if (namespace === undefined || isTerminating(namespace)) return;
      const account = { namespace: name, name: defaultAccount };
      if (read(api, serviceAccounts, account) === undefined) api.create(serviceAccounts, { metadata: account });
      if (caCertificate !== undefined) publishCertificate(context, name, caCertificate);
    },
  });
}

function isOurs(name: string | undefined): boolean {
  return name === rootCertificate || name === defaultAccount;
}

function publishCertificate({ api }: ControllerContext, namespace: string, caCertificate: string): void {
  const metadata = { namespace, name: rootCertificate };
  const wanted: NewObject = { metadata, data: { 'ca.crt': caCertificate } };
  const stored = read(api, configMaps, metadata);
  if (stored === undefined) api.create(configMaps, wanted);
  else if (!sameJson(stored['data'], wanted['data'])) {
    api.update(configMaps, { ...stored, data: wanted['data'] } as NewObject);
  }
}
