import { alpha } from './alertmanager-config/dialect.ts';
import { opsGenieFields } from './alertmanager-config/opsgenie.ts';
import { receiverFields } from './alertmanager-config/receiver.ts';
import { inhibitRule, matcherFields, route } from './alertmanager-config/route.ts';
import { timeInterval } from './alertmanager-config/time-interval.ts';
import { configResourceStatus } from './parts/status.ts';
import { defineType, resource } from './resource.ts';
import { atomicList, flag, listMap, object, optional, required, setOf, text } from './schema.ts';
import type { Static } from './schema.ts';

const matcher = object({
  ...matcherFields,
  regex: optional(flag, 'Compares as a regular expression. Has no effect when matchType is set.', {
    deprecated: 'use matchType',
  }),
});

const opsGenieConfig = object({
  ...opsGenieFields(alpha),
  updateAlerts: optional(flag, 'Whether message and description of an alert that is there are updated.', {
    since: 'Alertmanager 0.24.0',
  }),
});

const receiver = object({
  ...receiverFields(alpha),
  opsgenieConfigs: optional(atomicList(opsGenieConfig), 'Notifies through OpsGenie.'),
});

const muteTimeInterval = object({
  name: required(text, 'Name by which routes choose the interval.'),
  timeIntervals: optional(atomicList(timeInterval(alpha)), 'Parts of time; the interval is all of them together.'),
});

export const alertmanagerConfigSpec = object({
  inhibitRules: optional(
    atomicList(inhibitRule(matcher, alpha)),
    'Rules by which alerts keep others from notifying. A matcher on the namespace of this object is added to both sides.',
  ),
  muteTimeIntervals: optional(atomicList(muteTimeInterval), 'Time intervals that routes refer to.'),
  receivers: optional(listMap(receiver, ['name']), 'Receivers that routes refer to.'),
  route: optional(
    route(matcher, alpha, setOf),
    "The route at the top. It becomes a child of the route of the Alertmanager's own configuration.",
  ),
});

export type AlertmanagerConfigSpec = Static<typeof alertmanagerConfigSpec>;

/** A receiver of the stored version. */
export type Receiver = NonNullable<AlertmanagerConfigSpec['receivers']>[number];

/** The configuration of one of the ways in which receivers notify. */
export type NotifierOf<K extends Exclude<keyof Receiver, 'name'>> = NonNullable<Receiver[K]>[number];

export const alertmanagerConfigType = defineType('v1alpha1', 'AlertmanagerConfig', 'alertmanagerconfigs');

export const alertmanagerConfig = resource(alertmanagerConfigSpec, configResourceStatus);

/** The stored version, the one the operator reads. */
export type AlertmanagerConfig = Static<typeof alertmanagerConfig>;
