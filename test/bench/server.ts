/** The API server of the bench, in a process of its own: `server.ts MONITORS KUBECONFIG`. Prints "ready" when loaded. */
import { writeFileSync } from 'node:fs';
import { renderCRD } from '../../src/api/crd.ts';
import { customKinds } from '../../src/api/kinds.ts';
import { createSandboxServer } from '../../src/sandbox/server.ts';
import { createMonitor, createNamespace, createPrometheus, namespaceCount } from './monitors.ts';

const [count = '2000', kubeconfig = ''] = process.argv.slice(2);
const server = createSandboxServer({});
const { api } = server;
const crdType = { group: 'apiextensions.k8s.io', plural: 'customresourcedefinitions' };
for (const kind of customKinds) api.create(crdType, renderCRD(kind) as never);
for (let at = 0; at < namespaceCount; at += 1) api.create({ group: '', plural: 'namespaces' }, createNamespace(at));
for (let at = 0; at < Number(count); at += 1)
  api.create({ group: 'monitoring.coreos.com', plural: 'servicemonitors' }, createMonitor(at));
api.create({ group: 'monitoring.coreos.com', plural: 'prometheuses' }, createPrometheus());
await server.listen();
writeFileSync(kubeconfig, server.kubeconfig(), { mode: 0o600 });
process.stdout.write('ready\n');
