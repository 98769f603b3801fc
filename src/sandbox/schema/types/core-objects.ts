/** Fields of core/v1: configuration, nodes, storage; the notation is explained in ../type-table.ts. */
export const coreObjectsTypes = `
# core/v1: configuration, nodes, storage
Secret metadata:ObjectMeta+ data:{y} type:s stringData:{s} immutable:b?
ConfigMap metadata:ObjectMeta+ data:{s} binaryData:{y} immutable:b?
ServiceAccount metadata:ObjectMeta+ secrets:[ObjectReference]=name imagePullSecrets:[LocalObjectReference]
  automountServiceAccountToken:b?
Namespace metadata:ObjectMeta+ spec:NamespaceSpec+ status:NamespaceStatus+
NamespaceSpec finalizers:[s]
NamespaceStatus phase:s conditions:[NamespaceCondition]=type
NamespaceCondition type*:s+ status*:s+ lastTransitionTime:t+#4 reason:s message:s
Node metadata:ObjectMeta+ spec:NodeSpec+ status:NodeStatus+
NodeSpec podCIDR:s externalID:s providerID:s unschedulable:b taints:[Taint] configSource:NodeConfigSource?
  podCIDRs:[s]=set
NodeConfigSource configMap:ConfigMapNodeConfigSource?#2
ConfigMapNodeConfigSource namespace*:s+ name*:s+ uid:s resourceVersion:s kubeletConfigKey*:s+
Taint key*:s+ value:s effect*:s+ timeAdded:t?
NodeStatus capacity:{q} allocatable:{q} phase:s conditions:[NodeCondition]=type addresses:[NodeAddress]=type
  daemonEndpoints:NodeDaemonEndpoints+ nodeInfo:NodeSystemInfo+ images:[ContainerImage] volumesInUse:[s]
  volumesAttached:[AttachedVolume] config:NodeConfigStatus? runtimeHandlers:[NodeRuntimeHandler]
  features:NodeFeatures? declaredFeatures:[s]
NodeAddress type*:s+ address*:s+
NodeCondition type*:s+ status*:s+ lastHeartbeatTime:t+ lastTransitionTime:t+ reason:s message:s
NodeConfigStatus assigned:NodeConfigSource? active:NodeConfigSource? lastKnownGood:NodeConfigSource? error:s
NodeDaemonEndpoints kubeletEndpoint:DaemonEndpoint+
DaemonEndpoint Port*:i+
NodeFeatures supplementalGroupsPolicy:b?
ContainerImage names:[s]+ sizeBytes:l
NodeSystemInfo machineID*:s+ systemUUID*:s+ bootID*:s+ kernelVersion*:s+ osImage*:s+ containerRuntimeVersion*:s+
  kubeletVersion*:s+ kubeProxyVersion*:s+ operatingSystem*:s+ architecture*:s+ swap:NodeSwapStatus?
NodeSwapStatus capacity:l?
NodeRuntimeHandler name:s+ features:NodeRuntimeHandlerFeatures?
NodeRuntimeHandlerFeatures recursiveReadOnlyMounts:b? userNamespaces:b?
AttachedVolume name*:s+ devicePath*:s+
Event metadata*:ObjectMeta+ involvedObject*:ObjectReference+ reason:s message:s source:EventSource+ firstTimestamp:t+
  lastTimestamp:t+ count:i type:s eventTime:u+ series:EventSeries? action:s related:ObjectReference?
  reportingComponent:s+ reportingInstance:s+
EventSeries count:i lastObservedTime:u+
EventSource component:s host:s
PersistentVolumeClaim metadata:ObjectMeta+ spec:PersistentVolumeClaimSpec+ status:PersistentVolumeClaimStatus+
PersistentVolumeClaimStatus phase:s accessModes:[s] capacity:{q} conditions:[PersistentVolumeClaimCondition]=type
  allocatedResources:{q} allocatedResourceStatuses:{s}#7 currentVolumeAttributesClassName:s?
  modifyVolumeStatus:ModifyVolumeStatus?
PersistentVolumeClaimCondition type*:s+ status*:s+ lastProbeTime:t+ lastTransitionTime:t+ reason:s message:s
ModifyVolumeStatus targetVolumeAttributesClassName:s status*:s+
PersistentVolume metadata:ObjectMeta+ spec:PersistentVolumeSpec+ status:PersistentVolumeStatus+
PersistentVolumeSpec capacity:{q} gcePersistentDisk:GCEPersistentDiskVolumeSource?#2.1
  awsElasticBlockStore:AWSElasticBlockStoreVolumeSource?#2.2 hostPath:HostPathVolumeSource?#2.3
  glusterfs:GlusterfsPersistentVolumeSource?#2.4 nfs:NFSVolumeSource?#2.5 rbd:RBDPersistentVolumeSource?#2.6
  iscsi:ISCSIPersistentVolumeSource?#2.7 cinder:CinderPersistentVolumeSource?#2.8
  cephfs:CephFSPersistentVolumeSource?#2.9 fc:FCVolumeSource?#2.10 flocker:FlockerVolumeSource?#2.11
  flexVolume:FlexPersistentVolumeSource?#2.12 azureFile:AzureFilePersistentVolumeSource?#2.13
  vsphereVolume:VsphereVirtualDiskVolumeSource?#2.14 quobyte:QuobyteVolumeSource?#2.15
  azureDisk:AzureDiskVolumeSource?#2.16 photonPersistentDisk:PhotonPersistentDiskVolumeSource?#2.17
  portworxVolume:PortworxVolumeSource?#2.18 scaleIO:ScaleIOPersistentVolumeSource?#2.19 local:LocalVolumeSource?#2.20
  storageos:StorageOSPersistentVolumeSource?#2.21 csi:CSIPersistentVolumeSource?#2.22 accessModes:[s]#3
  claimRef:ObjectReference? persistentVolumeReclaimPolicy:s storageClassName:s mountOptions:[s] volumeMode:s?
  nodeAffinity:VolumeNodeAffinity? volumeAttributesClassName:s?
AzureFilePersistentVolumeSource secretName*:s+ shareName*:s+ readOnly:b secretNamespace:s?
CephFSPersistentVolumeSource monitors*:[s]+ path:s user:s secretFile:s secretRef:SecretReference? readOnly:b
SecretReference @atomic name:s namespace:s
CinderPersistentVolumeSource volumeID*:s+ fsType:s readOnly:b secretRef:SecretReference?
CSIPersistentVolumeSource driver*:s+ volumeHandle*:s+ readOnly:b fsType:s volumeAttributes:{s}
  controllerPublishSecretRef:SecretReference? nodeStageSecretRef:SecretReference?
  nodePublishSecretRef:SecretReference? controllerExpandSecretRef:SecretReference?
  nodeExpandSecretRef:SecretReference?
FlexPersistentVolumeSource driver*:s+ fsType:s secretRef:SecretReference? readOnly:b options:{s}
GlusterfsPersistentVolumeSource endpoints*:s+ path*:s+ readOnly:b endpointsNamespace:s?
ISCSIPersistentVolumeSource targetPortal*:s+ iqn*:s+ lun*:i+ iscsiInterface:s fsType:s readOnly:b portals:[s]
  chapAuthDiscovery:b secretRef:SecretReference?#10 chapAuthSession:b initiatorName:s?
LocalVolumeSource path*:s+ fsType:s?
VolumeNodeAffinity required:NodeSelector?
RBDPersistentVolumeSource monitors*:[s]+ image*:s+ fsType:s pool:s user:s keyring:s secretRef:SecretReference?
  readOnly:b
ScaleIOPersistentVolumeSource gateway*:s+ system*:s+ secretRef*:SecretReference? sslEnabled:b protectionDomain:s
  storagePool:s storageMode:s volumeName:s fsType:s readOnly:b
StorageOSPersistentVolumeSource volumeName:s volumeNamespace:s fsType:s readOnly:b secretRef:ObjectReference?
PersistentVolumeStatus phase:s message:s reason:s lastPhaseTransitionTime:t?
LimitRange metadata:ObjectMeta+ spec:LimitRangeSpec+
LimitRangeSpec limits*:[LimitRangeItem]+
LimitRangeItem type*:s+ max:{q} min:{q} default:{q} defaultRequest:{q} maxLimitRequestRatio:{q}
ResourceQuota metadata:ObjectMeta+ spec:ResourceQuotaSpec+ status:ResourceQuotaStatus+
ResourceQuotaSpec hard:{q} scopes:[s] scopeSelector:ScopeSelector?
ScopeSelector @atomic matchExpressions:[ScopedResourceSelectorRequirement]
ScopedResourceSelectorRequirement scopeName*:s+ operator*:s+ values:[s]
ResourceQuotaStatus hard:{q} used:{q}
ReplicationController metadata:ObjectMeta+ spec:ReplicationControllerSpec+ status:ReplicationControllerStatus+
ReplicationControllerSpec replicas:i? selector:{s}! template:PodTemplateSpec? minReadySeconds:i
ReplicationControllerStatus replicas*:i+ fullyLabeledReplicas:i observedGeneration:l readyReplicas:i
  availableReplicas:i conditions:[ReplicationControllerCondition]=type
ReplicationControllerCondition type*:s+ status*:s+ lastTransitionTime:t+ reason:s message:s
`;
