import { raw } from './alertmanager-notifiers.ts';
import type { Node } from './alertmanager-notifiers.ts';

/** Texts: URLs, templates, durations, addresses, times, zones, matchers, words; each right somewhere and wrong elsewhere. */
const oddTexts = String.raw`
  x ¦ http://a ¦ ftp://a ¦ ://x ¦ http:// ¦ http://a b ¦ http://[::1 ¦ http://a:99999x ¦ /path ¦ <secret>
  http://a/%zz ¦ http://u:p@a:80 ¦ http://a:b:c ¦ mailto:x@y ¦ http://a/{{ x }} ¦ {{ .A }} ¦ {{
  {{ toUpper "a" }} ¦ {{ if }} ¦ {{ end }} ¦ {{ printf "%s" .A | len }} ¦ {{ $x }} ¦ {{/* c */}}
  {{ define "a" }}b{{ end }} ¦ 5m ¦ 0s ¦ 1h30m ¦ -5s ¦ 5 ¦ 1.5h ¦ 1d ¦ 1y2w ¦ 5 m ¦ 1m60s ¦ 1m1h ¦ 300y
  1ns ¦ .5s ¦ 1s1 ¦ a:1 ¦ :25 ¦ a: ¦ [::1]:25 ¦ ::1:25 ¦ a:b:c ¦ [a] ¦ a ¦ [a]:b:c ¦ ]:1 ¦ monday
  Friday:monday ¦ tuesday:saturday ¦ mon ¦ monday: ¦ : ¦ 1 ¦ 1:7 ¦ 08:00 ¦ 24:00 ¦ 24:01 ¦ 8:00 ¦ 0 ¦ 31:1
  -1:1 ¦ 1:-1 ¦ 32 ¦ +5 ¦ 1_0 ¦ 2020:2030 ¦ 2030:2020 ¦ 13 ¦ january ¦ may:april ¦ 1:2:3 ¦ Europe/Berlin
  europe/berlin ¦ Local ¦ Mars/Phobos ¦ ../UTC ¦ UTC ¦ GMT+5 ¦ Etc/GMT+5 ¦ America/Knox_IN ¦ a=b ¦ {a="b"}
  a="b ¦ a=~"(" ¦ a=~"[" ¦ "a b"=c ¦ a==b ¦ a=b, ¦ ,a=b ¦ a=b,,c=d ¦ a!b ¦ {a=b ¦ a=b} ¦ a b=c ¦ a="\d"
  a=\ ¦ a='b' ¦ a="b"c ¦ a=b" ¦ é=x ¦ a:b=c ¦ "a"=~"x|(y" ¦ a=~a)|(b ¦ {{}} ¦ { ¦ } ¦ = ¦ a= ¦ !=b
  a=~"\x{110000}" ¦ a="\xff" ¦ "\u00e9"=x ¦ a=é b ¦ a=~(?i)x ¦ a=~(?=x) ¦ a=~x{1001} ¦ a=~"\\d+" ¦ TLS12
  TLS14 ¦ Basic ¦ bearer ¦ team ¦ Markdown ¦ html ¦ text ¦ daily ¦ grpc ¦ gzip ¦ auto ¦ é ¦ a b ¦ 0a`
  .trim()
  .split(/\s*[¦\n]\s*/);

/** What may stand where something else should: right, odd and wrong alike. */
export const oddValues: readonly Node[] = [
  ...oddTexts,
  ...['', 'a=`b`', null, true, 0, 7, -1],
  ...['~', 'yes', '1.5', '1e3', '0x1F', '0o17', '.inf', 'NO', '1_000', '18446744073709551615'].map(raw),
  ...[[], {}, [null], ['x', 'x'], ['...', 'a'], [['x']], { x: 'y' }, { x: null }, { '': 'a' }, [{}], [{ x: 1 }]],
];

/** Keys of one thing that may get into another. */
export const keyNames: readonly string[] = `
  x name url url_file api_url api_url_file api_key api_key_file webhook_url webhook_url_file to from smarthost
  headers title text message send_resolved http_config tls_config timeout token token_file user_key
  user_key_file bot_token bot_token_file chat_id chat_id_file room_id routing_key routing_key_file service_key
  service_key_file app_token app_token_file update_message topic_arn phone_number target_arn sigv4 responders
  details actions fields project issue_type corp_id api_secret api_secret_file token_id token_id_file
  alert_source_token alert_source_token_file receiver group_by match match_re matchers continue routes
  group_wait group_interval labels repeat_interval mute_time_intervals active_time_intervals time_intervals
  times weekdays location basic_auth authorization bearer_token bearer_token_file oauth2 proxy_url no_proxy
  http_headers cert key ca cert_file key_file ca_file min_version credentials credentials_file type
  proxy_from_environment proxy_connect_header monospace html parse_mode api_type message_type metadata
  slack_app_url slack_app_token slack_api_url pagerduty_url opsgenie_api_url wechat_api_url jira_api_url
  victorops_api_url telegram_api_url webex_api_url telegram_bot_token rocketchat_token mattermost_webhook_url
  smtp_smarthost smtp_from smtp_auth_password smtp_auth_password_file equal source_match target_matchers
  webhook_configs slack_configs email_configs global route receivers templates tracing event_recorder`
  .trim()
  .split(/\s+/);
