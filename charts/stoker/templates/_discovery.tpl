{{- define "stoker.discoveryName" -}}
{{ printf "%s-discovery" (include "stoker.fullname" . | trunc 53 | trimSuffix "-") }}
{{- end }}

{{- define "stoker.discoverySecret" -}}
{{ default (printf "%s-certificate" (include "stoker.discoveryName" .)) .Values.discoveryService.secret }}
{{- end }}

{{- define "stoker.discoveryLabels" -}}
{{ merge (dict "app.kubernetes.io/component" "discovery") (include "stoker.selectorLabels" . | fromYaml) | toYaml }}
{{- end }}

{{- /* files/discovery.json is made by src/operator/install/discovery-install.ts; its words are replaced by those of the release. */ -}}
{{- define "stoker.discoveryFile" -}}
{{ .Files.Get "files/discovery.json"
  | replace "@namespace@" .Release.Namespace
  | replace "@secret@" (include "stoker.discoverySecret" .)
  | replace "@name@" (include "stoker.discoveryName" .) }}
{{- end }}

{{- /* What the values say of its pods: (dict "root" $ "deployment" {…}), which is changed. */ -}}
{{- define "stoker.discoveryPods" -}}
{{- $root := .root -}}
{{- $values := $root.Values -}}
{{- $labels := include "stoker.discoveryLabels" $root | fromYaml -}}
{{- $spec := .deployment.spec -}}
{{- $pod := $spec.template.spec -}}
{{- $_ := set $spec "replicas" $values.discoveryService.replicas -}}
{{- $_ := set $spec "revisionHistoryLimit" $values.revisionHistoryLimit -}}
{{- $all := merge (dict) $labels (include "stoker.labels" $root | fromYaml) $values.podLabels -}}
{{- $_ := set $spec.template "metadata" (dict "labels" $all) -}}
{{- with merge (dict) $values.podAnnotations $values.commonAnnotations -}}
{{- $_ := set $spec.template.metadata "annotations" . -}}
{{- end -}}
{{- range $field, $value := include "stoker.placement" $root | fromYaml -}}
{{- $_ := set $pod $field $value -}}
{{- end -}}
{{- /* The volume of its state is the group's. */ -}}
{{- $_ := set $pod "securityContext" (merge (dict) ($values.podSecurityContext | default dict) (dict "fsGroup" 65532)) -}}
{{- range $pod.topologySpreadConstraints -}}
{{- $_ := set . "labelSelector" (dict "matchLabels" $labels) -}}
{{- end -}}
{{- if not $values.serviceAccount.create -}}
{{- $_ := set $pod "serviceAccountName" (include "stoker.serviceAccountName" $root) -}}
{{- end -}}
{{- range $pod.containers -}}
{{- $_ := set . "image" (include "stoker.image" $root) -}}
{{- $_ := set . "imagePullPolicy" $values.image.pullPolicy -}}
{{- $_ := set . "resources" ($values.discoveryService.resources | default dict) -}}
{{- $_ := set . "securityContext" ($values.securityContext | default dict) -}}
{{- $_ := set . "args" (concat .args $values.discoveryService.extraArgs) -}}
{{- end -}}
{{- end }}
