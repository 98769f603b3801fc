/** Fields of core/v1: pods; the notation is explained in ../type-table.ts. */
export const podsTypes = `
# core/v1: pods
Pod metadata:ObjectMeta+ spec:PodSpec+ status:PodStatus+
PodSpec volumes:[Volume]=name containers*:[Container]=name+ restartPolicy:s terminationGracePeriodSeconds:l?
  activeDeadlineSeconds:l? dnsPolicy:s nodeSelector:{s}! serviceAccountName:s serviceAccount:s nodeName:s
  hostNetwork:b hostPID:b hostIPC:b securityContext:PodSecurityContext? imagePullSecrets:[LocalObjectReference]=name
  hostname:s subdomain:s affinity:Affinity? schedulerName:s initContainers:[Container]=name
  automountServiceAccountToken:b? tolerations:[Toleration] hostAliases:[HostAlias]=ip priorityClassName:s priority:i?
  dnsConfig:PodDNSConfig? shareProcessNamespace:b? readinessGates:[PodReadinessGate] runtimeClassName:s?
  enableServiceLinks:b? preemptionPolicy:s? overhead:{q}
  topologySpreadConstraints:[TopologySpreadConstraint]=topologyKey,whenUnsatisfiable
  ephemeralContainers:[EphemeralContainer]=name setHostnameAsFQDN:b? os:PodOS? hostUsers:b?
  schedulingGates:[PodSchedulingGate]=name resourceClaims:[PodResourceClaim]=name resources:ResourceRequirements?
  hostnameOverride:s? schedulingGroup:PodSchedulingGroup?#43
Affinity nodeAffinity:NodeAffinity? podAffinity:PodAffinity? podAntiAffinity:PodAntiAffinity?
NodeAffinity requiredDuringSchedulingIgnoredDuringExecution:NodeSelector?
  preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm]
PreferredSchedulingTerm weight*:i+ preference*:NodeSelectorTerm+
NodeSelectorTerm @atomic matchExpressions:[NodeSelectorRequirement] matchFields:[NodeSelectorRequirement]
NodeSelectorRequirement key*:s+ operator*:s+ values:[s]
NodeSelector @atomic nodeSelectorTerms*:[NodeSelectorTerm]+
PodAffinity requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]
  preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm]
WeightedPodAffinityTerm weight*:i+ podAffinityTerm*:PodAffinityTerm+
PodAffinityTerm labelSelector:LabelSelector? namespaces:[s] topologyKey*:s+ namespaceSelector:LabelSelector?
  matchLabelKeys:[s] mismatchLabelKeys:[s]
LabelSelector @atomic matchLabels:{s} matchExpressions:[LabelSelectorRequirement]
LabelSelectorRequirement key*:s+ operator*:s+ values:[s]
PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]
  preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm]
Container name*:s+ image:s command:[s] args:[s] workingDir:s ports:[ContainerPort]=containerPort,protocol
  env:[EnvVar]=name resources:ResourceRequirements+ volumeMounts:[VolumeMount]=mountPath livenessProbe:Probe?
  readinessProbe:Probe? lifecycle:Lifecycle? terminationMessagePath:s imagePullPolicy:s
  securityContext:SecurityContext? stdin:b stdinOnce:b tty:b envFrom:[EnvFromSource] terminationMessagePolicy:s
  volumeDevices:[VolumeDevice]=devicePath startupProbe:Probe? resizePolicy:[ContainerResizePolicy] restartPolicy:s?
  restartPolicyRules:[ContainerRestartRule]
EnvVar name*:s+ value:s valueFrom:EnvVarSource?
EnvVarSource fieldRef:ObjectFieldSelector? resourceFieldRef:ResourceFieldSelector?
  configMapKeyRef:ConfigMapKeySelector? secretKeyRef:SecretKeySelector? fileKeyRef:FileKeySelector?
ConfigMapKeySelector @atomic name:s#1.1 key*:s+#2 optional:b?
ObjectFieldSelector @atomic apiVersion:s fieldPath*:s+
FileKeySelector @atomic volumeName*:s+ path*:s+ key*:s+ optional:b?
ResourceFieldSelector @atomic containerName:s resource*:s+ divisor:q
SecretKeySelector @atomic name:s#1.1 key*:s+#2 optional:b?
EnvFromSource prefix:s configMapRef:ConfigMapEnvSource? secretRef:SecretEnvSource?
ConfigMapEnvSource name:s#1.1 optional:b?#2
SecretEnvSource name:s#1.1 optional:b?#2
Lifecycle postStart:LifecycleHandler? preStop:LifecycleHandler? stopSignal:s?
LifecycleHandler exec:ExecAction? httpGet:HTTPGetAction? tcpSocket:TCPSocketAction? sleep:SleepAction?
ExecAction command:[s]
HTTPGetAction path:s port*:x+ host:s scheme:s httpHeaders:[HTTPHeader]
HTTPHeader name*:s+ value*:s+
SleepAction seconds*:l+
TCPSocketAction port*:x+ host:s
Probe exec:ExecAction?#1.1 httpGet:HTTPGetAction?#1.2 tcpSocket:TCPSocketAction?#1.3 grpc:GRPCAction?#1.4
  initialDelaySeconds:i#2 timeoutSeconds:i periodSeconds:i successThreshold:i failureThreshold:i
  terminationGracePeriodSeconds:l?
GRPCAction port*:i+ service:s?
ContainerPort name:s hostPort:i containerPort*:i+ protocol:p hostIP:s
ContainerResizePolicy resourceName*:s+ restartPolicy*:s+
ResourceRequirements limits:{q} requests:{q} claims:[ResourceClaim]=name
ResourceClaim name*:s+ request:s
ContainerRestartRule action*:s exitCodes:ContainerRestartRuleOnExitCodes?
ContainerRestartRuleOnExitCodes operator*:s values:[i]=set
SecurityContext capabilities:Capabilities? privileged:b? seLinuxOptions:SELinuxOptions? runAsUser:l? runAsNonRoot:b?
  readOnlyRootFilesystem:b? allowPrivilegeEscalation:b? runAsGroup:l? procMount:s?
  windowsOptions:WindowsSecurityContextOptions? seccompProfile:SeccompProfile? appArmorProfile:AppArmorProfile?
AppArmorProfile type*:s+ localhostProfile:s?
Capabilities add:[s] drop:[s]
SELinuxOptions user:s role:s type:s level:s
SeccompProfile type*:s+ localhostProfile:s?
WindowsSecurityContextOptions gmsaCredentialSpecName:s? gmsaCredentialSpec:s? runAsUserName:s? hostProcess:b?
VolumeDevice name*:s+ devicePath*:s+
VolumeMount name*:s+ readOnly:b mountPath*:s+ subPath:s mountPropagation:s? subPathExpr:s recursiveReadOnly:s?
PodDNSConfig nameservers:[s] searches:[s] options:[PodDNSConfigOption]
PodDNSConfigOption name:s value:s?
EphemeralContainer name*:s+#1.1 image:s#1.2 command:[s]#1.3 args:[s]#1.4 workingDir:s#1.5
  ports:[ContainerPort]=containerPort,protocol#1.6 env:[EnvVar]=name#1.7 resources:ResourceRequirements+#1.8
  volumeMounts:[VolumeMount]=mountPath#1.9 livenessProbe:Probe?#1.10 readinessProbe:Probe?#1.11
  lifecycle:Lifecycle?#1.12 terminationMessagePath:s#1.13 imagePullPolicy:s#1.14 securityContext:SecurityContext?#1.15
  stdin:b#1.16 stdinOnce:b#1.17 tty:b#1.18 envFrom:[EnvFromSource]#1.19 terminationMessagePolicy:s#1.20
  volumeDevices:[VolumeDevice]=devicePath#1.21 startupProbe:Probe?#1.22 resizePolicy:[ContainerResizePolicy]#1.23
  restartPolicy:s?#1.24 restartPolicyRules:[ContainerRestartRule]#1.25 targetContainerName:s#2
HostAlias ip*:s+ hostnames:[s]
LocalObjectReference @atomic name:s
PodOS name*:s+
PodReadinessGate conditionType*:s+
PodResourceClaim name*:s+ resourceClaimName:s?#3 resourceClaimTemplateName:s?
PodSchedulingGate name*:s+
PodSchedulingGroup podGroupName:s?
PodSecurityContext seLinuxOptions:SELinuxOptions? runAsUser:l? runAsNonRoot:b? supplementalGroups:[l] fsGroup:l?
  runAsGroup:l? sysctls:[Sysctl] windowsOptions:WindowsSecurityContextOptions? fsGroupChangePolicy:s?
  seccompProfile:SeccompProfile? appArmorProfile:AppArmorProfile? supplementalGroupsPolicy:s? seLinuxChangePolicy:s?
Sysctl name*:s+ value*:s+
Toleration key:s operator:s value:s effect:s tolerationSeconds:l?
TopologySpreadConstraint maxSkew*:i+ topologyKey*:s+ whenUnsatisfiable*:s+ labelSelector:LabelSelector? minDomains:i?
  nodeAffinityPolicy:s? nodeTaintsPolicy:s? matchLabelKeys:[s]
Volume name*:s+ hostPath:HostPathVolumeSource?#2.1 emptyDir:EmptyDirVolumeSource?#2.2
  gcePersistentDisk:GCEPersistentDiskVolumeSource?#2.3 awsElasticBlockStore:AWSElasticBlockStoreVolumeSource?#2.4
  gitRepo:GitRepoVolumeSource?#2.5 secret:SecretVolumeSource?#2.6 nfs:NFSVolumeSource?#2.7
  iscsi:ISCSIVolumeSource?#2.8 glusterfs:GlusterfsVolumeSource?#2.9
  persistentVolumeClaim:PersistentVolumeClaimVolumeSource?#2.10 rbd:RBDVolumeSource?#2.11
  flexVolume:FlexVolumeSource?#2.12 cinder:CinderVolumeSource?#2.13 cephfs:CephFSVolumeSource?#2.14
  flocker:FlockerVolumeSource?#2.15 downwardAPI:DownwardAPIVolumeSource?#2.16 fc:FCVolumeSource?#2.17
  azureFile:AzureFileVolumeSource?#2.18 configMap:ConfigMapVolumeSource?#2.19
  vsphereVolume:VsphereVirtualDiskVolumeSource?#2.20 quobyte:QuobyteVolumeSource?#2.21
  azureDisk:AzureDiskVolumeSource?#2.22 photonPersistentDisk:PhotonPersistentDiskVolumeSource?#2.23
  portworxVolume:PortworxVolumeSource?#2.24 scaleIO:ScaleIOVolumeSource?#2.25 projected:ProjectedVolumeSource?#2.26
  storageos:StorageOSVolumeSource?#2.27 csi:CSIVolumeSource?#2.28 ephemeral:EphemeralVolumeSource?#2.29
  image:ImageVolumeSource?#2.30
AWSElasticBlockStoreVolumeSource volumeID*:s+ fsType:s partition:i readOnly:b
AzureDiskVolumeSource diskName*:s+ diskURI*:s+ cachingMode:s? fsType:s? readOnly:b? kind:s?
AzureFileVolumeSource secretName*:s+ shareName*:s+ readOnly:b
CephFSVolumeSource monitors*:[s]+ path:s user:s secretFile:s secretRef:LocalObjectReference? readOnly:b
CinderVolumeSource volumeID*:s+ fsType:s readOnly:b secretRef:LocalObjectReference?
ConfigMapVolumeSource name:s#1.1 items:[KeyToPath]#2 defaultMode:i? optional:b?
KeyToPath key*:s+ path*:s+ mode:i?
CSIVolumeSource driver*:s+ readOnly:b? fsType:s? volumeAttributes:{s} nodePublishSecretRef:LocalObjectReference?
DownwardAPIVolumeSource items:[DownwardAPIVolumeFile] defaultMode:i?
DownwardAPIVolumeFile path*:s+ fieldRef:ObjectFieldSelector? resourceFieldRef:ResourceFieldSelector? mode:i?
EmptyDirVolumeSource medium:s sizeLimit:q?
EphemeralVolumeSource volumeClaimTemplate:PersistentVolumeClaimTemplate?
PersistentVolumeClaimTemplate metadata:ObjectMeta+ spec*:PersistentVolumeClaimSpec+
PersistentVolumeClaimSpec accessModes:[s] resources:VolumeResourceRequirements+ volumeName:s selector:LabelSelector?
  storageClassName:s? volumeMode:s? dataSource:TypedLocalObjectReference? dataSourceRef:TypedObjectReference?
  volumeAttributesClassName:s?
TypedLocalObjectReference @atomic apiGroup:s? kind*:s+ name*:s+
TypedObjectReference apiGroup:s? kind*:s+ name*:s+ namespace:s?
VolumeResourceRequirements limits:{q} requests:{q}
FCVolumeSource targetWWNs:[s] lun:i? fsType:s readOnly:b wwids:[s]
FlexVolumeSource driver*:s+ fsType:s secretRef:LocalObjectReference? readOnly:b options:{s}
FlockerVolumeSource datasetName:s datasetUUID:s
GCEPersistentDiskVolumeSource pdName*:s+ fsType:s partition:i readOnly:b
GitRepoVolumeSource repository*:s+ revision:s directory:s
GlusterfsVolumeSource endpoints*:s+ path*:s+ readOnly:b
HostPathVolumeSource path*:s+ type:s?
ImageVolumeSource reference:s pullPolicy:s
ISCSIVolumeSource targetPortal*:s+ iqn*:s+ lun*:i+ iscsiInterface:s fsType:s readOnly:b portals:[s]
  chapAuthDiscovery:b secretRef:LocalObjectReference?#10 chapAuthSession:b initiatorName:s?
NFSVolumeSource server*:s+ path*:s+ readOnly:b
PersistentVolumeClaimVolumeSource claimName*:s+ readOnly:b
PhotonPersistentDiskVolumeSource pdID*:s+ fsType:s
PortworxVolumeSource volumeID*:s+ fsType:s readOnly:b
ProjectedVolumeSource sources:[VolumeProjection]+ defaultMode:i?
VolumeProjection secret:SecretProjection? downwardAPI:DownwardAPIProjection? configMap:ConfigMapProjection?
  serviceAccountToken:ServiceAccountTokenProjection? clusterTrustBundle:ClusterTrustBundleProjection?
  podCertificate:PodCertificateProjection?
ClusterTrustBundleProjection name:s? signerName:s? labelSelector:LabelSelector? path*:s+ optional:b?
ConfigMapProjection name:s#1.1 items:[KeyToPath]#2 optional:b?#4
DownwardAPIProjection items:[DownwardAPIVolumeFile]
PodCertificateProjection signerName*:s keyType*:s maxExpirationSeconds:i? credentialBundlePath:s keyPath:s
  certificateChainPath:s userAnnotations:{s}
SecretProjection name:s#1.1 items:[KeyToPath]#2 optional:b?#4
ServiceAccountTokenProjection audience:s expirationSeconds:l? path*:s+
QuobyteVolumeSource registry*:s+ volume*:s+ readOnly:b user:s group:s tenant:s
RBDVolumeSource monitors*:[s]+ image*:s+ fsType:s pool:s user:s keyring:s secretRef:LocalObjectReference? readOnly:b
ScaleIOVolumeSource gateway*:s+ system*:s+ secretRef*:LocalObjectReference? sslEnabled:b protectionDomain:s
  storagePool:s storageMode:s volumeName:s fsType:s readOnly:b
SecretVolumeSource secretName:s items:[KeyToPath] defaultMode:i? optional:b?
StorageOSVolumeSource volumeName:s volumeNamespace:s fsType:s readOnly:b secretRef:LocalObjectReference?
VsphereVirtualDiskVolumeSource volumePath*:s+ fsType:s storagePolicyName:s storagePolicyID:s
PodStatus phase:s conditions:[PodCondition]=type message:s reason:s hostIP:s podIP:s startTime:t?
  containerStatuses:[ContainerStatus] qosClass:s initContainerStatuses:[ContainerStatus] nominatedNodeName:s
  podIPs:[PodIP]=ip ephemeralContainerStatuses:[ContainerStatus] resize:s
  resourceClaimStatuses:[PodResourceClaimStatus]=name hostIPs:[HostIP] observedGeneration:l
  extendedResourceClaimStatus:PodExtendedResourceClaimStatus? allocatedResources:{q} resources:ResourceRequirements?
  nodeAllocatableResourceClaimStatuses:[NodeAllocatableResourceClaimStatus]
PodCondition type*:s+ status*:s+ lastProbeTime:t+ lastTransitionTime:t+ reason:s message:s observedGeneration:l
ContainerStatus name*:s+ state:ContainerState+ lastState:ContainerState+ ready*:b+ restartCount*:i+ image*:s+
  imageID*:s+ containerID:s started:b? allocatedResources:{q} resources:ResourceRequirements?
  volumeMounts:[VolumeMountStatus]=mountPath user:ContainerUser? allocatedResourcesStatus:[ResourceStatus]=name
  stopSignal:s?
ResourceStatus name*:s+ resources:[ResourceHealth]=resourceID
ResourceHealth resourceID*:s+ health:s message:s?#6
ContainerState waiting:ContainerStateWaiting? running:ContainerStateRunning? terminated:ContainerStateTerminated?
ContainerStateRunning startedAt:t+
ContainerStateTerminated exitCode*:i+ signal:i reason:s message:s startedAt:t+ finishedAt:t+ containerID:s
ContainerStateWaiting reason:s message:s
ContainerUser linux:LinuxContainerUser?
LinuxContainerUser uid*:l+ gid*:l+ supplementalGroups:[l]
VolumeMountStatus name*:s+ mountPath*:s+ readOnly:b recursiveReadOnly:s? volumeStatus:VolumeStatus?
VolumeStatus image:ImageVolumeStatus?
ImageVolumeStatus imageRef*:s
PodExtendedResourceClaimStatus requestMappings*:[ContainerExtendedResourceRequest]+ resourceClaimName*:s+
ContainerExtendedResourceRequest containerName*:s+ resourceName*:s+ requestName*:s+
HostIP ip*:s+
NodeAllocatableResourceClaimStatus resourceClaimName*:s+ containers:[s]=set resources*:{q}+
PodIP ip*:s+
PodResourceClaimStatus name*:s+ resourceClaimName:s?
PodTemplate metadata:ObjectMeta+ template:PodTemplateSpec+
PodTemplateSpec metadata:ObjectMeta+ spec:PodSpec+
`;
