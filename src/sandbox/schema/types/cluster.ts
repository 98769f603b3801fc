/** Fields of apimachinery meta/v1, rbac.authorization.k8s.io/v1, policy/v1, authorization.k8s.io/v1, authentication.k8s.io/v1, scheduling.k8s.io/v1, coordination.k8s.io/v1, events.k8s.io/v1; the notation is explained in ../type-table.ts. */
export const clusterTypes = `
# apimachinery meta/v1
ObjectMeta annotations:{s} creationTimestamp:t deletionGracePeriodSeconds:l? deletionTimestamp:t? finalizers:[s]=set
  generateName:s generation:l labels:{s} managedFields:[ManagedFieldsEntry] name:s namespace:s
  ownerReferences:[OwnerReference]=uid resourceVersion:s selfLink:s uid:s
ManagedFieldsEntry apiVersion:s fieldsType:s fieldsV1:o? manager:s operation:s subresource:s time:t?
OwnerReference @atomic apiVersion*:s+ blockOwnerDeletion:b? controller:b? kind*:s+ name*:s+ uid*:s+
# rbac.authorization.k8s.io/v1
Role metadata:ObjectMeta+ rules:[PolicyRule]+
PolicyRule apiGroups:[s] nonResourceURLs:[s] resourceNames:[s] resources:[s] verbs*:[s]+
RoleBinding metadata:ObjectMeta+ roleRef*:RoleRef+ subjects:[Subject]
RoleRef @atomic apiGroup:s+ kind*:s+ name*:s+
Subject @atomic apiGroup:s kind*:s+ name*:s+ namespace:s
ClusterRole aggregationRule:AggregationRule? metadata:ObjectMeta+ rules:[PolicyRule]+
AggregationRule clusterRoleSelectors:[LabelSelector]
ClusterRoleBinding metadata:ObjectMeta+ roleRef*:RoleRef+ subjects:[Subject]
# policy/v1
PodDisruptionBudget metadata:ObjectMeta+ spec:PodDisruptionBudgetSpec+ status:PodDisruptionBudgetStatus+
PodDisruptionBudgetSpec maxUnavailable:x? minAvailable:x? selector:LabelSelector? unhealthyPodEvictionPolicy:s?
PodDisruptionBudgetStatus conditions:[Condition]=type currentHealthy:i+ desiredHealthy:i+ disruptedPods:{t}
  disruptionsAllowed:i+ expectedPods:i+ observedGeneration:l
Eviction deleteOptions:DeleteOptions? metadata:ObjectMeta+
DeleteOptions dryRun:[s] gracePeriodSeconds:l? ignoreStoreReadErrorWithClusterBreakingPotential:b? orphanDependents:b?
  preconditions:Preconditions? propagationPolicy:s?
Preconditions resourceVersion:s? uid:s?
# authorization.k8s.io/v1
SelfSubjectAccessReview metadata:ObjectMeta+ spec*:SelfSubjectAccessReviewSpec+ status:SubjectAccessReviewStatus+
SelfSubjectAccessReviewSpec nonResourceAttributes:NonResourceAttributes? resourceAttributes:ResourceAttributes?
NonResourceAttributes path:s verb:s
ResourceAttributes fieldSelector:FieldSelectorAttributes? group:s labelSelector:LabelSelectorAttributes? name:s
  namespace:s resource:s subresource:s verb:s version:s
FieldSelectorAttributes rawSelector:s requirements:[FieldSelectorRequirement]
FieldSelectorRequirement key*:s+ operator*:s+ values:[s]
LabelSelectorAttributes rawSelector:s requirements:[LabelSelectorRequirement]
SubjectAccessReviewStatus allowed*:b+ denied:b evaluationError:s reason:s
SubjectAccessReview metadata:ObjectMeta+ spec*:SubjectAccessReviewSpec+ status:SubjectAccessReviewStatus+
SubjectAccessReviewSpec extra:{[s]} groups:[s] nonResourceAttributes:NonResourceAttributes?
  resourceAttributes:ResourceAttributes? uid:s user:s
LocalSubjectAccessReview metadata:ObjectMeta+ spec*:SubjectAccessReviewSpec+ status:SubjectAccessReviewStatus+
SelfSubjectRulesReview metadata:ObjectMeta+ spec*:SelfSubjectRulesReviewSpec+ status:SubjectRulesReviewStatus+
SelfSubjectRulesReviewSpec namespace:s
SubjectRulesReviewStatus evaluationError:s incomplete*:b+ nonResourceRules*:[NonResourceRule]+
  resourceRules*:[ResourceRule]+
NonResourceRule nonResourceURLs:[s] verbs*:[s]+
ResourceRule apiGroups:[s] resourceNames:[s] resources:[s] verbs*:[s]+
# authentication.k8s.io/v1
TokenReview metadata:ObjectMeta+ spec*:TokenReviewSpec+ status:TokenReviewStatus+
TokenReviewSpec audiences:[s] token*:s
TokenReviewStatus audiences:[s] authenticated:b error:s user:UserInfo+
UserInfo extra:{[s]} groups:[s] uid:s username:s
SelfSubjectReview metadata:ObjectMeta+ status:SelfSubjectReviewStatus+
SelfSubjectReviewStatus userInfo:UserInfo+
TokenRequest metadata:ObjectMeta+ spec:TokenRequestSpec+ status:TokenRequestStatus+
TokenRequestSpec audiences:[s]+ boundObjectRef:BoundObjectReference? expirationSeconds:l?
BoundObjectReference apiVersion:s kind:s name:s uid:s
TokenRequestStatus expirationTimestamp:t+ token:s+
# scheduling.k8s.io/v1
PriorityClass description:s globalDefault:b metadata:ObjectMeta+ preemptionPolicy:s? value:i+
# coordination.k8s.io/v1
Lease metadata:ObjectMeta+ spec:LeaseSpec+
LeaseSpec acquireTime:u? holderIdentity:s? leaseDurationSeconds:i? leaseTransitions:i? preferredHolder:s? renewTime:u?
  strategy:s?
# events.k8s.io/v1
EventsEvent action:s deprecatedCount:i deprecatedFirstTimestamp:t+ deprecatedLastTimestamp:t+
  deprecatedSource:EventSource+ eventTime*:u+ metadata:ObjectMeta+ note:s reason:s regarding:ObjectReference+
  related:ObjectReference? reportingController:s reportingInstance:s series:EventsEventSeries? type:s
EventsEventSeries count*:i+ lastObservedTime*:u+
`;
