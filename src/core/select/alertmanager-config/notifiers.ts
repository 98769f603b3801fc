/** Ways to notify whose checks go into their lists. */
import type { NotifierOf } from '../../../api/alertmanager-config.ts';
import { unlessBlank } from '../../render/shared/rendered-objects.ts';
import { reject } from '../../field-checks/check-scope.ts';
import type { Findings } from '../../findings.ts';
import { checkAlertUrl } from './urls.ts';

const reason = 'InvalidReceiver';

const isUnset = (text: string | undefined): boolean => unlessBlank(text) === undefined;

export function* checkEmail({ to, smarthost, headers = [] }: NotifierOf<'emailConfigs'>, field: string): Findings {
  if (isUnset(to)) yield reject({ field: `${field}.to`, reason }, 'Cannot send mail without "to"');
  if (smarthost !== undefined && smarthost !== '' && !/^(?:\[[^\]]*\]|[^:[\]]*):[^:]*$/.test(smarthost))
    yield reject({ field: `${field}.smarthost`, reason }, `Cannot use smarthost "${smarthost}": want host:port`);
  const seen = new Set<string>();
  for (const [at, { key }] of headers.entries()) {
    const name = key.toLowerCase();
    if (seen.has(name))
      yield reject({ field: `${field}.headers[${at}].key`, reason }, `Cannot use header "${key}" twice`);
    seen.add(name);
  }
}

export function* checkPagerDuty(config: NotifierOf<'pagerdutyConfigs'>, field: string): Findings {
  yield* checkAlertUrl(config.url, `${field}.url`, 'plain');
  yield* checkAlertUrl(config.clientURL, `${field}.clientURL`, 'templates');
  for (const list of ['pagerDutyLinkConfigs', 'pagerDutyImageConfigs'] as const)
    for (const [at, { href }] of (config[list] ?? []).entries())
      yield* checkAlertUrl(href, `${field}.${list}[${at}].href`, 'templates');
  if (config.routingKey === undefined && config.serviceKey === undefined)
    yield reject({ field, reason }, 'Cannot notify without a key: set "routingKey" or "serviceKey"');
}

export function* checkSlack({ actions = [], fields = [] }: NotifierOf<'slackConfigs'>, field: string): Findings {
  for (const [at, action] of actions.entries()) yield* checkSlackAction(action, `${field}.actions[${at}]`);
  for (const [at, one] of fields.entries())
    for (const name of ['title', 'value'] as const)
      if (isUnset(one[name]))
        yield reject({ field: `${field}.fields[${at}].${name}`, reason }, `Cannot use a field without "${name}"`);
}

type SlackAction = NonNullable<NotifierOf<'slackConfigs'>['actions']>[number];

function* checkSlackAction(action: SlackAction, field: string): Findings {
  for (const name of ['type', 'text'] as const)
    if (isUnset(action[name]))
      yield reject({ field: `${field}.${name}`, reason }, `Cannot use an action without "${name}"`);
  if (isUnset(action.url) && isUnset(action.name))
    yield reject({ field, reason }, 'Cannot use an action without "url" and "name": set one of them');
  if (action.confirm !== undefined && isUnset(action.confirm.text))
    yield reject({ field: `${field}.confirm.text`, reason }, 'Cannot ask for confirmation without "text"');
}

/** Names that VictorOps gives a meaning of its own. */
const reserved = new Set([
  'routing_key',
  'message_type',
  'state_message',
  'entity_display_name',
  'monitoring_tool',
  'entity_id',
  'entity_state',
]);

export function* checkVictorOps(config: NotifierOf<'victoropsConfigs'>, field: string): Findings {
  for (const [at, { key }] of (config.customFields ?? []).entries())
    if (reserved.has(key))
      yield reject(
        { field: `${field}.customFields[${at}].key`, reason },
        `Cannot use custom field "${key}": VictorOps has a meaning of its own for it`,
      );
  if (isUnset(config.routingKey))
    yield reject({ field: `${field}.routingKey`, reason }, 'Cannot notify without "routingKey"');
  yield* checkAlertUrl(config.apiUrl, `${field}.apiUrl`, 'plain');
}
