{{- define "stoker.args" -}}
{{- $values := .Values -}}
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
  "controller-id" $values.scope.controllerId
  "asset-access" (ternary "" $values.rbac.secrets (eq $values.rbac.secrets "watch"))
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
env:
  - name: POD_NAME
    valueFrom:
      fieldRef:
        fieldPath: metadata.name
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
{{- with .Values.extraVolumeMounts }}
volumeMounts:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- /* Fields that the operator's pods and the test's have in common. */ -}}
{{- define "stoker.placement" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
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
