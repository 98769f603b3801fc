import type { AlertmanagerGlobalConfig, GlobalSMTPConfig } from '../../../../../api/alertmanager-configuration.ts';
import type { YamlFields } from '../../../../../base/yaml-writer.ts';
import { convertHttpConfig, convertTls } from './http-config.ts';
import { readKey, readUrlKey, reprintDuration } from './convert-scope.ts';
import type { ConvertScope } from './convert-scope.ts';

/** `spec.alertmanagerConfiguration.global` (docs/reference/rendering.md 5.9). Keys are put in order by `sanitizeSection`. */
export function convertGlobal(
  global: AlertmanagerGlobalConfig | undefined,
  scope: ConvertScope,
): YamlFields | undefined {
  if (global === undefined) return undefined;
  return {
    resolve_timeout: reprintDuration(global.resolveTimeout),
    http_config: convertHttpConfig(global.httpConfig, scope),
    ...convertSmtp(global.smtp, scope),
    slack_api_url: readUrlKey(global.slackApiUrl, scope),
    pagerduty_url: global.pagerdutyUrl,
    opsgenie_api_url: readUrlKey(global.opsGenieApiUrl, scope),
    opsgenie_api_key: readKey(global.opsGenieApiKey, scope),
    ...convertChats(global, scope),
    mattermost_webhook_url: readUrlKey(global.mattermost?.webhookURL, scope),
  };
}

/** Settings that stand together in the API. */
function convertChats(global: AlertmanagerGlobalConfig, scope: ConvertScope): YamlFields {
  const { wechat = {}, victorops = {}, telegram = {}, webex = {}, jira = {}, rocketChat = {} } = global;
  return {
    wechat_api_url: wechat.apiURL,
    wechat_api_secret: readKey(wechat.apiSecret, scope),
    wechat_api_corp_id: wechat.apiCorpID,
    victorops_api_url: victorops.apiURL,
    victorops_api_key: readKey(victorops.apiKey, scope),
    telegram_api_url: telegram.apiURL,
    webex_api_url: webex.apiURL,
    jira_api_url: jira.apiURL,
    rocketchat_api_url: rocketChat.apiURL,
    rocketchat_token: readKey(rocketChat.token, scope),
    rocketchat_token_id: readKey(rocketChat.tokenID, scope),
  };
}

function convertSmtp(smtp: GlobalSMTPConfig | undefined, scope: ConvertScope): YamlFields {
  if (smtp === undefined) return {};
  return {
    smtp_from: smtp.from,
    smtp_hello: smtp.hello,
    smtp_smarthost: smtp.smartHost && `${bracket(smtp.smartHost.host)}:${smtp.smartHost.port}`,
    smtp_auth_username: smtp.authUsername,
    smtp_auth_password: readKey(smtp.authPassword, scope),
    smtp_auth_secret: readKey(smtp.authSecret, scope),
    smtp_auth_identity: smtp.authIdentity,
    smtp_require_tls: smtp.requireTLS,
    smtp_tls_config: convertTls(smtp.tlsConfig, scope),
    smtp_force_implicit_tls: smtp.forceImplicitTLS,
  };
}

/** IPv6 addresses stand in brackets before a port. */
const bracket = (host: string): string => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);
