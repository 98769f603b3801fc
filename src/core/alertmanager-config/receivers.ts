import { text, textMap } from '../prometheus-config/scalars.ts';
import { Fields, keysOf, listOf, mapping, refuseIf, within } from '../prometheus-config/shape.ts';
import type { KeyCheck, LoadContext } from '../prometheus-config/shape.ts';
import { ConfigError, asMapping } from '../prometheus-config/values.ts';
import type { Globals } from './globals.ts';
import * as chat from './notifiers/chat.ts';
import * as incidents from './notifiers/incidents.ts';
import * as messages from './notifiers/messages.ts';
import type { Notifier } from './notifiers/notifier.ts';
import { slack } from './notifiers/slack.ts';
import { describe, hasNone } from './alertmanager-shape.ts';

/** In the order in which Alertmanager completes them from `global`. */
const notifiers: readonly Notifier[] = [
  messages.webhook,
  messages.email,
  slack,
  incidents.pushover,
  incidents.pagerduty,
  incidents.incidentio,
  incidents.opsgenie,
  chat.wechat,
  incidents.victorops,
  messages.sns,
  chat.telegram,
  chat.discord,
  chat.webex,
  chat.msteams,
  chat.msteamsv2,
  incidents.jira,
  chat.rocketchat,
  chat.mattermost,
];

/** Alertmanager says so, or crashes, when it comes to an item that is null. */
const listKeys = notifiers.flatMap(({ list, shape }) =>
  keysOf(listOf(mapping(shape), `missing ${list.replace('_configs', '')} config`), list),
);

/** Keys of a receiver that 0.25 did not know, by release. */
function listLater(): Record<string, string[]> {
  const later: Record<string, string[]> = { '0.33.0': ['labels'] };
  for (const { list, since } of notifiers) if (since !== undefined) (later[since] ??= []).push(list);
  return later;
}

export const receiver: KeyCheck = mapping(
  describe('config.plain', {
    keys: [...keysOf(text, 'name'), ...keysOf(textMap, 'labels'), ...listKeys],
    since: listLater(),
    check(fields) {
      refuseIf(hasNone(fields, 'name'), 'missing name in receiver');
      const label = fields.inside('labels').keys().includes('name') ? fields.inside('labels').text('name') : undefined;
      refuseIf(
        label !== undefined && label !== fields.text('name'),
        `receiver label "name" must match receiver name "${fields.text('name')}", got "${label}"`,
      );
    },
  }),
);

/**
 * That receivers have names of their own, and all that they need, be it from `global`.
 * @param config whose receivers have their shape.
 * @returns their names.
 * @throws {ConfigError} with the path below `config`.
 */
export function checkReceivers(config: Fields, globals: Globals, context: LoadContext): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [index, one] of config.list('receivers').entries()) {
    const fields = new Fields(asMapping(one, 'config.Receiver'));
    const name = fields.text('name');
    const path = ['receivers', `[${index}]`];
    if (names.has(name))
      throw new ConfigError(`notification config name "${name}" is not unique`, { path: [...path, 'name'] });
    within(path, () => completeReceiver(fields, globals, context));
    names.add(name);
  }
  return names;
}

function completeReceiver(receiver: Fields, globals: Globals, context: LoadContext): void {
  for (const { list, complete } of notifiers)
    if (complete !== undefined)
      for (const [index, one] of receiver.list(list).entries())
        within([list, `[${index}]`], () => complete(new Fields(asMapping(one, list)), globals, context));
}
