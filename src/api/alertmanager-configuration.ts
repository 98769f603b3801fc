import { basicAuth, oauth2, safeAuthorization } from './parts/http-client.ts';
import { proxyFields } from './parts/proxy.ts';
import { secretKeySelector, secretOrConfigMap } from './parts/references.ts';
import { duration, httpURL } from './parts/scalars.ts';
import { safeTLSConfig } from './parts/tls.ts';
import { flag, list, nonEmpty, object, optional, required, text } from './schema.ts';
import type { Static } from './schema.ts';

export const globalHTTPConfig = object({
  authorization: optional(
    safeAuthorization,
    'Authorization header to send. At most one of authorization, basicAuth, oauth2 and the bearer token may be set.',
    { since: 'Alertmanager 0.22.0' },
  ),
  basicAuth: optional(
    basicAuth,
    'User name and password to send. At most one of authorization, basicAuth, oauth2 and the bearer token may be set.',
  ),
  bearerTokenSecret: optional(secretKeySelector, 'Key of the Secret that holds a bearer token.', {
    deprecated: 'use authorization',
  }),
  enableHttp2: optional(flag, 'Whether HTTP/2 may be used.', { since: 'Alertmanager 0.25.0' }),
  followRedirects: optional(flag, 'Whether redirects are followed. True by default.', { since: 'Alertmanager 0.22.0' }),
  oauth2: optional(
    oauth2,
    'Fetches tokens with OAuth 2.0 client credentials and sends them. At most one of authorization, basicAuth, oauth2 and the bearer token may be set.',
    { since: 'Alertmanager 0.22.0' },
  ),
  tlsConfig: optional(safeTLSConfig, 'TLS settings of the requests.'),
  ...proxyFields,
});

export type GlobalHTTPConfig = Static<typeof globalHTTPConfig>;

export const globalJiraConfig = object({
  apiURL: optional(httpURL, 'URL of the API.'),
});

export type GlobalJiraConfig = Static<typeof globalJiraConfig>;

export const globalMattermostConfig = object({
  webhookURL: optional(secretKeySelector, "Key of the Secret with the webhook's URL."),
});

export type GlobalMattermostConfig = Static<typeof globalMattermostConfig>;

export const globalRocketChatConfig = object({
  apiURL: optional(httpURL, 'URL of the API.'),
  token: optional(secretKeySelector, 'Key of the Secret with the token.'),
  tokenID: optional(secretKeySelector, "Key of the Secret with the token's id."),
});

export type GlobalRocketChatConfig = Static<typeof globalRocketChatConfig>;

export const hostPort = object({
  host: required(nonEmpty, 'Name or address of the host.'),
  port: required(nonEmpty, 'Number or name of the port.'),
});

export type HostPort = Static<typeof hostPort>;

export const globalSMTPConfig = object({
  authIdentity: optional(text, 'Identity for PLAIN authentication.'),
  authPassword: optional(secretKeySelector, 'Key of the Secret with the password for LOGIN and PLAIN authentication.'),
  authSecret: optional(secretKeySelector, 'Key of the Secret with the secret for CRAM-MD5 authentication.'),
  authUsername: optional(text, 'User name for authentication.'),
  forceImplicitTLS: optional(flag, 'Whether TLS is spoken from the first byte. By default only on port 465.', {
    since: 'Alertmanager 0.31.0',
  }),
  from: optional(text, 'Sender of the mails.'),
  hello: optional(text, 'Name to greet the server with.'),
  requireTLS: optional(flag, 'Whether TLS is needed. True by default.'),
  smartHost: optional(hostPort, 'Server that mails are handed to.'),
  tlsConfig: optional(safeTLSConfig, 'TLS settings of the connection.'),
});

export type GlobalSMTPConfig = Static<typeof globalSMTPConfig>;

export const globalVictorOpsConfig = object({
  apiKey: optional(secretKeySelector, 'Key of the Secret with the API key.'),
  apiURL: optional(httpURL, 'URL of the API.'),
});

export type GlobalVictorOpsConfig = Static<typeof globalVictorOpsConfig>;

export const globalWeChatConfig = object({
  apiCorpID: optional(nonEmpty, 'Id of the corporation.'),
  apiSecret: optional(secretKeySelector, "Key of the Secret with the API's secret."),
  apiURL: optional(httpURL, 'URL of the API.'),
});

export type GlobalWeChatConfig = Static<typeof globalWeChatConfig>;

export const alertmanagerGlobalConfig = object({
  httpConfig: optional(globalHTTPConfig, 'HTTP settings of receivers that have none of their own.'),
  jira: optional(globalJiraConfig, 'Defaults of Jira receivers.', { since: 'Alertmanager 0.28.0' }),
  mattermost: optional(globalMattermostConfig, 'Defaults of Mattermost receivers.', { since: 'Alertmanager 0.32.0' }),
  opsGenieApiKey: optional(secretKeySelector, 'Key of the Secret with the default API key of OpsGenie.'),
  opsGenieApiUrl: optional(secretKeySelector, 'Key of the Secret with the default URL of OpsGenie.'),
  pagerdutyUrl: optional(httpURL, 'Default URL of PagerDuty.'),
  resolveTimeout: optional(
    duration,
    'After this time without news an alert without an end counts as resolved. Alerts of Prometheus carry an end.',
  ),
  rocketChat: optional(globalRocketChatConfig, 'Defaults of Rocket.Chat receivers.', { since: 'Alertmanager 0.28.0' }),
  slackApiUrl: optional(secretKeySelector, 'Key of the Secret with the default URL of Slack.'),
  smtp: optional(globalSMTPConfig, 'Defaults of mail receivers.'),
  telegram: optional(globalJiraConfig, 'Defaults of Telegram receivers.', { since: 'Alertmanager 0.24.0' }),
  victorops: optional(globalVictorOpsConfig, 'Defaults of VictorOps receivers.'),
  webex: optional(globalJiraConfig, 'Defaults of Webex receivers.', { since: 'Alertmanager 0.25.0' }),
  wechat: optional(globalWeChatConfig, 'Defaults of WeChat receivers.'),
});

export type AlertmanagerGlobalConfig = Static<typeof alertmanagerGlobalConfig>;

export const alertmanagerConfiguration = object({
  global: optional(alertmanagerGlobalConfig, 'Global settings of the configuration.'),
  name: optional(
    nonEmpty,
    'AlertmanagerConfig in the same namespace that gives route, receivers and inhibit rules. No namespace matcher is added to it.',
  ),
  templates: optional(list(secretOrConfigMap), 'Template files for messages.'),
});

export type AlertmanagerConfiguration = Static<typeof alertmanagerConfiguration>;
