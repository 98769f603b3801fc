/** What target groups read of Kubernetes objects, as plain JSON after the server's defaulting; null is as good as absent. */
import type { KubernetesObject } from '../../../api/meta.ts';

type Maybe<T> = T | null | undefined;

export interface NodeObject extends KubernetesObject {
  readonly spec?: Maybe<{ readonly providerID?: Maybe<string> }>;
  readonly status?: Maybe<{
    readonly addresses?: Maybe<readonly { readonly type: string; readonly address: string }[]>;
    readonly conditions?: Maybe<readonly { readonly type: string; readonly status: string }[]>;
    readonly daemonEndpoints?: Maybe<{ readonly kubeletEndpoint?: Maybe<{ readonly Port?: Maybe<number> }> }>;
  }>;
}

export interface ContainerPort {
  readonly name?: Maybe<string>;
  readonly containerPort: number;
  readonly protocol?: Maybe<string>;
}

export interface Container {
  readonly name: string;
  readonly image?: Maybe<string>;
  readonly ports?: Maybe<readonly ContainerPort[]>;
}

export interface ContainerStatus {
  readonly name: string;
  readonly containerID?: Maybe<string>;
}

export interface PodObject extends KubernetesObject {
  readonly spec?: Maybe<{
    readonly nodeName?: Maybe<string>;
    readonly containers?: Maybe<readonly Container[]>;
    readonly initContainers?: Maybe<readonly Container[]>;
  }>;
  readonly status?: Maybe<{
    readonly phase?: Maybe<string>;
    readonly podIP?: Maybe<string>;
    readonly hostIP?: Maybe<string>;
    readonly conditions?: Maybe<readonly { readonly type: string; readonly status: string }[]>;
    readonly containerStatuses?: Maybe<readonly ContainerStatus[]>;
    readonly initContainerStatuses?: Maybe<readonly ContainerStatus[]>;
  }>;
}

export interface ServiceObject extends KubernetesObject {
  readonly spec?: Maybe<{
    readonly type?: Maybe<string>;
    readonly clusterIP?: Maybe<string>;
    readonly externalName?: Maybe<string>;
    readonly loadBalancerIP?: Maybe<string>;
    readonly ipFamilies?: Maybe<readonly string[]>;
    readonly ipFamilyPolicy?: Maybe<string>;
    readonly ports?: Maybe<
      readonly { readonly name?: Maybe<string>; readonly port: number; readonly protocol?: Maybe<string> }[]
    >;
  }>;
  readonly status?: Maybe<{
    readonly loadBalancer?: Maybe<{ readonly ingress?: Maybe<readonly { readonly ip?: Maybe<string> }[]> }>;
  }>;
}

/** What an address stands for. */
export interface TargetReference {
  readonly kind?: Maybe<string>;
  readonly namespace?: Maybe<string>;
  readonly name?: Maybe<string>;
}

export interface EndpointAddress {
  readonly ip: string;
  readonly hostname?: Maybe<string>;
  readonly nodeName?: Maybe<string>;
  readonly targetRef?: Maybe<TargetReference>;
}

export interface EndpointPort {
  readonly name?: Maybe<string>;
  readonly port: number;
  readonly protocol?: Maybe<string>;
}

export interface EndpointsObject extends KubernetesObject {
  readonly subsets?: Maybe<
    readonly {
      readonly addresses?: Maybe<readonly EndpointAddress[]>;
      readonly notReadyAddresses?: Maybe<readonly EndpointAddress[]>;
      readonly ports?: Maybe<readonly EndpointPort[]>;
    }[]
  >;
}

export interface SlicePort {
  readonly name?: Maybe<string>;
  readonly port?: Maybe<number>;
  readonly protocol?: Maybe<string>;
  readonly appProtocol?: Maybe<string>;
}

export interface SliceEndpoint {
  readonly addresses?: Maybe<readonly string[]>;
  readonly conditions?: Maybe<{
    readonly ready?: Maybe<boolean>;
    readonly serving?: Maybe<boolean>;
    readonly terminating?: Maybe<boolean>;
  }>;
  readonly hostname?: Maybe<string>;
  readonly nodeName?: Maybe<string>;
  readonly zone?: Maybe<string>;
  readonly targetRef?: Maybe<TargetReference>;
  readonly deprecatedTopology?: Maybe<Readonly<Record<string, string>>>;
}

export interface EndpointSliceObject extends KubernetesObject {
  readonly addressType?: Maybe<string>;
  readonly ports?: Maybe<readonly SlicePort[]>;
  readonly endpoints?: Maybe<readonly SliceEndpoint[]>;
}

export interface IngressRule {
  readonly host?: Maybe<string>;
  readonly http?: Maybe<{ readonly paths?: Maybe<readonly { readonly path?: Maybe<string> }[]> }>;
}

export interface IngressObject extends KubernetesObject {
  readonly spec?: Maybe<{
    readonly ingressClassName?: Maybe<string>;
    readonly rules?: Maybe<readonly IngressRule[]>;
    readonly tls?: Maybe<readonly { readonly hosts?: Maybe<readonly string[]> }[]>;
  }>;
}

/** The objects that each role makes groups of. */
export interface RoleObjects {
  node: NodeObject;
  pod: PodObject;
  service: ServiceObject;
  endpoints: EndpointsObject;
  endpointslice: EndpointSliceObject;
  ingress: IngressObject;
}

export type Role = keyof RoleObjects;
