import type { NotifierOf, Receiver } from '../../../../../api/alertmanager-config.ts';
import type { YamlFields } from '../../../../../base/yaml-writer.ts';
import {
  convertDiscord,
  convertRocketChat,
  convertSlack,
  convertTeams,
  convertTeamsV2,
  convertTelegram,
  convertWeChat,
  convertWebex,
} from './convert-chat.ts';
import {
  convertEmail,
  convertOpsGenie,
  convertPagerDuty,
  convertPushover,
  convertSns,
  convertVictorOps,
  convertWebhook,
} from './convert-pagers.ts';
import type { ConvertScope } from './convert-scope.ts';

type Kind = Exclude<keyof Receiver, 'name'>;

const converters: { readonly [K in Kind]: (config: NotifierOf<K>, scope: ConvertScope) => YamlFields } = {
  opsgenieConfigs: convertOpsGenie,
  pagerdutyConfigs: convertPagerDuty,
  slackConfigs: convertSlack,
  webhookConfigs: convertWebhook,
  wechatConfigs: convertWeChat,
  emailConfigs: convertEmail,
  pushoverConfigs: convertPushover,
  victoropsConfigs: convertVictorOps,
  snsConfigs: convertSns,
  telegramConfigs: convertTelegram,
  discordConfigs: convertDiscord,
  webexConfigs: convertWebex,
  msteamsConfigs: convertTeams,
  msteamsv2Configs: convertTeamsV2,
  rocketchatConfigs: convertRocketChat,
};

const keyOfKind = (kind: Kind): string => kind.replace('Configs', '_configs');

/** A receiver with all the ways in which it notifies. @param prefix of names. */
export function convertReceiver(receiver: Receiver, prefix: string, scope: ConvertScope): YamlFields {
  const lists = (Object.keys(converters) as Kind[]).map((kind) => {
    const convert = converters[kind] as (config: unknown, scope: ConvertScope) => YamlFields;
    return [keyOfKind(kind), receiver[kind]?.map((config) => convert(config, scope))] as const;
  });
  return { name: prefix + receiver.name, ...Object.fromEntries(lists) };
}
