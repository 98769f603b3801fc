import type { ApiObject } from '../../src/sandbox/api.ts';

const managers = ['managed-by', 'app.kubernetes.io/managed-by'];

/** Made by the operator, as far as can be seen: by an owner of ours, or by its labels. */
export function isOwned({ metadata }: ApiObject): boolean {
  const isOurs = metadata.ownerReferences?.some(({ apiVersion }) => apiVersion.startsWith('monitoring.coreos.com/'));
  return isOurs === true || managers.some((label) => metadata.labels?.[label] === 'prometheus-operator');
}
