{{- /* Values that contradict each other end the rendering with the way out. */ -}}
{{- define "stoker.check" -}}
{{- with .Values -}}
{{- if and .scope.namespaces .scope.denyNamespaces -}}
{{ fail "scope.namespaces and scope.denyNamespaces are both set: the operator takes only one of them; remove one" }}
{{- end -}}
{{- if and (gt (int .replicas) 1) (not .leaderElection.enabled) -}}
{{ fail (printf "replicas is %d and leaderElection.enabled is false: two operators would do the same work; set leaderElection.enabled=true or replicas=1" (int .replicas)) }}
{{- end -}}
{{- if and (eq .webhook.mode "secret") (not (and .webhook.secret .webhook.caBundle)) -}}
{{ fail "webhook.mode is secret, which needs webhook.secret (the name of a Secret with tls.crt and tls.key) and webhook.caBundle (the CA in PEM)" }}
{{- end -}}
{{- if and (eq .page.mode "service") (not .page.secret) (not .page.insecure) -}}
{{ fail "page.mode is service, which needs page.secret (the name of a Secret with tls.crt and tls.key): callers send tokens; or set page.insecure=true where something else adds TLS" }}
{{- end -}}
{{- end -}}
{{- end }}
