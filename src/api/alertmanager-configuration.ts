import { basicAuth, oauth2, safeAuthorization } from './parts/http-client.ts';
import { proxyFields } from './parts/proxy.ts';
import { secretKeySelector, secretOrConfigMap } from './parts/references.ts';
import { duration, httpURL } from './parts/scalars.ts';
import { safeTLSConfig } from './parts/tls.ts';
import { flag, list, nonEmpty, object, optional, required, text } from './schema.ts';
import type { Static } from './schema.ts';

export const globalHTTPConfig = object({
  authorization: optional(safeAuthorization, ''),
  basicAuth: optional(basicAuth, ''),
  bearerTokenSecret: optional(secretKeySelector, ''),
  enableHttp2: optional(flag, ''),
  followRedirects: optional(flag, ''),
  oauth2: optional(oauth2, ''),
  tlsConfig: optional(safeTLSConfig, ''),
  ...proxyFields,
});

export type GlobalHTTPConfig = Static<typeof globalHTTPConfig>;

export const globalJiraConfig = object({
  apiURL: optional(httpURL, ''),
});

export type GlobalJiraConfig = Static<typeof globalJiraConfig>;

export const globalMattermostConfig = object({
  webhookURL: optional(secretKeySelector, ''),
});

export type GlobalMattermostConfig = Static<typeof globalMattermostConfig>;

export const globalRocketChatConfig = object({
  apiURL: optional(httpURL, ''),
  token: optional(secretKeySelector, ''),
  tokenID: optional(secretKeySelector, ''),
});

export type GlobalRocketChatConfig = Static<typeof globalRocketChatConfig>;

export const hostPort = object({
  host: required(nonEmpty, ''),
  port: required(nonEmpty, ''),
});

export type HostPort = Static<typeof hostPort>;

export const globalSMTPConfig = object({
  authIdentity: optional(text, ''),
  authPassword: optional(secretKeySelector, ''),
  authSecret: optional(secretKeySelector, ''),
  authUsername: optional(text, ''),
  forceImplicitTLS: optional(flag, ''),
  from: optional(text, ''),
  hello: optional(text, ''),
  requireTLS: optional(flag, ''),
  smartHost: optional(hostPort, ''),
  tlsConfig: optional(safeTLSConfig, ''),
});

export type GlobalSMTPConfig = Static<typeof globalSMTPConfig>;

export const globalVictorOpsConfig = object({
  apiKey: optional(secretKeySelector, ''),
  apiURL: optional(httpURL, ''),
});

export type GlobalVictorOpsConfig = Static<typeof globalVictorOpsConfig>;

export const globalWeChatConfig = object({
  apiCorpID: optional(nonEmpty, ''),
  apiSecret: optional(secretKeySelector, ''),
  apiURL: optional(httpURL, ''),
});

export type GlobalWeChatConfig = Static<typeof globalWeChatConfig>;

export const alertmanagerGlobalConfig = object({
  httpConfig: optional(globalHTTPConfig, ''),
  jira: optional(globalJiraConfig, ''),
  mattermost: optional(globalMattermostConfig, ''),
  opsGenieApiKey: optional(secretKeySelector, ''),
  opsGenieApiUrl: optional(secretKeySelector, ''),
  pagerdutyUrl: optional(httpURL, ''),
  resolveTimeout: optional(duration, ''),
  rocketChat: optional(globalRocketChatConfig, ''),
  slackApiUrl: optional(secretKeySelector, ''),
  smtp: optional(globalSMTPConfig, ''),
  telegram: optional(globalJiraConfig, ''),
  victorops: optional(globalVictorOpsConfig, ''),
  webex: optional(globalJiraConfig, ''),
  wechat: optional(globalWeChatConfig, ''),
});

export type AlertmanagerGlobalConfig = Static<typeof alertmanagerGlobalConfig>;

export const alertmanagerConfiguration = object({
  global: optional(alertmanagerGlobalConfig, ''),
  name: optional(nonEmpty, ''),
  templates: optional(list(secretOrConfigMap), ''),
});

export type AlertmanagerConfiguration = Static<typeof alertmanagerConfiguration>;
