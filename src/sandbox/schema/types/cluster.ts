/** Fields of apimachinery meta/v1, rbac.authorization.k8s.io/v1, policy/v1, authorization.k8s.io/v1, authentication.k8s.io/v1, scheduling.k8s.io/v1, coordination.k8s.io/v1, events.k8s.io/v1; the notation is explained in ../type-table.ts. */
export const clusterTypes = `
# apimachinery meta/v1
ObjectMeta name:s generateName:s namespace:s selfLink:s uid:s resourceVersion:s generation:l creationTimestamp:t
  deletionTimestamp:t? deletionGracePeriodSeconds:l? labels:{s} annotations:{s} ownerReferences:[OwnerReference]=uid
  finalizers:[s]=set managedFields:[ManagedFieldsEntry]#17
ManagedFieldsEntry manager:s operation:s apiVersion:s time:t? fieldsType:s#6 fieldsV1:o? subresource:s
OwnerReference @atomic kind*:s+ name*:s+#3 uid*:s+ apiVersion*:s+ controller:b? blockOwnerDeletion:b?
# rbac.authorization.k8s.io/v1
Role metadata:ObjectMeta+ rules:[PolicyRule]+
PolicyRule verbs*:[s]+ apiGroups:[s] resources:[s] resourceNames:[s] nonResourceURLs:[s]
RoleBinding metadata:ObjectMeta+ subjects:[Subject] roleRef*:RoleRef+
RoleRef @atomic apiGroup:s+ kind*:s+ name*:s+
Subject @atomic kind*:s+ apiGroup:s name*:s+ namespace:s
ClusterRole metadata:ObjectMeta+ rules:[PolicyRule]+ aggregationRule:AggregationRule?
AggregationRule clusterRoleSelectors:[LabelSelector]
ClusterRoleBinding metadata:ObjectMeta+ subjects:[Subject] roleRef*:RoleRef+
# policy/v1
PodDisruptionBudget metadata:ObjectMeta+ spec:PodDisruptionBudgetSpec+ status:PodDisruptionBudgetStatus+
PodDisruptionBudgetSpec minAvailable:x? selector:LabelSelector? maxUnavailable:x? unhealthyPodEvictionPolicy:s?
PodDisruptionBudgetStatus observedGeneration:l disruptedPods:{t} disruptionsAllowed:i+ currentHealthy:i+
  desiredHealthy:i+ expectedPods:i+ conditions:[Condition]=type
Eviction metadata:ObjectMeta+ deleteOptions:DeleteOptions?
DeleteOptions gracePeriodSeconds:l? preconditions:Preconditions? orphanDependents:b? propagationPolicy:s? dryRun:[s]
  ignoreStoreReadErrorWithClusterBreakingPotential:b?
Preconditions uid:s? resourceVersion:s?
# authorization.k8s.io/v1
SelfSubjectAccessReview metadata:ObjectMeta+ spec*:SelfSubjectAccessReviewSpec+ status:SubjectAccessReviewStatus+
SelfSubjectAccessReviewSpec resourceAttributes:ResourceAttributes? nonResourceAttributes:NonResourceAttributes?
NonResourceAttributes path:s verb:s
ResourceAttributes namespace:s verb:s group:s version:s resource:s subresource:s name:s
  fieldSelector:FieldSelectorAttributes? labelSelector:LabelSelectorAttributes?
FieldSelectorAttributes rawSelector:s requirements:[FieldSelectorRequirement]
FieldSelectorRequirement key*:s+ operator*:s+ values:[s]
LabelSelectorAttributes rawSelector:s requirements:[LabelSelectorRequirement]
SubjectAccessReviewStatus allowed*:b+ reason:s evaluationError:s denied:b
SubjectAccessReview metadata:ObjectMeta+ spec*:SubjectAccessReviewSpec+ status:SubjectAccessReviewStatus+
SubjectAccessReviewSpec resourceAttributes:ResourceAttributes? nonResourceAttributes:NonResourceAttributes? user:s
  groups:[s] extra:{[s]} uid:s
LocalSubjectAccessReview metadata:ObjectMeta+ spec*:SubjectAccessReviewSpec+ status:SubjectAccessReviewStatus+
SelfSubjectRulesReview metadata:ObjectMeta+ spec*:SelfSubjectRulesReviewSpec+ status:SubjectRulesReviewStatus+
SelfSubjectRulesReviewSpec namespace:s
SubjectRulesReviewStatus resourceRules*:[ResourceRule]+ nonResourceRules*:[NonResourceRule]+ incomplete*:b+
  evaluationError:s
NonResourceRule verbs*:[s]+ nonResourceURLs:[s]
ResourceRule verbs*:[s]+ apiGroups:[s] resources:[s] resourceNames:[s]
# authentication.k8s.io/v1
TokenReview metadata:ObjectMeta+ spec*:TokenReviewSpec+ status:TokenReviewStatus+
TokenReviewSpec token*:s audiences:[s]
TokenReviewStatus authenticated:b user:UserInfo+ error:s audiences:[s]
UserInfo username:s uid:s groups:[s] extra:{[s]}
SelfSubjectReview metadata:ObjectMeta+ status:SelfSubjectReviewStatus+
SelfSubjectReviewStatus userInfo:UserInfo+
TokenRequest metadata:ObjectMeta+ spec:TokenRequestSpec+ status:TokenRequestStatus+
TokenRequestSpec audiences:[s]+ boundObjectRef:BoundObjectReference?#3 expirationSeconds:l?
BoundObjectReference kind:s apiVersion:s name:s uid:s
TokenRequestStatus token:s+ expirationTimestamp:t+
# scheduling.k8s.io/v1
PriorityClass metadata:ObjectMeta+ value:i+ globalDefault:b description:s preemptionPolicy:s?
# coordination.k8s.io/v1
Lease metadata:ObjectMeta+ spec:LeaseSpec+
LeaseSpec holderIdentity:s? leaseDurationSeconds:i? acquireTime:u? renewTime:u? leaseTransitions:i? strategy:s?
  preferredHolder:s?
# events.k8s.io/v1
EventsEvent metadata:ObjectMeta+ eventTime*:u+ series:EventsEventSeries? reportingController:s reportingInstance:s
  action:s reason:s regarding:ObjectReference+ related:ObjectReference? note:s type:s deprecatedSource:EventSource+
  deprecatedFirstTimestamp:t+ deprecatedLastTimestamp:t+ deprecatedCount:i
EventsEventSeries count*:i+ lastObservedTime*:u+
`;
