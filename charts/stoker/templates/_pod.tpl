{{- define "stoker.args" -}}
{{- $values := .Values -}}
{{- $name := include "stoker.fullname" . -}}
{{- $webhook := ne $values.webhook.mode "off" -}}
{{- $discovery := ne $values.discoveryService.mode "off" -}}
{{- $self := eq $values.webhook.mode "self" -}}
{{- $kubelet := $values.kubelet -}}
{{- $pageFolder := include "stoker.pageFolder" . -}}
- run
- --leader-elect={{ $values.leaderElection.enabled }}
{{- range $flag, $value := dict
  "leader-elect-name" $values.leaderElection.name
  "leader-elect-lease-duration" $values.leaderElection.leaseDuration
  "leader-elect-renew-deadline" $values.leaderElection.renewDeadline
  "leader-elect-retry-period" $values.leaderElection.retryPeriod
  "namespaces" (join "," $values.scope.namespaces)
  "deny-namespaces" (join "," $values.scope.denyNamespaces)
  "prometheus-instance-namespaces" (join "," $values.scope.workloadNamespaces)
  "alertmanager-instance-namespaces" (join "," $values.scope.workloadNamespaces)
  "thanos-ruler-instance-namespaces" (join "," $values.scope.workloadNamespaces)
  "alertmanager-config-namespaces" (join "," $values.scope.alertmanagerConfigNamespaces)
  "controller-id" $values.scope.controllerId
  "asset-access" (ternary "" $values.rbac.secrets (eq $values.rbac.secrets "watch"))
  "kubelet-service" $kubelet.service
  "kubelet-selector" $kubelet.selector
  "kubelet-endpoints" (ternary (toString $kubelet.endpoints) "" (ne $kubelet.service ""))
  "kubelet-endpointslice" (ternary (toString $kubelet.endpointSlices) "" (ne $kubelet.service ""))
  "repair-policy-for-statefulsets" (ternary "" $values.repairPolicy (eq $values.repairPolicy "none"))
  "pod-disruption-budgets" (ternary "" $values.guards.podDisruptionBudgets (eq $values.guards.podDisruptionBudgets "off"))
  "network-policies" (ternary "" $values.guards.networkPolicies (eq $values.guards.networkPolicies "off"))
  "observe-replicas" (ternary "true" "" $values.observeReplicas)
  "target-discovery" (ternary "true" "" $values.targetDiscovery)
  "web.explain" (ternary "" $values.web.explain (eq $values.web.explain "off"))
  "web.metrics" (ternary "" $values.web.metrics (eq $values.web.metrics "open"))
  "page.listen-address" (include "stoker.pageAddress" .)
  "page.enable-tls" (ternary "true" "" (ne $pageFolder ""))
  "page.cert-file" (ternary (printf "%s/tls.crt" $pageFolder) "" (ne $pageFolder ""))
  "page.key-file" (ternary (printf "%s/tls.key" $pageFolder) "" (ne $pageFolder ""))
  "discovery-service-url" (ternary (printf "https://%s.%s.svc:8443" (include "stoker.discoveryName" .) .Release.Namespace) "" $discovery)
  "discovery-service-ca" (ternary (printf "%s/%s" .Release.Namespace (include "stoker.discoverySecret" .)) "" $discovery)
  "webhook" (ternary "true" "" $webhook)
  "webhook-certificates" (ternary (ternary "self" "files" $self) "" $webhook)
  "webhook-configuration" (ternary $name "" $self)
  "webhook-secret" (ternary (include "stoker.webhookSecret" .) "" $self)
  "webhook-service" (ternary (printf "%s-webhook" $name) "" $self)
  "log-level" (ternary "" $values.log.level (eq $values.log.level "info"))
  "log-format" (ternary "" $values.log.format (eq $values.log.format "logfmt"))
}}
{{- if $value }}
- {{ printf "--%s=%s" $flag $value | quote }}
{{- end }}
{{- end }}
- --watch-referenced-objects-in-all-namespaces={{ $values.scope.watchReferencedObjectsInAllNamespaces }}
- --disable-unmanaged-prometheus-configuration={{ $values.disableUnmanagedConfiguration }}
{{- range $gate, $on := $values.featureGates }}
- --feature-gates={{ $gate }}={{ $on }}
{{- end }}
{{- range $values.extraArgs }}
- {{ . | quote }}
{{- end }}
{{- end }}

{{- define "stoker.container" -}}
name: stoker
image: {{ include "stoker.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
args:
  {{- include "stoker.args" . | nindent 2 }}
ports:
  - name: web
    containerPort: 8080
  {{- if ne .Values.webhook.mode "off" }}
  - name: webhook
    containerPort: 8443
  {{- end }}
  {{- if eq .Values.page.mode "service" }}
  - name: page
    containerPort: {{ .Values.page.port }}
  {{- end }}
env:
  - name: POD_NAME
    valueFrom:
      fieldRef:
        fieldPath: metadata.name
  - name: POD_NAMESPACE
    valueFrom:
      fieldRef:
        fieldPath: metadata.namespace
  {{- with .Values.extraEnv }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .Values.extraEnvFrom }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.livenessProbe }}
livenessProbe:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.readinessProbe }}
readinessProbe:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.resources }}
resources:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.securityContext }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- $mounts := .Values.extraVolumeMounts }}
{{- if has .Values.webhook.mode (list "cert-manager" "secret") }}
{{- $mounts = prepend $mounts (dict "name" "certificate" "mountPath" "/etc/tls/private" "readOnly" true) }}
{{- end }}
{{- with include "stoker.pageFolder" . }}
{{- $mounts = prepend $mounts (dict "name" "page-certificate" "mountPath" . "readOnly" true) }}
{{- end }}
{{- with $mounts }}
volumeMounts:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- /* Fields that the operator's pods and the test's have in common. */ -}}
{{- define "stoker.placement" -}}
{{- include "stoker.pullSecrets" . }}
{{- with .Values.podSecurityContext }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}
