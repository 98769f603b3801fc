import { beta } from './alertmanager-config/dialect.ts';
import { opsGenieFields } from './alertmanager-config/opsgenie.ts';
import { receiverFields } from './alertmanager-config/receiver.ts';
import { inhibitRule, matcherFields, route } from './alertmanager-config/route.ts';
import { timeInterval } from './alertmanager-config/time-interval.ts';
import { configResourceStatus } from './parts/status.ts';
import { resource } from './resource.ts';
import { list, object, optional, required, text } from './schema.ts';

const matcher = object(matcherFields);

const receiver = object({
  ...receiverFields(beta),
  opsgenieConfigs: optional(list(object(opsGenieFields(beta))), 'Notifies through OpsGenie.'),
});

const namedTimeInterval = object({
  name: required(text, 'Name by which routes choose the interval.'),
  timeIntervals: optional(list(timeInterval(beta)), 'Parts of time; the interval is all of them together.'),
});

const alertmanagerConfigSpec = object({
  inhibitRules: optional(
    list(inhibitRule(matcher, beta)),
    'Rules by which alerts keep others from notifying. A matcher on the namespace of this object is added to both sides.',
  ),
  receivers: optional(list(receiver), 'Receivers that routes refer to.'),
  route: optional(
    route(matcher, beta, list),
    "The route at the top. It becomes a child of the route of the Alertmanager's own configuration.",
  ),
  timeIntervals: optional(list(namedTimeInterval), 'Time intervals that routes refer to.'),
});

/** A version that is served in the full set of CRDs and converted to the stored one. */
export const alertmanagerConfigV1Beta1 = resource(alertmanagerConfigSpec, configResourceStatus);
