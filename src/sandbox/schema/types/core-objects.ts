/** Fields of core/v1: configuration, nodes, storage; the notation is explained in ../type-table.ts. */
export const coreObjectsTypes = `
# core/v1: configuration, nodes, storage
Secret data:{y} immutable:b? metadata:ObjectMeta+ stringData:{s} type:s
ConfigMap binaryData:{y} data:{s} immutable:b? metadata:ObjectMeta+
ServiceAccount automountServiceAccountToken:b? imagePullSecrets:[LocalObjectReference] metadata:ObjectMeta+
  secrets:[ObjectReference]=name
Namespace metadata:ObjectMeta+ spec:NamespaceSpec+ status:NamespaceStatus+
NamespaceSpec finalizers:[s]
NamespaceStatus conditions:[NamespaceCondition]=type phase:s
NamespaceCondition lastTransitionTime:t+ message:s reason:s status*:s+ type*:s+
Node metadata:ObjectMeta+ spec:NodeSpec+ status:NodeStatus+
NodeSpec configSource:NodeConfigSource? externalID:s podCIDR:s podCIDRs:[s]=set providerID:s taints:[Taint]
  unschedulable:b
NodeConfigSource configMap:ConfigMapNodeConfigSource?
ConfigMapNodeConfigSource kubeletConfigKey*:s+ name*:s+ namespace*:s+ resourceVersion:s uid:s
Taint effect*:s+ key*:s+ timeAdded:t? value:s
NodeStatus addresses:[NodeAddress]=type allocatable:{q} capacity:{q} conditions:[NodeCondition]=type
  config:NodeConfigStatus? daemonEndpoints:NodeDaemonEndpoints+ declaredFeatures:[s] features:NodeFeatures?
  images:[ContainerImage] nodeInfo:NodeSystemInfo+ phase:s runtimeHandlers:[NodeRuntimeHandler]
  volumesAttached:[AttachedVolume] volumesInUse:[s]
NodeAddress address*:s+ type*:s+
NodeCondition lastHeartbeatTime:t+ lastTransitionTime:t+ message:s reason:s status*:s+ type*:s+
NodeConfigStatus active:NodeConfigSource? assigned:NodeConfigSource? error:s lastKnownGood:NodeConfigSource?
NodeDaemonEndpoints kubeletEndpoint:DaemonEndpoint+
DaemonEndpoint Port*:i+
NodeFeatures supplementalGroupsPolicy:b?
ContainerImage names:[s]+ sizeBytes:l
NodeSystemInfo architecture*:s+ bootID*:s+ containerRuntimeVersion*:s+ kernelVersion*:s+ kubeProxyVersion*:s+
  kubeletVersion*:s+ machineID*:s+ operatingSystem*:s+ osImage*:s+ swap:NodeSwapStatus? systemUUID*:s+
NodeSwapStatus capacity:l?
NodeRuntimeHandler features:NodeRuntimeHandlerFeatures? name:s+
NodeRuntimeHandlerFeatures recursiveReadOnlyMounts:b? userNamespaces:b?
AttachedVolume devicePath*:s+ name*:s+
Event action:s count:i eventTime:u+ firstTimestamp:t+ involvedObject*:ObjectReference+ lastTimestamp:t+ message:s
  metadata*:ObjectMeta+ reason:s related:ObjectReference? reportingComponent:s+ reportingInstance:s+
  series:EventSeries? source:EventSource+ type:s
EventSeries count:i lastObservedTime:u+
EventSource component:s host:s
PersistentVolumeClaim metadata:ObjectMeta+ spec:PersistentVolumeClaimSpec+ status:PersistentVolumeClaimStatus+
PersistentVolumeClaimStatus accessModes:[s] allocatedResourceStatuses:{s} allocatedResources:{q} capacity:{q}
  conditions:[PersistentVolumeClaimCondition]=type currentVolumeAttributesClassName:s?
  modifyVolumeStatus:ModifyVolumeStatus? phase:s
PersistentVolumeClaimCondition lastProbeTime:t+ lastTransitionTime:t+ message:s reason:s status*:s+ type*:s+
ModifyVolumeStatus status*:s+ targetVolumeAttributesClassName:s
PersistentVolume metadata:ObjectMeta+ spec:PersistentVolumeSpec+ status:PersistentVolumeStatus+
PersistentVolumeSpec accessModes:[s] awsElasticBlockStore:AWSElasticBlockStoreVolumeSource?
  azureDisk:AzureDiskVolumeSource? azureFile:AzureFilePersistentVolumeSource? capacity:{q}
  cephfs:CephFSPersistentVolumeSource? cinder:CinderPersistentVolumeSource? claimRef:ObjectReference?
  csi:CSIPersistentVolumeSource? fc:FCVolumeSource? flexVolume:FlexPersistentVolumeSource?
  flocker:FlockerVolumeSource? gcePersistentDisk:GCEPersistentDiskVolumeSource?
  glusterfs:GlusterfsPersistentVolumeSource? hostPath:HostPathVolumeSource? iscsi:ISCSIPersistentVolumeSource?
  local:LocalVolumeSource? mountOptions:[s] nfs:NFSVolumeSource? nodeAffinity:VolumeNodeAffinity?
  persistentVolumeReclaimPolicy:s photonPersistentDisk:PhotonPersistentDiskVolumeSource?
  portworxVolume:PortworxVolumeSource? quobyte:QuobyteVolumeSource? rbd:RBDPersistentVolumeSource?
  scaleIO:ScaleIOPersistentVolumeSource? storageClassName:s storageos:StorageOSPersistentVolumeSource?
  volumeAttributesClassName:s? volumeMode:s? vsphereVolume:VsphereVirtualDiskVolumeSource?
AzureFilePersistentVolumeSource readOnly:b secretName*:s+ secretNamespace:s? shareName*:s+
CephFSPersistentVolumeSource monitors*:[s]+ path:s readOnly:b secretFile:s secretRef:SecretReference? user:s
SecretReference @atomic name:s namespace:s
CinderPersistentVolumeSource fsType:s readOnly:b secretRef:SecretReference? volumeID*:s+
CSIPersistentVolumeSource controllerExpandSecretRef:SecretReference? controllerPublishSecretRef:SecretReference?
  driver*:s+ fsType:s nodeExpandSecretRef:SecretReference? nodePublishSecretRef:SecretReference?
  nodeStageSecretRef:SecretReference? readOnly:b volumeAttributes:{s} volumeHandle*:s+
FlexPersistentVolumeSource driver*:s+ fsType:s options:{s} readOnly:b secretRef:SecretReference?
GlusterfsPersistentVolumeSource endpoints*:s+ endpointsNamespace:s? path*:s+ readOnly:b
ISCSIPersistentVolumeSource chapAuthDiscovery:b chapAuthSession:b fsType:s initiatorName:s? iqn*:s+ iscsiInterface:s
  lun*:i+ portals:[s] readOnly:b secretRef:SecretReference? targetPortal*:s+
LocalVolumeSource fsType:s? path*:s+
VolumeNodeAffinity required:NodeSelector?
RBDPersistentVolumeSource fsType:s image*:s+ keyring:s monitors*:[s]+ pool:s readOnly:b secretRef:SecretReference?
  user:s
ScaleIOPersistentVolumeSource fsType:s gateway*:s+ protectionDomain:s readOnly:b secretRef*:SecretReference?
  sslEnabled:b storageMode:s storagePool:s system*:s+ volumeName:s
StorageOSPersistentVolumeSource fsType:s readOnly:b secretRef:ObjectReference? volumeName:s volumeNamespace:s
PersistentVolumeStatus lastPhaseTransitionTime:t? message:s phase:s reason:s
LimitRange metadata:ObjectMeta+ spec:LimitRangeSpec+
LimitRangeSpec limits*:[LimitRangeItem]+
LimitRangeItem default:{q} defaultRequest:{q} max:{q} maxLimitRequestRatio:{q} min:{q} type*:s+
ResourceQuota metadata:ObjectMeta+ spec:ResourceQuotaSpec+ status:ResourceQuotaStatus+
ResourceQuotaSpec hard:{q} scopeSelector:ScopeSelector? scopes:[s]
ScopeSelector @atomic matchExpressions:[ScopedResourceSelectorRequirement]
ScopedResourceSelectorRequirement operator*:s+ scopeName*:s+ values:[s]
ResourceQuotaStatus hard:{q} used:{q}
ReplicationController metadata:ObjectMeta+ spec:ReplicationControllerSpec+ status:ReplicationControllerStatus+
ReplicationControllerSpec minReadySeconds:i replicas:i? selector:{s}! template:PodTemplateSpec?
ReplicationControllerStatus availableReplicas:i conditions:[ReplicationControllerCondition]=type
  fullyLabeledReplicas:i observedGeneration:l readyReplicas:i replicas*:i+
ReplicationControllerCondition lastTransitionTime:t+ message:s reason:s status*:s+ type*:s+
`;
