{{- /* Values that contradict each other end the rendering with the way out. */ -}}
{{- define "stoker.check" -}}
{{- with .Values -}}
{{- if and .scope.namespaces .scope.denyNamespaces -}}
{{ fail "scope.namespaces and scope.denyNamespaces are both set: the operator takes only one of them; remove one" }}
{{- end -}}
{{- if and (gt (int .replicas) 1) (not .leaderElection.enabled) -}}
{{ fail (printf "replicas is %d and leaderElection.enabled is false: two operators would do the same work; set leaderElection.enabled=true or replicas=1" (int .replicas)) }}
{{- end -}}
{{- end -}}
{{- end }}
