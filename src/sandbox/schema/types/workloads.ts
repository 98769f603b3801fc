/** Fields of apps/v1, batch/v1, autoscaling/v1 and v2; the notation is explained in ../type-table.ts. */
export const workloadsTypes = `
# apps/v1
StatefulSet metadata:ObjectMeta+ spec:StatefulSetSpec+ status:StatefulSetStatus+
StatefulSetSpec minReadySeconds:i ordinals:StatefulSetOrdinals?
  persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy? podManagementPolicy:s
  replicas:i? revisionHistoryLimit:i? selector*:LabelSelector? serviceName:s+ template*:PodTemplateSpec+
  updateStrategy:StatefulSetUpdateStrategy+ volumeClaimTemplates:[PersistentVolumeClaim]
StatefulSetOrdinals start:i+
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:s whenScaled:s
StatefulSetUpdateStrategy rollingUpdate:RollingUpdateStatefulSetStrategy? type:s
RollingUpdateStatefulSetStrategy maxUnavailable:x? partition:i?
StatefulSetStatus availableReplicas:i+ collisionCount:i? conditions:[StatefulSetCondition]=type currentReplicas:i
  currentRevision:s observedGeneration:l readyReplicas:i replicas*:i+ updateRevision:s updatedReplicas:i
StatefulSetCondition lastTransitionTime:t+ message:s reason:s status*:s+ type*:s+
Deployment metadata:ObjectMeta+ spec:DeploymentSpec+ status:DeploymentStatus+
DeploymentSpec minReadySeconds:i paused:b progressDeadlineSeconds:i? replicas:i? revisionHistoryLimit:i?
  selector*:LabelSelector? strategy:DeploymentStrategy+ template*:PodTemplateSpec+
DeploymentStrategy rollingUpdate:RollingUpdateDeployment? type:s
RollingUpdateDeployment maxSurge:x? maxUnavailable:x?
DeploymentStatus availableReplicas:i collisionCount:i? conditions:[DeploymentCondition]=type observedGeneration:l
  readyReplicas:i replicas:i terminatingReplicas:i? unavailableReplicas:i updatedReplicas:i
DeploymentCondition lastTransitionTime:t+ lastUpdateTime:t+ message:s reason:s status*:s+ type*:s+
DaemonSet metadata:ObjectMeta+ spec:DaemonSetSpec+ status:DaemonSetStatus+
DaemonSetSpec minReadySeconds:i revisionHistoryLimit:i? selector*:LabelSelector? template*:PodTemplateSpec+
  updateStrategy:DaemonSetUpdateStrategy+
DaemonSetUpdateStrategy rollingUpdate:RollingUpdateDaemonSet? type:s
RollingUpdateDaemonSet maxSurge:x? maxUnavailable:x?
DaemonSetStatus collisionCount:i? conditions:[DaemonSetCondition]=type currentNumberScheduled*:i+
  desiredNumberScheduled*:i+ numberAvailable:i numberMisscheduled*:i+ numberReady*:i+ numberUnavailable:i
  observedGeneration:l updatedNumberScheduled:i
DaemonSetCondition lastTransitionTime:t+ message:s reason:s status*:s+ type*:s+
ReplicaSet metadata:ObjectMeta+ spec:ReplicaSetSpec+ status:ReplicaSetStatus+
ReplicaSetSpec minReadySeconds:i replicas:i? selector*:LabelSelector? template:PodTemplateSpec+
ReplicaSetStatus availableReplicas:i conditions:[ReplicaSetCondition]=type fullyLabeledReplicas:i observedGeneration:l
  readyReplicas:i replicas*:i+ terminatingReplicas:i?
ReplicaSetCondition lastTransitionTime:t+ message:s reason:s status*:s+ type*:s+
ControllerRevision data:o? metadata:ObjectMeta+ revision*:l+
# batch/v1
Job metadata:ObjectMeta+ spec:JobSpec+ status:JobStatus+
JobSpec activeDeadlineSeconds:l? backoffLimit:i? backoffLimitPerIndex:i? completionMode:s? completions:i? managedBy:s?
  manualSelector:b? maxFailedIndexes:i? parallelism:i? podFailurePolicy:PodFailurePolicy? podReplacementPolicy:s?
  selector:LabelSelector? successPolicy:SuccessPolicy? suspend:b? template*:PodTemplateSpec+
  ttlSecondsAfterFinished:i?
PodFailurePolicy rules*:[PodFailurePolicyRule]+
PodFailurePolicyRule action*:s+ onExitCodes:PodFailurePolicyOnExitCodesRequirement?
  onPodConditions:[PodFailurePolicyOnPodConditionsPattern]
PodFailurePolicyOnExitCodesRequirement containerName:s? operator*:s+ values*:[i]=set+
PodFailurePolicyOnPodConditionsPattern status:s+ type*:s+
SuccessPolicy rules*:[SuccessPolicyRule]+
SuccessPolicyRule succeededCount:i? succeededIndexes:s?
JobStatus active:i completedIndexes:s completionTime:t? conditions:[JobCondition] failed:i failedIndexes:s? ready:i?
  startTime:t? succeeded:i terminating:i? uncountedTerminatedPods:UncountedTerminatedPods?
JobCondition lastProbeTime:t+ lastTransitionTime:t+ message:s reason:s status*:s+ type*:s+
UncountedTerminatedPods failed:[s]=set succeeded:[s]=set
CronJob metadata:ObjectMeta+ spec*:CronJobSpec+ status:CronJobStatus+
CronJobSpec concurrencyPolicy:s failedJobsHistoryLimit:i? jobTemplate*:JobTemplateSpec+ schedule*:s+
  startingDeadlineSeconds:l? successfulJobsHistoryLimit:i? suspend:b? timeZone:s?
JobTemplateSpec metadata:ObjectMeta+ spec:JobSpec+
CronJobStatus active:[ObjectReference] lastScheduleTime:t? lastSuccessfulTime:t?
# autoscaling/v1 and v2
HorizontalPodAutoscaler metadata:ObjectMeta+ spec*:HorizontalPodAutoscalerSpec+ status:HorizontalPodAutoscalerStatus+
HorizontalPodAutoscalerSpec behavior:HorizontalPodAutoscalerBehavior? maxReplicas*:i+ metrics:[MetricSpec]
  minReplicas:i? scaleTargetRef*:CrossVersionObjectReference+
HorizontalPodAutoscalerBehavior scaleDown:HPAScalingRules? scaleUp:HPAScalingRules?
HPAScalingRules policies:[HPAScalingPolicy] selectPolicy:s? stabilizationWindowSeconds:i? tolerance:q?
HPAScalingPolicy periodSeconds*:i+ type*:s+ value*:i+
MetricSpec containerResource:ContainerResourceMetricSource? external:ExternalMetricSource? object:ObjectMetricSource?
  pods:PodsMetricSource? resource:ResourceMetricSource? type*:s+
ContainerResourceMetricSource container*:s+ name*:s+ target*:MetricTarget+
MetricTarget averageUtilization:i? averageValue:q? type*:s+ value:q?
ExternalMetricSource metric*:MetricIdentifier+ target*:MetricTarget+
MetricIdentifier name*:s+ selector:LabelSelector?
ObjectMetricSource describedObject*:CrossVersionObjectReference+ metric*:MetricIdentifier+ target*:MetricTarget+
CrossVersionObjectReference apiVersion:s kind*:s+ name*:s+
PodsMetricSource metric*:MetricIdentifier+ target*:MetricTarget+
ResourceMetricSource name*:s+ target*:MetricTarget+
HorizontalPodAutoscalerStatus conditions:[HorizontalPodAutoscalerCondition]=type currentMetrics:[MetricStatus]+
  currentReplicas:i desiredReplicas*:i+ lastScaleTime:t? observedGeneration:l?
HorizontalPodAutoscalerCondition lastTransitionTime:t+ message:s reason:s status*:s+ type*:s+
MetricStatus containerResource:ContainerResourceMetricStatus? external:ExternalMetricStatus?
  object:ObjectMetricStatus? pods:PodsMetricStatus? resource:ResourceMetricStatus? type*:s+
ContainerResourceMetricStatus container*:s+ current*:MetricValueStatus+ name*:s+
MetricValueStatus averageUtilization:i? averageValue:q? value:q?
ExternalMetricStatus current*:MetricValueStatus+ metric*:MetricIdentifier+
ObjectMetricStatus current*:MetricValueStatus+ describedObject*:CrossVersionObjectReference+ metric*:MetricIdentifier+
PodsMetricStatus current*:MetricValueStatus+ metric*:MetricIdentifier+
ResourceMetricStatus current*:MetricValueStatus+ name*:s+
Scale metadata:ObjectMeta+ spec:ScaleSpec+ status:ScaleStatus+
ScaleSpec replicas:i
ScaleStatus replicas*:i+ selector:s
`;
