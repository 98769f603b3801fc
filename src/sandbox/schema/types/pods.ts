/** Fields of core/v1: pods; the notation is explained in ../type-table.ts. */
export const podsTypes = `
# core/v1: pods
Pod metadata:ObjectMeta+ spec:PodSpec+ status:PodStatus+
PodSpec activeDeadlineSeconds:l? affinity:Affinity? automountServiceAccountToken:b? containers*:[Container]=name+
  dnsConfig:PodDNSConfig? dnsPolicy:s enableServiceLinks:b? ephemeralContainers:[EphemeralContainer]=name
  hostAliases:[HostAlias]=ip hostIPC:b hostNetwork:b hostPID:b hostUsers:b? hostname:s hostnameOverride:s?
  imagePullSecrets:[LocalObjectReference]=name initContainers:[Container]=name nodeName:s nodeSelector:{s}! os:PodOS?
  overhead:{q} preemptionPolicy:s? priority:i? priorityClassName:s readinessGates:[PodReadinessGate]
  resourceClaims:[PodResourceClaim]=name resources:ResourceRequirements? restartPolicy:s runtimeClassName:s?
  schedulerName:s schedulingGates:[PodSchedulingGate]=name schedulingGroup:PodSchedulingGroup?
  securityContext:PodSecurityContext? serviceAccount:s serviceAccountName:s setHostnameAsFQDN:b?
  shareProcessNamespace:b? subdomain:s terminationGracePeriodSeconds:l? tolerations:[Toleration]
  topologySpreadConstraints:[TopologySpreadConstraint]=topologyKey,whenUnsatisfiable volumes:[Volume]=name
Affinity nodeAffinity:NodeAffinity? podAffinity:PodAffinity? podAntiAffinity:PodAntiAffinity?
NodeAffinity preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm]
  requiredDuringSchedulingIgnoredDuringExecution:NodeSelector?
PreferredSchedulingTerm preference*:NodeSelectorTerm+ weight*:i+
NodeSelectorTerm @atomic matchExpressions:[NodeSelectorRequirement] matchFields:[NodeSelectorRequirement]
NodeSelectorRequirement key*:s+ operator*:s+ values:[s]
NodeSelector @atomic nodeSelectorTerms*:[NodeSelectorTerm]+
PodAffinity preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm]
  requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]
WeightedPodAffinityTerm podAffinityTerm*:PodAffinityTerm+ weight*:i+
PodAffinityTerm labelSelector:LabelSelector? matchLabelKeys:[s] mismatchLabelKeys:[s] namespaceSelector:LabelSelector?
  namespaces:[s] topologyKey*:s+
LabelSelector @atomic matchExpressions:[LabelSelectorRequirement] matchLabels:{s}
LabelSelectorRequirement key*:s+ operator*:s+ values:[s]
PodAntiAffinity preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm]
  requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]
Container args:[s] command:[s] env:[EnvVar]=name envFrom:[EnvFromSource] image:s imagePullPolicy:s
  lifecycle:Lifecycle? livenessProbe:Probe? name*:s+ ports:[ContainerPort]=containerPort,protocol
  readinessProbe:Probe? resizePolicy:[ContainerResizePolicy] resources:ResourceRequirements+ restartPolicy:s?
  restartPolicyRules:[ContainerRestartRule] securityContext:SecurityContext? startupProbe:Probe? stdin:b stdinOnce:b
  terminationMessagePath:s terminationMessagePolicy:s tty:b volumeDevices:[VolumeDevice]=devicePath
  volumeMounts:[VolumeMount]=mountPath workingDir:s
EnvVar name*:s+ value:s valueFrom:EnvVarSource?
EnvVarSource configMapKeyRef:ConfigMapKeySelector? fieldRef:ObjectFieldSelector? fileKeyRef:FileKeySelector?
  resourceFieldRef:ResourceFieldSelector? secretKeyRef:SecretKeySelector?
ConfigMapKeySelector @atomic key*:s+ name:s optional:b?
ObjectFieldSelector @atomic apiVersion:s fieldPath*:s+
FileKeySelector @atomic key*:s+ optional:b? path*:s+ volumeName*:s+
ResourceFieldSelector @atomic containerName:s divisor:q resource*:s+
SecretKeySelector @atomic key*:s+ name:s optional:b?
EnvFromSource configMapRef:ConfigMapEnvSource? prefix:s secretRef:SecretEnvSource?
ConfigMapEnvSource name:s optional:b?
SecretEnvSource name:s optional:b?
Lifecycle postStart:LifecycleHandler? preStop:LifecycleHandler? stopSignal:s?
LifecycleHandler exec:ExecAction? httpGet:HTTPGetAction? sleep:SleepAction? tcpSocket:TCPSocketAction?
ExecAction command:[s]
HTTPGetAction host:s httpHeaders:[HTTPHeader] path:s port*:x+ scheme:s
HTTPHeader name*:s+ value*:s+
SleepAction seconds*:l+
TCPSocketAction host:s port*:x+
Probe exec:ExecAction? failureThreshold:i grpc:GRPCAction? httpGet:HTTPGetAction? initialDelaySeconds:i
  periodSeconds:i successThreshold:i tcpSocket:TCPSocketAction? terminationGracePeriodSeconds:l? timeoutSeconds:i
GRPCAction port*:i+ service:s?
ContainerPort containerPort*:i+ hostIP:s hostPort:i name:s protocol:p
ContainerResizePolicy resourceName*:s+ restartPolicy*:s+
ResourceRequirements claims:[ResourceClaim]=name limits:{q} requests:{q}
ResourceClaim name*:s+ request:s
ContainerRestartRule action*:s exitCodes:ContainerRestartRuleOnExitCodes?
ContainerRestartRuleOnExitCodes operator*:s values:[i]=set
SecurityContext allowPrivilegeEscalation:b? appArmorProfile:AppArmorProfile? capabilities:Capabilities? privileged:b?
  procMount:s? readOnlyRootFilesystem:b? runAsGroup:l? runAsNonRoot:b? runAsUser:l? seLinuxOptions:SELinuxOptions?
  seccompProfile:SeccompProfile? windowsOptions:WindowsSecurityContextOptions?
AppArmorProfile localhostProfile:s? type*:s+
Capabilities add:[s] drop:[s]
SELinuxOptions level:s role:s type:s user:s
SeccompProfile localhostProfile:s? type*:s+
WindowsSecurityContextOptions gmsaCredentialSpec:s? gmsaCredentialSpecName:s? hostProcess:b? runAsUserName:s?
VolumeDevice devicePath*:s+ name*:s+
VolumeMount mountPath*:s+ mountPropagation:s? name*:s+ readOnly:b recursiveReadOnly:s? subPath:s subPathExpr:s
PodDNSConfig nameservers:[s] options:[PodDNSConfigOption] searches:[s]
PodDNSConfigOption name:s value:s?
EphemeralContainer args:[s] command:[s] env:[EnvVar]=name envFrom:[EnvFromSource] image:s imagePullPolicy:s
  lifecycle:Lifecycle? livenessProbe:Probe? name*:s+ ports:[ContainerPort]=containerPort,protocol
  readinessProbe:Probe? resizePolicy:[ContainerResizePolicy] resources:ResourceRequirements+ restartPolicy:s?
  restartPolicyRules:[ContainerRestartRule] securityContext:SecurityContext? startupProbe:Probe? stdin:b stdinOnce:b
  targetContainerName:s terminationMessagePath:s terminationMessagePolicy:s tty:b
  volumeDevices:[VolumeDevice]=devicePath volumeMounts:[VolumeMount]=mountPath workingDir:s
HostAlias hostnames:[s] ip*:s+
LocalObjectReference @atomic name:s
PodOS name*:s+
PodReadinessGate conditionType*:s+
PodResourceClaim name*:s+ resourceClaimName:s? resourceClaimTemplateName:s?
PodSchedulingGate name*:s+
PodSchedulingGroup podGroupName:s?
PodSecurityContext appArmorProfile:AppArmorProfile? fsGroup:l? fsGroupChangePolicy:s? runAsGroup:l? runAsNonRoot:b?
  runAsUser:l? seLinuxChangePolicy:s? seLinuxOptions:SELinuxOptions? seccompProfile:SeccompProfile?
  supplementalGroups:[l] supplementalGroupsPolicy:s? sysctls:[Sysctl] windowsOptions:WindowsSecurityContextOptions?
Sysctl name*:s+ value*:s+
Toleration effect:s key:s operator:s tolerationSeconds:l? value:s
TopologySpreadConstraint labelSelector:LabelSelector? matchLabelKeys:[s] maxSkew*:i+ minDomains:i?
  nodeAffinityPolicy:s? nodeTaintsPolicy:s? topologyKey*:s+ whenUnsatisfiable*:s+
Volume awsElasticBlockStore:AWSElasticBlockStoreVolumeSource? azureDisk:AzureDiskVolumeSource?
  azureFile:AzureFileVolumeSource? cephfs:CephFSVolumeSource? cinder:CinderVolumeSource?
  configMap:ConfigMapVolumeSource? csi:CSIVolumeSource? downwardAPI:DownwardAPIVolumeSource?
  emptyDir:EmptyDirVolumeSource? ephemeral:EphemeralVolumeSource? fc:FCVolumeSource? flexVolume:FlexVolumeSource?
  flocker:FlockerVolumeSource? gcePersistentDisk:GCEPersistentDiskVolumeSource? gitRepo:GitRepoVolumeSource?
  glusterfs:GlusterfsVolumeSource? hostPath:HostPathVolumeSource? image:ImageVolumeSource? iscsi:ISCSIVolumeSource?
  name*:s+ nfs:NFSVolumeSource? persistentVolumeClaim:PersistentVolumeClaimVolumeSource?
  photonPersistentDisk:PhotonPersistentDiskVolumeSource? portworxVolume:PortworxVolumeSource?
  projected:ProjectedVolumeSource? quobyte:QuobyteVolumeSource? rbd:RBDVolumeSource? scaleIO:ScaleIOVolumeSource?
  secret:SecretVolumeSource? storageos:StorageOSVolumeSource? vsphereVolume:VsphereVirtualDiskVolumeSource?
AWSElasticBlockStoreVolumeSource fsType:s partition:i readOnly:b volumeID*:s+
AzureDiskVolumeSource cachingMode:s? diskName*:s+ diskURI*:s+ fsType:s? kind:s? readOnly:b?
AzureFileVolumeSource readOnly:b secretName*:s+ shareName*:s+
CephFSVolumeSource monitors*:[s]+ path:s readOnly:b secretFile:s secretRef:LocalObjectReference? user:s
CinderVolumeSource fsType:s readOnly:b secretRef:LocalObjectReference? volumeID*:s+
ConfigMapVolumeSource defaultMode:i? items:[KeyToPath] name:s optional:b?
KeyToPath key*:s+ mode:i? path*:s+
CSIVolumeSource driver*:s+ fsType:s? nodePublishSecretRef:LocalObjectReference? readOnly:b? volumeAttributes:{s}
DownwardAPIVolumeSource defaultMode:i? items:[DownwardAPIVolumeFile]
DownwardAPIVolumeFile fieldRef:ObjectFieldSelector? mode:i? path*:s+ resourceFieldRef:ResourceFieldSelector?
EmptyDirVolumeSource medium:s sizeLimit:q?
EphemeralVolumeSource volumeClaimTemplate:PersistentVolumeClaimTemplate?
PersistentVolumeClaimTemplate metadata:ObjectMeta+ spec*:PersistentVolumeClaimSpec+
PersistentVolumeClaimSpec accessModes:[s] dataSource:TypedLocalObjectReference? dataSourceRef:TypedObjectReference?
  resources:VolumeResourceRequirements+ selector:LabelSelector? storageClassName:s? volumeAttributesClassName:s?
  volumeMode:s? volumeName:s
TypedLocalObjectReference @atomic apiGroup:s? kind*:s+ name*:s+
TypedObjectReference apiGroup:s? kind*:s+ name*:s+ namespace:s?
VolumeResourceRequirements limits:{q} requests:{q}
FCVolumeSource fsType:s lun:i? readOnly:b targetWWNs:[s] wwids:[s]
FlexVolumeSource driver*:s+ fsType:s options:{s} readOnly:b secretRef:LocalObjectReference?
FlockerVolumeSource datasetName:s datasetUUID:s
GCEPersistentDiskVolumeSource fsType:s partition:i pdName*:s+ readOnly:b
GitRepoVolumeSource directory:s repository*:s+ revision:s
GlusterfsVolumeSource endpoints*:s+ path*:s+ readOnly:b
HostPathVolumeSource path*:s+ type:s?
ImageVolumeSource pullPolicy:s reference:s
ISCSIVolumeSource chapAuthDiscovery:b chapAuthSession:b fsType:s initiatorName:s? iqn*:s+ iscsiInterface:s lun*:i+
  portals:[s] readOnly:b secretRef:LocalObjectReference? targetPortal*:s+
NFSVolumeSource path*:s+ readOnly:b server*:s+
PersistentVolumeClaimVolumeSource claimName*:s+ readOnly:b
PhotonPersistentDiskVolumeSource fsType:s pdID*:s+
PortworxVolumeSource fsType:s readOnly:b volumeID*:s+
ProjectedVolumeSource defaultMode:i? sources:[VolumeProjection]+
VolumeProjection clusterTrustBundle:ClusterTrustBundleProjection? configMap:ConfigMapProjection?
  downwardAPI:DownwardAPIProjection? podCertificate:PodCertificateProjection? secret:SecretProjection?
  serviceAccountToken:ServiceAccountTokenProjection?
ClusterTrustBundleProjection labelSelector:LabelSelector? name:s? optional:b? path*:s+ signerName:s?
ConfigMapProjection items:[KeyToPath] name:s optional:b?
DownwardAPIProjection items:[DownwardAPIVolumeFile]
PodCertificateProjection certificateChainPath:s credentialBundlePath:s keyPath:s keyType*:s maxExpirationSeconds:i?
  signerName*:s userAnnotations:{s}
SecretProjection items:[KeyToPath] name:s optional:b?
ServiceAccountTokenProjection audience:s expirationSeconds:l? path*:s+
QuobyteVolumeSource group:s readOnly:b registry*:s+ tenant:s user:s volume*:s+
RBDVolumeSource fsType:s image*:s+ keyring:s monitors*:[s]+ pool:s readOnly:b secretRef:LocalObjectReference? user:s
ScaleIOVolumeSource fsType:s gateway*:s+ protectionDomain:s readOnly:b secretRef*:LocalObjectReference? sslEnabled:b
  storageMode:s storagePool:s system*:s+ volumeName:s
SecretVolumeSource defaultMode:i? items:[KeyToPath] optional:b? secretName:s
StorageOSVolumeSource fsType:s readOnly:b secretRef:LocalObjectReference? volumeName:s volumeNamespace:s
VsphereVirtualDiskVolumeSource fsType:s storagePolicyID:s storagePolicyName:s volumePath*:s+
PodStatus allocatedResources:{q} conditions:[PodCondition]=type containerStatuses:[ContainerStatus]
  ephemeralContainerStatuses:[ContainerStatus] extendedResourceClaimStatus:PodExtendedResourceClaimStatus? hostIP:s
  hostIPs:[HostIP] initContainerStatuses:[ContainerStatus] message:s
  nodeAllocatableResourceClaimStatuses:[NodeAllocatableResourceClaimStatus] nominatedNodeName:s observedGeneration:l
  phase:s podIP:s podIPs:[PodIP]=ip qosClass:s reason:s resize:s resourceClaimStatuses:[PodResourceClaimStatus]=name
  resources:ResourceRequirements? startTime:t?
PodCondition lastProbeTime:t+ lastTransitionTime:t+ message:s observedGeneration:l reason:s status*:s+ type*:s+
ContainerStatus allocatedResources:{q} allocatedResourcesStatus:[ResourceStatus]=name containerID:s image*:s+
  imageID*:s+ lastState:ContainerState+ name*:s+ ready*:b+ resources:ResourceRequirements? restartCount*:i+ started:b?
  state:ContainerState+ stopSignal:s? user:ContainerUser? volumeMounts:[VolumeMountStatus]=mountPath
ResourceStatus name*:s+ resources:[ResourceHealth]=resourceID
ResourceHealth health:s message:s? resourceID*:s+
ContainerState running:ContainerStateRunning? terminated:ContainerStateTerminated? waiting:ContainerStateWaiting?
ContainerStateRunning startedAt:t+
ContainerStateTerminated containerID:s exitCode*:i+ finishedAt:t+ message:s reason:s signal:i startedAt:t+
ContainerStateWaiting message:s reason:s
ContainerUser linux:LinuxContainerUser?
LinuxContainerUser gid*:l+ supplementalGroups:[l] uid*:l+
VolumeMountStatus mountPath*:s+ name*:s+ readOnly:b recursiveReadOnly:s? volumeStatus:VolumeStatus?
VolumeStatus image:ImageVolumeStatus?
ImageVolumeStatus imageRef*:s
PodExtendedResourceClaimStatus requestMappings*:[ContainerExtendedResourceRequest]+ resourceClaimName*:s+
ContainerExtendedResourceRequest containerName*:s+ requestName*:s+ resourceName*:s+
HostIP ip*:s+
NodeAllocatableResourceClaimStatus containers:[s]=set resourceClaimName*:s+ resources*:{q}+
PodIP ip*:s+
PodResourceClaimStatus name*:s+ resourceClaimName:s?
PodTemplate metadata:ObjectMeta+ template:PodTemplateSpec+
PodTemplateSpec metadata:ObjectMeta+ spec:PodSpec+
`;
