import { nonEmpty, optional, required } from '../schema.ts';
import type { Dialect } from './dialect.ts';
import { discordConfig } from './discord.ts';
import { emailConfig } from './email.ts';
import { msTeamsConfig, msTeamsV2Config } from './msteams.ts';
import { pagerDutyConfig } from './pagerduty.ts';
import { pushoverConfig } from './pushover.ts';
import { rocketChatConfig } from './rocketchat.ts';
import { slackConfig } from './slack.ts';
import { snsConfig } from './sns.ts';
import { telegramConfig } from './telegram.ts';
import { victorOpsConfig } from './victorops.ts';
import { webexConfig } from './webex.ts';
import { webhookConfig } from './webhook.ts';
import { weChatConfig } from './wechat.ts';

/** A receiver in either version, but for OpsGenie, which differs. */
export const receiverFields = <S>(dialect: Dialect<S>) => ({
  discordConfigs: optional(dialect.list(discordConfig(dialect)), 'Notifies through Discord.', {
    since: 'Alertmanager 0.25.0',
  }),
  emailConfigs: optional(dialect.list(emailConfig(dialect)), 'Notifies by mail.'),
  msteamsConfigs: optional(dialect.list(msTeamsConfig(dialect)), 'Notifies through Microsoft Teams connectors.', {
    since: 'Alertmanager 0.26.0',
  }),
  msteamsv2Configs: optional(dialect.list(msTeamsV2Config(dialect)), 'Notifies through Microsoft Teams workflows.', {
    since: 'Alertmanager 0.28.0',
  }),
  name: required(nonEmpty, 'Name by which routes choose the receiver.'),
  pagerdutyConfigs: optional(dialect.list(pagerDutyConfig(dialect)), 'Notifies through PagerDuty.'),
  pushoverConfigs: optional(dialect.list(pushoverConfig(dialect)), 'Notifies through Pushover.'),
  rocketchatConfigs: optional(dialect.list(rocketChatConfig(dialect)), 'Notifies through Rocket.Chat.', {
    since: 'Alertmanager 0.28.0',
  }),
  slackConfigs: optional(dialect.list(slackConfig(dialect)), 'Notifies through Slack.'),
  snsConfigs: optional(dialect.list(snsConfig(dialect)), 'Notifies through AWS SNS.', { since: 'Alertmanager 0.23.0' }),
  telegramConfigs: optional(dialect.list(telegramConfig(dialect)), 'Notifies through Telegram.', {
    since: 'Alertmanager 0.24.0',
  }),
  victoropsConfigs: optional(dialect.list(victorOpsConfig(dialect)), 'Notifies through VictorOps.'),
  webexConfigs: optional(dialect.list(webexConfig(dialect)), 'Notifies through Webex.', {
    since: 'Alertmanager 0.25.0',
  }),
  webhookConfigs: optional(dialect.list(webhookConfig(dialect)), 'Notifies by a request of its own format.'),
  wechatConfigs: optional(dialect.list(weChatConfig(dialect)), 'Notifies through WeChat.'),
});
