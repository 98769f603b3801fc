/** Fields of core/v1: services; the notation is explained in ../type-table.ts. */
export const servicesTypes = `
# core/v1: services
Service metadata:ObjectMeta+ spec:ServiceSpec+ status:ServiceStatus+
ServiceSpec ports:[ServicePort]=port,protocol selector:{s}! clusterIP:s type:s externalIPs:[s] sessionAffinity:s#7
  loadBalancerIP:s loadBalancerSourceRanges:[s] externalName:s externalTrafficPolicy:s healthCheckNodePort:i
  publishNotReadyAddresses:b sessionAffinityConfig:SessionAffinityConfig? ipFamilyPolicy:s?#17 clusterIPs:[s]
  ipFamilies:[s] allocateLoadBalancerNodePorts:b? loadBalancerClass:s? internalTrafficPolicy:s? trafficDistribution:s?
ServicePort name:s protocol:p port*:i+ targetPort:x+ nodePort:i appProtocol:s?
SessionAffinityConfig clientIP:ClientIPConfig?
ClientIPConfig timeoutSeconds:i?
ServiceStatus loadBalancer:LoadBalancerStatus+ conditions:[Condition]=type
Condition type*:s+ status*:s+ observedGeneration:l lastTransitionTime*:t+ reason*:s+ message*:s+
LoadBalancerStatus ingress:[LoadBalancerIngress]
LoadBalancerIngress ip:s hostname:s ipMode:s? ports:[PortStatus]
PortStatus port*:i+ protocol*:s+ error:s?
Endpoints metadata:ObjectMeta+ subsets:[EndpointSubset]
EndpointSubset addresses:[EndpointAddress] notReadyAddresses:[EndpointAddress] ports:[EndpointPort]
EndpointAddress @atomic ip*:s+ targetRef:ObjectReference? hostname:s nodeName:s?
ObjectReference @atomic kind:s namespace:s name:s uid:s apiVersion:s resourceVersion:s fieldPath:s
EndpointPort @atomic name:s port*:i+ protocol:s appProtocol:s?
`;
