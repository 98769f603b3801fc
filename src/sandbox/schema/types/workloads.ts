/** Fields of apps/v1, batch/v1, autoscaling/v1 and v2; the notation is explained in ../type-table.ts. */
export const workloadsTypes = `
# apps/v1
StatefulSet metadata:ObjectMeta+ spec:StatefulSetSpec+ status:StatefulSetStatus+
StatefulSetSpec replicas:i? selector*:LabelSelector? template*:PodTemplateSpec+
  volumeClaimTemplates:[PersistentVolumeClaim] serviceName:s+ podManagementPolicy:s
  updateStrategy:StatefulSetUpdateStrategy+ revisionHistoryLimit:i? minReadySeconds:i
  persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy? ordinals:StatefulSetOrdinals?
StatefulSetOrdinals start:i+
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:s whenScaled:s
StatefulSetUpdateStrategy type:s rollingUpdate:RollingUpdateStatefulSetStrategy?
RollingUpdateStatefulSetStrategy partition:i? maxUnavailable:x?
StatefulSetStatus observedGeneration:l replicas*:i+ readyReplicas:i currentReplicas:i updatedReplicas:i
  currentRevision:s updateRevision:s collisionCount:i?#9 conditions:[StatefulSetCondition]=type availableReplicas:i+
StatefulSetCondition type*:s+ status*:s+ lastTransitionTime:t+ reason:s message:s
Deployment metadata:ObjectMeta+ spec:DeploymentSpec+ status:DeploymentStatus+
DeploymentSpec replicas:i? selector*:LabelSelector? template*:PodTemplateSpec+ strategy:DeploymentStrategy+
  minReadySeconds:i revisionHistoryLimit:i? paused:b progressDeadlineSeconds:i?#9
DeploymentStrategy type:s rollingUpdate:RollingUpdateDeployment?
RollingUpdateDeployment maxUnavailable:x? maxSurge:x?
DeploymentStatus observedGeneration:l replicas:i updatedReplicas:i availableReplicas:i unavailableReplicas:i
  conditions:[DeploymentCondition]=type readyReplicas:i collisionCount:i? terminatingReplicas:i?
DeploymentCondition type*:s+ status*:s+ reason:s#4 message:s lastUpdateTime:t+ lastTransitionTime:t+
DaemonSet metadata:ObjectMeta+ spec:DaemonSetSpec+ status:DaemonSetStatus+
DaemonSetSpec selector*:LabelSelector? template*:PodTemplateSpec+ updateStrategy:DaemonSetUpdateStrategy+
  minReadySeconds:i revisionHistoryLimit:i?#6
DaemonSetUpdateStrategy type:s rollingUpdate:RollingUpdateDaemonSet?
RollingUpdateDaemonSet maxUnavailable:x? maxSurge:x?
DaemonSetStatus currentNumberScheduled*:i+ numberMisscheduled*:i+ desiredNumberScheduled*:i+ numberReady*:i+
  observedGeneration:l updatedNumberScheduled:i numberAvailable:i numberUnavailable:i collisionCount:i?
  conditions:[DaemonSetCondition]=type
DaemonSetCondition type*:s+ status*:s+ lastTransitionTime:t+ reason:s message:s
ReplicaSet metadata:ObjectMeta+ spec:ReplicaSetSpec+ status:ReplicaSetStatus+
ReplicaSetSpec replicas:i? selector*:LabelSelector? template:PodTemplateSpec+ minReadySeconds:i
ReplicaSetStatus replicas*:i+ fullyLabeledReplicas:i observedGeneration:l readyReplicas:i availableReplicas:i
  conditions:[ReplicaSetCondition]=type terminatingReplicas:i?
ReplicaSetCondition type*:s+ status*:s+ lastTransitionTime:t+ reason:s message:s
ControllerRevision metadata:ObjectMeta+ data:o? revision*:l+
# batch/v1
Job metadata:ObjectMeta+ spec:JobSpec+ status:JobStatus+
JobSpec parallelism:i? completions:i? activeDeadlineSeconds:l? selector:LabelSelector? manualSelector:b?
  template*:PodTemplateSpec+ backoffLimit:i? ttlSecondsAfterFinished:i? completionMode:s? suspend:b?
  podFailurePolicy:PodFailurePolicy? backoffLimitPerIndex:i? maxFailedIndexes:i? podReplacementPolicy:s? managedBy:s?
  successPolicy:SuccessPolicy?
PodFailurePolicy rules*:[PodFailurePolicyRule]+
PodFailurePolicyRule action*:s+ onExitCodes:PodFailurePolicyOnExitCodesRequirement?
  onPodConditions:[PodFailurePolicyOnPodConditionsPattern]
PodFailurePolicyOnExitCodesRequirement containerName:s? operator*:s+ values*:[i]=set+
PodFailurePolicyOnPodConditionsPattern type*:s+ status:s+
SuccessPolicy rules*:[SuccessPolicyRule]+
SuccessPolicyRule succeededIndexes:s? succeededCount:i?
JobStatus conditions:[JobCondition] startTime:t? completionTime:t? active:i succeeded:i failed:i completedIndexes:s
  uncountedTerminatedPods:UncountedTerminatedPods? ready:i? failedIndexes:s? terminating:i?
JobCondition type*:s+ status*:s+ lastProbeTime:t+ lastTransitionTime:t+ reason:s message:s
UncountedTerminatedPods succeeded:[s]=set failed:[s]=set
CronJob metadata:ObjectMeta+ spec*:CronJobSpec+ status:CronJobStatus+
CronJobSpec schedule*:s+ startingDeadlineSeconds:l? concurrencyPolicy:s suspend:b? jobTemplate*:JobTemplateSpec+
  successfulJobsHistoryLimit:i? failedJobsHistoryLimit:i? timeZone:s?
JobTemplateSpec metadata:ObjectMeta+ spec:JobSpec+
CronJobStatus active:[ObjectReference] lastScheduleTime:t?#4 lastSuccessfulTime:t?
# autoscaling/v1 and v2
HorizontalPodAutoscaler metadata:ObjectMeta+ spec*:HorizontalPodAutoscalerSpec+ status:HorizontalPodAutoscalerStatus+
HorizontalPodAutoscalerSpec scaleTargetRef*:CrossVersionObjectReference+ minReplicas:i? maxReplicas*:i+
  metrics:[MetricSpec] behavior:HorizontalPodAutoscalerBehavior?
HorizontalPodAutoscalerBehavior scaleUp:HPAScalingRules? scaleDown:HPAScalingRules?
HPAScalingRules selectPolicy:s? policies:[HPAScalingPolicy] stabilizationWindowSeconds:i? tolerance:q?
HPAScalingPolicy type*:s+ value*:i+ periodSeconds*:i+
MetricSpec type*:s+ object:ObjectMetricSource? pods:PodsMetricSource? resource:ResourceMetricSource?
  external:ExternalMetricSource? containerResource:ContainerResourceMetricSource?#7
ContainerResourceMetricSource name*:s+ target*:MetricTarget+ container*:s+
MetricTarget type*:s+ value:q? averageValue:q? averageUtilization:i?
ExternalMetricSource metric*:MetricIdentifier+ target*:MetricTarget+
MetricIdentifier name*:s+ selector:LabelSelector?
ObjectMetricSource describedObject*:CrossVersionObjectReference+ target*:MetricTarget+ metric*:MetricIdentifier+
CrossVersionObjectReference kind*:s+ name*:s+ apiVersion:s
PodsMetricSource metric*:MetricIdentifier+ target*:MetricTarget+
ResourceMetricSource name*:s+ target*:MetricTarget+
HorizontalPodAutoscalerStatus observedGeneration:l? lastScaleTime:t? currentReplicas:i desiredReplicas*:i+
  currentMetrics:[MetricStatus]+ conditions:[HorizontalPodAutoscalerCondition]=type
HorizontalPodAutoscalerCondition type*:s+ status*:s+ lastTransitionTime:t+ reason:s message:s
MetricStatus type*:s+ object:ObjectMetricStatus? pods:PodsMetricStatus? resource:ResourceMetricStatus?
  external:ExternalMetricStatus? containerResource:ContainerResourceMetricStatus?#7
ContainerResourceMetricStatus name*:s+ current*:MetricValueStatus+ container*:s+
MetricValueStatus value:q? averageValue:q? averageUtilization:i?
ExternalMetricStatus metric*:MetricIdentifier+ current*:MetricValueStatus+
ObjectMetricStatus metric*:MetricIdentifier+ current*:MetricValueStatus+ describedObject*:CrossVersionObjectReference+
PodsMetricStatus metric*:MetricIdentifier+ current*:MetricValueStatus+
ResourceMetricStatus name*:s+ current*:MetricValueStatus+
Scale metadata:ObjectMeta+ spec:ScaleSpec+ status:ScaleStatus+
ScaleSpec replicas:i
ScaleStatus replicas*:i+ selector:s
`;
