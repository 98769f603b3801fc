/** Runs one case in a namespace of its own. */
import { randomBytes } from 'node:crypto';
import type { Access } from './api.ts';
import { Api } from './api.ts';
import type { ContractCase } from './case.ts';
import { normalise } from './normalise.ts';

/** Creates the namespace, runs the case, deletes the namespace; returns what the case saw, normalised. */
export async function runCase(access: Access, one: ContractCase): Promise<unknown> {
  const namespace = `contract-${randomBytes(4).toString('hex')}`;
  const api = new Api(access, namespace);
  const path = '/api/v1/namespaces';
  await api.create(path, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  try {
    return normalise(await one.run(api), namespace);
  } finally {
    await api.delete(`${path}/${namespace}`);
    api.close();
  }
}
