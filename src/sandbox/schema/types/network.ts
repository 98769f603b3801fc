/** Fields of discovery.k8s.io/v1, networking.k8s.io/v1, storage.k8s.io/v1; the notation is explained in ../type-table.ts. */
export const networkTypes = `
# discovery.k8s.io/v1
EndpointSlice metadata:ObjectMeta+ endpoints:[Endpoint]+ ports:[DiscoveryEndpointPort]+ addressType*:s+
Endpoint addresses*:[s]=set+ conditions:EndpointConditions+ hostname:s? targetRef:ObjectReference?
  deprecatedTopology:{s} nodeName:s? zone:s? hints:EndpointHints?
EndpointConditions ready:b? serving:b? terminating:b?
EndpointHints forZones:[ForZone] forNodes:[ForNode]
ForNode name*:s+
ForZone name*:s+
DiscoveryEndpointPort @atomic name:s? protocol:s? port:i? appProtocol:s?
# networking.k8s.io/v1
Ingress metadata:ObjectMeta+ spec:IngressSpec+ status:IngressStatus+
IngressSpec defaultBackend:IngressBackend? tls:[IngressTLS] rules:[IngressRule] ingressClassName:s?
IngressBackend resource:TypedLocalObjectReference?#3 service:IngressServiceBackend?
IngressServiceBackend name*:s+ port:ServiceBackendPort+
ServiceBackendPort @atomic name:s number:i
IngressRule host:s http:HTTPIngressRuleValue?#2.1
HTTPIngressRuleValue paths*:[HTTPIngressPath]+
HTTPIngressPath path:s backend*:IngressBackend+ pathType*:s?
IngressTLS hosts:[s] secretName:s
IngressStatus loadBalancer:IngressLoadBalancerStatus+
IngressLoadBalancerStatus ingress:[IngressLoadBalancerIngress]
IngressLoadBalancerIngress ip:s hostname:s ports:[IngressPortStatus]#4
IngressPortStatus port*:i+ protocol*:s+ error:s?
IngressClass metadata:ObjectMeta+ spec:IngressClassSpec+
IngressClassSpec controller:s parameters:IngressClassParametersReference?
IngressClassParametersReference apiGroup:s? kind*:s+ name*:s+ scope:s? namespace:s?
NetworkPolicy metadata:ObjectMeta+ spec:NetworkPolicySpec+
NetworkPolicySpec podSelector:LabelSelector+ ingress:[NetworkPolicyIngressRule] egress:[NetworkPolicyEgressRule]
  policyTypes:[s]
NetworkPolicyEgressRule ports:[NetworkPolicyPort] to:[NetworkPolicyPeer]
NetworkPolicyPort protocol:s? port:x? endPort:i?
NetworkPolicyPeer podSelector:LabelSelector? namespaceSelector:LabelSelector? ipBlock:IPBlock?
IPBlock cidr*:s+ except:[s]
NetworkPolicyIngressRule ports:[NetworkPolicyPort] from:[NetworkPolicyPeer]
# storage.k8s.io/v1
StorageClass metadata:ObjectMeta+ provisioner*:s+ parameters:{s} reclaimPolicy:s? mountOptions:[s]
  allowVolumeExpansion:b? volumeBindingMode:s? allowedTopologies:[TopologySelectorTerm]
TopologySelectorTerm @atomic matchLabelExpressions:[TopologySelectorLabelRequirement]
TopologySelectorLabelRequirement key*:s+ values*:[s]+
`;
