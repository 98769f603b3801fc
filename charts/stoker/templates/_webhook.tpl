{{- define "stoker.webhookSecret" -}}
{{ default (printf "%s-webhook-certificate" (include "stoker.fullname" .)) .Values.webhook.secret }}
{{- end }}

{{- /* files/webhook.json is made by src/operator/install/webhook.ts; its words are replaced by those of the release. */ -}}
{{- define "stoker.webhookFile" -}}
{{- $name := include "stoker.fullname" . -}}
{{- $caWord := (.Files.Get "files/webhook.json" | fromJson).caBundle -}}
{{ .Files.Get "files/webhook.json"
  | replace "@namespace@" .Release.Namespace
  | replace "@service@" (printf "%s-webhook" $name)
  | replace "@configuration@" $name
  | replace "@secret@" (include "stoker.webhookSecret" .)
  | replace $caWord (.Values.webhook.caBundle | b64enc) }}
{{- end }}
