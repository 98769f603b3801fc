/** Receivers that are chats (docs/reference/rendering.md 5.10). Keys are put in order by `sanitizeSection`. */
import type { NotifierOf } from '../../../../../api/alertmanager-config.ts';
import type { YamlFields } from '../../../../../base/yaml-writer.ts';
import { convertHttpConfig } from './http-config.ts';
import { ifTrue, readKey, readUrlKey, reprintGoDuration, unlessZero } from './convert-scope.ts';
import type { ConvertScope } from './convert-scope.ts';

export function convertSlack(config: NotifierOf<'slackConfigs'>, scope: ConvertScope): YamlFields {
  return {
    send_resolved: config.sendResolved,
    http_config: convertHttpConfig(config.httpConfig, scope),
    api_url: readUrlKey(config.apiURL, scope),
    channel: config.channel,
    username: config.username,
    color: config.color,
    title: config.title,
    title_link: config.titleLink,
    pretext: config.pretext,
    text: config.text,
    fields: config.fields?.map(({ title, value, short }) => ({ title, value, short })),
    short_fields: ifTrue(config.shortFields),
    footer: config.footer,
    fallback: config.fallback,
    callback_id: config.callbackId,
    icon_emoji: config.iconEmoji,
    icon_url: config.iconURL,
    image_url: config.imageURL,
    thumb_url: config.thumbURL,
    link_names: ifTrue(config.linkNames),
    mrkdwn_in: config.mrkdwnIn,
    actions: config.actions?.map(convertSlackAction),
    timeout: reprintGoDuration(config.timeout),
    message_text: config.messageText,
    update_message: config.updateMessage,
  };
}

type SlackAction = NonNullable<NotifierOf<'slackConfigs'>['actions']>[number];

function convertSlackAction({ confirm, ...action }: SlackAction): YamlFields {
  const { type, text, url, style, name, value } = action;
  return {
    ...{ type, text, url, style, name, value },
    confirm: confirm && {
      text: confirm.text,
      title: confirm.title,
      ok_text: confirm.okText,
      dismiss_text: confirm.dismissText,
    },
  };
}

export function convertDiscord(config: NotifierOf<'discordConfigs'>, scope: ConvertScope): YamlFields {
  return {
    send_resolved: config.sendResolved,
    http_config: convertHttpConfig(config.httpConfig, scope),
    webhook_url: readUrlKey(config.apiURL, scope),
    title: config.title,
    message: config.message,
    content: config.content,
    username: config.username,
    avatar_url: config.avatarURL,
  };
}

export function convertWebex(config: NotifierOf<'webexConfigs'>, scope: ConvertScope): YamlFields {
  return {
    send_resolved: config.sendResolved,
    http_config: convertHttpConfig(config.httpConfig, scope),
    api_url: config.apiURL,
    message: config.message,
    room_id: config.roomID,
  };
}

export function convertTeams(config: NotifierOf<'msteamsConfigs'>, scope: ConvertScope): YamlFields {
  return {
    send_resolved: config.sendResolved,
    webhook_url: readKey(config.webhookUrl, scope),
    title: config.title,
    summary: config.summary,
    text: config.text,
    http_config: convertHttpConfig(config.httpConfig, scope),
  };
}

export function convertTeamsV2(config: NotifierOf<'msteamsv2Configs'>, scope: ConvertScope): YamlFields {
  return {
    send_resolved: config.sendResolved,
    webhook_url: readKey(config.webhookURL, scope),
    title: config.title,
    text: config.text,
    http_config: convertHttpConfig(config.httpConfig, scope),
  };
}

export function convertRocketChat(config: NotifierOf<'rocketchatConfigs'>, scope: ConvertScope): YamlFields {
  return {
    send_resolved: config.sendResolved,
    http_config: convertHttpConfig(config.httpConfig, scope),
    api_url: config.apiURL,
    token_id: readKey(config.tokenID, scope),
    token: readKey(config.token, scope),
    channel: config.channel,
    color: config.color,
    title: config.title,
    title_link: config.titleLink,
    text: config.text,
    fields: config.fields?.map(({ short, title, value }) => ({ short, title, value })),
    short_fields: config.shortFields ?? false,
    emoji: config.emoji,
    icon_url: config.iconURL,
    image_url: config.imageURL,
    thumb_url: config.thumbURL,
    link_names: config.linkNames ?? false,
    // What the reference writes beside these, Alertmanager does not know (docs/reference/reference-faults.md 8).
    actions: config.actions?.map(({ text, url, msg }) => ({ text, url, msg })),
  };
}

export function convertTelegram(config: NotifierOf<'telegramConfigs'>, scope: ConvertScope): YamlFields {
  return {
    send_resolved: config.sendResolved,
    api_url: config.apiURL,
    bot_token: readKey(config.botToken, scope),
    bot_token_file: config.botTokenFile,
    chat_id: config.chatID,
    message_thread_id: unlessZero(config.messageThreadID),
    message: config.message,
    disable_notifications: config.disableNotifications,
    parse_mode: config.parseMode,
    http_config: convertHttpConfig(config.httpConfig, scope),
  };
}

export function convertWeChat(config: NotifierOf<'wechatConfigs'>, scope: ConvertScope): YamlFields {
  return {
    send_resolved: config.sendResolved,
    api_secret: readKey(config.apiSecret, scope),
    api_url: config.apiURL,
    corp_id: config.corpID,
    agent_id: config.agentID,
    to_user: config.toUser,
    to_party: config.toParty,
    to_tag: config.toTag,
    message: config.message,
    message_type: config.messageType,
    http_config: convertHttpConfig(config.httpConfig, scope),
  };
}
