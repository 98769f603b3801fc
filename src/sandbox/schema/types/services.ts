/** Fields of core/v1: services; the notation is explained in ../type-table.ts. */
export const servicesTypes = `
# core/v1: services
Service metadata:ObjectMeta+ spec:ServiceSpec+ status:ServiceStatus+
ServiceSpec allocateLoadBalancerNodePorts:b? clusterIP:s clusterIPs:[s] externalIPs:[s] externalName:s
  externalTrafficPolicy:s healthCheckNodePort:i internalTrafficPolicy:s? ipFamilies:[s] ipFamilyPolicy:s?
  loadBalancerClass:s? loadBalancerIP:s loadBalancerSourceRanges:[s] ports:[ServicePort]=port,protocol
  publishNotReadyAddresses:b selector:{s}! sessionAffinity:s sessionAffinityConfig:SessionAffinityConfig?
  trafficDistribution:s? type:s
ServicePort appProtocol:s? name:s nodePort:i port*:i+ protocol:p targetPort:x+
SessionAffinityConfig clientIP:ClientIPConfig?
ClientIPConfig timeoutSeconds:i?
ServiceStatus conditions:[Condition]=type loadBalancer:LoadBalancerStatus+
Condition lastTransitionTime*:t+ message*:s+ observedGeneration:l reason*:s+ status*:s+ type*:s+
LoadBalancerStatus ingress:[LoadBalancerIngress]
LoadBalancerIngress hostname:s ip:s ipMode:s? ports:[PortStatus]
PortStatus error:s? port*:i+ protocol*:s+
Endpoints metadata:ObjectMeta+ subsets:[EndpointSubset]
EndpointSubset addresses:[EndpointAddress] notReadyAddresses:[EndpointAddress] ports:[EndpointPort]
EndpointAddress @atomic hostname:s ip*:s+ nodeName:s? targetRef:ObjectReference?
ObjectReference @atomic apiVersion:s fieldPath:s kind:s name:s namespace:s resourceVersion:s uid:s
EndpointPort @atomic appProtocol:s? name:s port*:i+ protocol:s
`;
