{{- /* files/access.json is the table of src/operator/install/rules.ts; what follows chooses from it as access-plan.ts does. */ -}}

{{- define "stoker.features" -}}
{{- $features := (.Files.Get "files/access.json" | fromJson).baseFeatures -}}
{{- if .Values.leaderElection.enabled -}}{{- $features = append $features "leader-election" -}}{{- end -}}
{{- if .Values.featureGates.StatusForConfigurationResources -}}{{- $features = append $features "bindings" -}}{{- end -}}
{{- if .Values.featureGates.PrometheusAgentDaemonSet -}}{{- $features = append $features "agent-daemonset" -}}{{- end -}}
{{- if ne .Values.repairPolicy "none" -}}{{- $features = append $features (printf "repair-%s" .Values.repairPolicy) -}}{{- end -}}
{{- if ne .Values.guards.podDisruptionBudgets "off" -}}{{- $features = append $features "pod-disruption-budgets" -}}{{- end -}}
{{- if ne .Values.guards.networkPolicies "off" -}}{{- $features = append $features "network-policies" -}}{{- end -}}
{{- if .Values.targetDiscovery -}}{{- $features = append $features "target-discovery" -}}{{- end -}}
{{- if or (has "authorized" (list .Values.web.explain .Values.web.metrics)) (eq .Values.page.mode "service") -}}{{- $features = append $features "caller-reviews" -}}{{- end -}}
{{- with .Values.kubelet -}}
{{- if .service -}}
{{- $features = append $features "kubelet" -}}
{{- if .endpoints -}}{{- $features = append $features "kubelet-endpoints" -}}{{- end -}}
{{- if .endpointSlices -}}{{- $features = append $features "kubelet-endpointslices" -}}{{- end -}}
{{- end -}}
{{- end -}}
{{ toJson $features }}
{{- end }}

{{- /* Scope → the namespaces it means; "" is the whole cluster. */ -}}
{{- define "stoker.scopes" -}}
{{- $whole := list "" -}}
{{- $selected := .Values.scope.namespaces -}}
{{- $workloads := default $selected .Values.scope.workloadNamespaces -}}
{{- $configs := default $selected .Values.scope.alertmanagerConfigNamespaces -}}
{{- $bounded := and $selected $workloads $configs -}}
{{- $all := ternary (concat $selected $workloads $configs | uniq) $whole (not (empty $bounded)) -}}
{{- $beside := ternary (concat $workloads $configs | uniq) $whole (not (empty (and $workloads $configs))) -}}
{{- $workloads = default $whole $workloads -}}
{{- dict
  "selected" (default $whole $selected)
  "configs" (default $whole $configs)
  "workloads" $workloads
  "all" $all
  "assets" (ternary $all $beside .Values.scope.watchReferencedObjectsInAllNamespaces)
  "own" (list .Release.Namespace)
  "kubelet" (ternary (list) (list (splitList "/" .Values.kubelet.service | first)) (empty .Values.kubelet.service))
  "cluster" (ternary (list) $whole (not (empty $bounded)))
  | toJson -}}
{{- end }}

{{- /* Rules that hold in one namespace, or with "" in the whole cluster: (dict "root" $ "at" …). */ -}}
{{- define "stoker.rules" -}}
{{- $root := .root -}}
{{- $at := .at -}}
{{- $features := include "stoker.features" $root | fromJsonArray -}}
{{- $scopes := include "stoker.scopes" $root | fromJson -}}
{{- range ($root.Files.Get "files/access.json" | fromJson).rules -}}
{{- $wanted := false -}}
{{- range .features -}}{{- if has . $features -}}{{- $wanted = true -}}{{- end -}}{{- end -}}
{{- $access := eq (default $root.Values.rbac.secrets .assetAccess) $root.Values.rbac.secrets -}}
{{- $only := or (not .only) (eq (eq .only "cluster") (eq $at "")) -}}
{{- if and $wanted $access $only (has $at (get $scopes .scope)) }}
# {{ .why }}
- apiGroups: [{{ .group | quote }}]
  resources: {{ toJson .resources }}
  verbs: {{ toJson .verbs }}
{{- end -}}
{{- end -}}
{{- if eq $root.Values.webhook.mode "self" -}}
{{- $place := ternary "cluster" (ternary "own" "" (eq $at $root.Release.Namespace)) (eq $at "") -}}
{{- if $place }}
# the webhook's certificate, and the CA in its configurations
{{ get (include "stoker.webhookFile" $root | fromJson).rules $place | toYaml }}
{{- end -}}
{{- end -}}
{{- end }}
