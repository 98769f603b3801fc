{{- /* Where the page listens; nothing where it is off. */ -}}
{{- define "stoker.pageAddress" -}}
{{- with .Values.page -}}
{{- if eq .mode "loopback" -}}{{ printf "127.0.0.1:%d" (int .port) }}{{- end -}}
{{- if eq .mode "service" -}}{{ printf "%s:%d" .host (int .port) }}{{- end -}}
{{- end -}}
{{- end }}

{{- /* The folder of its certificate; nothing where it has none. */ -}}
{{- define "stoker.pageFolder" -}}
{{- if and .Values.page.secret (ne .Values.page.mode "off") -}}/etc/stoker/page{{- end -}}
{{- end }}
