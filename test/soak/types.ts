import { namespaceType, secretType } from '../../src/api/builtin-types.ts';
import { customKinds } from '../../src/api/kinds.ts';
import type { KubernetesObject, ResourceType } from '../../src/api/meta.ts';

const crdType: ResourceType = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  namespaced: false,
};

const types = [namespaceType, secretType, crdType, ...customKinds.map(({ type }) => type)];

/** @throws {Error} for a kind that the soak does not make. */
export function typeOfObject(object: object): ResourceType {
  const { kind } = object as KubernetesObject;
  const type = types.find((one) => one.kind === kind);
  if (type === undefined) throw new Error(`Cannot make a "${kind ?? ''}": the soak knows ${types.length} kinds`);
  return type;
}
