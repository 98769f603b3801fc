{{- /* A definition: (dict "root" $ "path" … "converted" {…} "allVersions" true), both of the latter optional. */ -}}
{{- define "stoker-crds.definition" -}}
{{- $root := .root }}
{{- $crd := $root.Files.Get .path | fromJson }}
{{- $annotations := $root.Values.annotations | default dict }}
{{- if $root.Values.keep }}
{{- $annotations = merge (dict "helm.sh/resource-policy" "keep") $annotations }}
{{- end }}
{{- with .converted }}
{{- $annotations = merge (dict) (.annotations | default dict) $annotations }}
{{- $_ := set $crd.spec "conversion" .conversion }}
{{- end }}
{{- if not .allVersions }}
{{- $stored := list }}
{{- range $crd.spec.versions }}
{{- if .storage }}
{{- $stored = append $stored . }}
{{- end }}
{{- end }}
{{- $_ := set $crd.spec "versions" $stored }}
{{- end }}
{{- $_ := set $crd.metadata "annotations" (merge $annotations $crd.metadata.annotations) }}
{{- $labels := merge (dict "helm.sh/chart" (printf "stoker-crds-%s" $root.Chart.Version) "app.kubernetes.io/managed-by" $root.Release.Service) ($root.Values.labels | default dict) }}
{{- $_ := set $crd.metadata "labels" $labels }}
{{- toYaml $crd }}
{{- end }}

{{- /* The definition of which some versions need a conversion. */ -}}
{{- define "stoker-crds.convertedPath" -}}
files/monitoring.coreos.com_alertmanagerconfigs.json
{{- end }}
