import type { NotifierOf, Receiver } from '../../../api/alertmanager-config.ts';
import { unlessBlank } from '../../render/shared/rendered-objects.ts';
import {
  checkBasicAuth,
  checkClassAuthorization,
  checkExclusive,
  checkOAuth2,
} from '../../field-checks/check-authentication.ts';
import { checkProxy } from '../../field-checks/check-proxy.ts';
import { checkSecretKey, reject } from '../../field-checks/check-scope.ts';
import type { CheckScope } from '../../field-checks/check-scope.ts';
import { checkTls } from '../../field-checks/check-tls.ts';
import type { Findings } from '../../findings.ts';
import { checkEmail, checkPagerDuty, checkSlack, checkVictorOps } from './notifiers.ts';
import { isValidTemplate } from '../../templates/alertmanager-template.ts';
import { checkAlertUrl } from './urls.ts';

type Kind = Exclude<keyof Receiver, 'name'>;
type HttpConfig = NonNullable<NotifierOf<'webhookConfigs'>['httpConfig']>;

const reason = 'InvalidReceiver';

/** Everything that is wrong with a receiver, in the order of the API. */
export function* checkReceiver(receiver: Receiver, field: string, scope: CheckScope): Findings {
  for (const kind of Object.keys(checks) as Kind[]) {
    for (const [at, config] of (receiver[kind] ?? []).entries()) {
      const path = `${field}.${kind}[${at}]`;
      yield* (checks[kind] as Check)(config, path);
      if ('httpConfig' in config) yield* checkHttpConfig(config.httpConfig, `${path}.httpConfig`, scope);
      if ('tlsConfig' in config) yield* checkTls(config.tlsConfig, `${path}.tlsConfig`, scope);
    }
  }
}

type Check = (config: unknown, field: string) => Findings;

const checks: { readonly [K in Kind]: (config: NotifierOf<K>, field: string) => Findings } = {
  discordConfigs: checkNothing,
  emailConfigs: checkEmail,
  msteamsConfigs: checkNothing,
  msteamsv2Configs: checkNothing,
  opsgenieConfigs: checkOpsGenie,
  pagerdutyConfigs: checkPagerDuty,
  pushoverConfigs: checkPushover,
  rocketchatConfigs: checkRocketChat,
  slackConfigs: checkSlack,
  snsConfigs: checkSns,
  telegramConfigs: checkTelegram,
  victoropsConfigs: checkVictorOps,
  webexConfigs: ({ apiURL }, field) => checkAlertUrl(apiURL, `${field}.apiURL`, 'plain'),
  webhookConfigs: checkWebhook,
  wechatConfigs: ({ apiURL }, field) => checkAlertUrl(apiURL, `${field}.apiURL`, 'plain'),
};

function* checkNothing(): Findings {
  // Its Secret is looked at where it is read.
}

export function* checkHttpConfig(config: HttpConfig | undefined, field: string, scope: CheckScope): Findings {
  if (config === undefined) return;
  yield* checkExclusive(config, ['authorization', 'basicAuth', 'oauth2', 'bearerTokenSecret'], field);
  yield* checkBasicAuth(config.basicAuth, `${field}.basicAuth`, scope);
  yield* checkClassAuthorization(config.authorization, `${field}.authorization`, scope);
  yield* checkOAuth2(config.oauth2, `${field}.oauth2`, scope);
  yield* checkSecretKey(config.bearerTokenSecret, `${field}.bearerTokenSecret`, scope);
  yield* checkTls(config.tlsConfig, `${field}.tlsConfig`, scope);
  yield* checkProxy(config, field, scope);
}

const responderTypes = ['team', 'teams', 'user', 'escalation', 'schedule'];

function* checkOpsGenie({ apiURL, responders = [] }: NotifierOf<'opsgenieConfigs'>, field: string): Findings {
  for (const [at, { id, name, username, type }] of responders.entries()) {
    const path = `${field}.responders[${at}]`;
    if ([id, name, username].every((one) => unlessBlank(one) === undefined))
      yield reject(
        { field: path, reason },
        'Cannot use a responder without "id", "name" and "username": set one of them',
      );
    else if (!responderTypes.includes(type.toLowerCase()) && !isValidTemplate(type))
      yield reject(
        { field: `${path}.type`, reason },
        `Cannot use responder type "${type}": want ${responderTypes.join(', ')}, or a template`,
      );
  }
  yield* checkAlertUrl(apiURL, `${field}.apiURL`, 'plain');
}

function* checkPushover(config: NotifierOf<'pushoverConfigs'>, field: string): Findings {
  const { userKey, userKeyFile, token, tokenFile, html, monospace, url } = config;
  if (userKey === undefined && unlessBlank(userKeyFile) === undefined)
    yield reject({ field, reason }, 'Cannot notify without a user key: set "userKey" or "userKeyFile"');
  if (token === undefined && unlessBlank(tokenFile) === undefined)
    yield reject({ field, reason }, 'Cannot notify without a token: set "token" or "tokenFile"');
  if (html === true && monospace === true)
    yield reject({ field, reason }, 'Cannot use both "html" and "monospace": set one of them');
  yield* checkAlertUrl(url, `${field}.url`, 'templates');
}

function* checkRocketChat(config: NotifierOf<'rocketchatConfigs'>, field: string): Findings {
  yield* checkAlertUrl(config.apiURL, `${field}.apiURL`, 'plain');
  for (const name of ['iconURL', 'imageURL', 'thumbURL'] as const)
    yield* checkAlertUrl(config[name], `${field}.${name}`, 'templates');
  for (const [at, { url }] of (config.actions ?? []).entries())
    yield* checkAlertUrl(url, `${field}.actions[${at}].url`, 'templates');
}

/** As the reference counts: one of the three, or all of them. */
function* checkSns({ apiURL, ...config }: NotifierOf<'snsConfigs'>, field: string): Findings {
  const targets = (['targetARN', 'topicARN', 'phoneNumber'] as const).filter(
    (name) => unlessBlank(config[name]) !== undefined,
  );
  if (targets.length % 2 === 0) {
    const found = targets.length === 0 ? 'none' : targets.map((name) => `"${name}"`).join(' and ');
    yield reject(
      { field, reason },
      `Cannot notify ${found} of "targetARN", "topicARN" and "phoneNumber": set one of them`,
    );
  }
  yield* checkAlertUrl(apiURL, `${field}.apiURL`, 'templates');
}

function* checkTelegram(
  { botToken, botTokenFile, chatID, apiURL }: NotifierOf<'telegramConfigs'>,
  field: string,
): Findings {
  const hasFile = unlessBlank(botTokenFile) !== undefined;
  if (botToken === undefined && !hasFile)
    yield reject({ field, reason }, 'Cannot notify without a token: set "botToken" or "botTokenFile"');
  if (botToken !== undefined && hasFile)
    yield reject(
      { field: `${field}.botTokenFile`, reason },
      'Cannot use both "botToken" and "botTokenFile": set one of them',
    );
  // A recorded object may lack it.
  if (!chatID) yield reject({ field: `${field}.chatID`, reason }, 'Cannot notify without a chat: set "chatID"');
  yield* checkAlertUrl(apiURL, `${field}.apiURL`, 'plain');
}

function* checkWebhook({ url, urlSecret }: NotifierOf<'webhookConfigs'>, field: string): Findings {
  if (unlessBlank(url) === undefined && urlSecret === undefined)
    yield reject({ field, reason }, 'Cannot notify without a URL: set "url" or "urlSecret"');
  yield* checkAlertUrl(url, `${field}.url`, 'templates');
}
