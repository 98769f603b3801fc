import type { GroupContext } from './context.ts';
import { findService, isSecondaryFamily } from './endpointslice.ts';
import type {
  EndpointSliceObject,
  EndpointsObject,
  IngressObject,
  PodObject,
  Role,
  RoleObjects,
  ServiceObject,
} from './objects.ts';
import { isOnUnknownNode, listContainers } from './pod.ts';

/** Why an object gives no targets (docs/reference/discovery.md 9.4). */
export interface EmptyReason {
  /** Stable word for machines. */
  readonly reason: string;
  /** For people. */
  readonly message: string;
}

type Explain<T> = (object: T, context: GroupContext) => EmptyReason | undefined;

const say = (reason: string, message: string): EmptyReason => ({ reason, message });
const isEmpty = (list: readonly unknown[] | null | undefined): boolean => (list ?? []).length === 0;

const explainPod: Explain<PodObject> = (pod, context) => {
  if ((pod.status?.podIP ?? '') === '')
    return say('PodWithoutIp', `The pod has no IP: its phase is "${pod.status?.phase ?? ''}"`);
  if (isOnUnknownNode(pod, context)) {
    const node = pod.spec?.nodeName ?? '';
    return say('PodOnUnknownNode', `The pod's node "${node}" is not known, and attach_metadata asks for nodes`);
  }
  return listContainers(pod).length === 0 ? say('PodWithoutContainers', 'The pod has no containers') : undefined;
};

const explainService: Explain<ServiceObject> = ({ spec }) =>
  isEmpty(spec?.ports) ? say('ServiceWithoutPorts', `The ${spec?.type ?? 'service'} declares no ports`) : undefined;

const explainEndpoints: Explain<EndpointsObject> = ({ subsets }) => {
  if (isEmpty(subsets))
    return say('EndpointsWithoutSubsets', 'No pod is behind the service: its selector matches none');
  if ((subsets ?? []).every(({ ports }) => isEmpty(ports)))
    return say('EndpointsWithoutPorts', 'There are addresses, but no ports');
  const hasAddress = (subsets ?? []).some((one) => !isEmpty(one.addresses) || !isEmpty(one.notReadyAddresses));
  return hasAddress ? undefined : say('EndpointsWithoutAddresses', 'There are ports, but no addresses');
};

const explainSlice: Explain<EndpointSliceObject> = (slice, context) => {
  if (isEmpty(slice.endpoints))
    return say('SliceWithoutEndpoints', 'No pod is behind the slice: its service selects none');
  if (isEmpty(slice.ports)) return say('SliceWithoutPorts', 'There are endpoints, but no ports');
  const service = findService(slice, context);
  if (!context.features.hidesSecondaryFamilies || !isSecondaryFamily(slice, service)) return undefined;
  const primary = service?.spec?.ipFamilies?.[0] ?? '';
  return say(
    'SliceOfSecondaryFamily',
    `The slice holds ${slice.addressType ?? ''}, and its service prefers ${primary}`,
  );
};

const explainIngress: Explain<IngressObject> = ({ spec }) =>
  isEmpty(spec?.rules)
    ? say('IngressWithoutRules', 'The ingress has no rules: a default backend is not scraped')
    : say('IngressWithoutPaths', 'The rules of the ingress have no paths');

type Explanations = { readonly [R in Role]: Explain<RoleObjects[R]> };

const explanations: Explanations = {
  node: () => say('NodeWithoutAddress', 'The node has no address of a type that is scraped'),
  pod: explainPod,
  service: explainService,
  endpoints: explainEndpoints,
  endpointslice: explainSlice,
  ingress: explainIngress,
};

/** Why the group of an object has no targets; to be asked only when it has none. Undefined: for no reason known. */
export function explainEmptyGroup<R extends Role>(
  role: R,
  object: RoleObjects[R],
  context: GroupContext,
): EmptyReason | undefined {
  return explanations[role](object, context);
}
