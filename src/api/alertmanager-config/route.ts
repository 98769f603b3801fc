import { Type } from 'typebox';
import { duration } from '../parts/scalars.ts';
import { flag, nonEmpty, object, oneOf, optional, required, text } from '../schema.ts';
import type { Schema } from '../schema.ts';
import type { Dialect } from './dialect.ts';

/** A child route. It has the shape of its parent, which a structural schema cannot say. */
const childRoute: Schema = Type.Unsafe({ 'x-kubernetes-preserve-unknown-fields': true });

export const matcherFields = {
  matchType: optional(
    oneOf('!=', '=', '=~', '!~'),
    'How the value is compared: = and != as text, =~ and !~ as a regular expression of the whole value. Without it the alert matches as with =.',
  ),
  name: required(nonEmpty, 'Label to compare.'),
  value: optional(text, 'Value to compare with. Empty also matches where the label is missing.'),
};

/** A route; `words` makes lists of distinct words. */
export const route = <M>(matcher: Schema<M>, { list }: Dialect<unknown>, words: Dialect<unknown>['list']) =>
  object({
    activeTimeIntervals: optional(words(text), 'Time intervals in which the route notifies. Always by default.'),
    continue: optional(flag, 'Whether the routes after this one are tried too. At the top it is always set.'),
    groupBy: optional(words(text), 'Labels that make a group of alerts; "..." alone keeps all alerts apart.'),
    groupInterval: optional(duration, 'How long to wait before a group that changed is sent again. 5m by default.', {
      minLength: 1,
    }),
    groupWait: optional(duration, 'How long to wait for more alerts before a new group is sent. 30s by default.', {
      minLength: 1,
    }),
    matchers: optional(
      list(matcher),
      "What alerts must match. At the top, a matcher on the object's namespace is added, as the Alertmanager's strategy says.",
    ),
    muteTimeIntervals: optional(words(text), 'Time intervals in which the route does not notify. Not at the top.'),
    receiver: optional(text, 'Receiver of the alerts. Needed at the top; children take that of their parent.'),
    repeatInterval: optional(
      duration,
      'How long to wait before a group that did not change is sent again. 4h by default.',
      {
        minLength: 1,
      },
    ),
    routes: optional(list(childRoute), 'Child routes, of the same shape.'),
  });

export const inhibitRule = <M>(matcher: Schema<M>, { list }: Dialect<unknown>) =>
  object({
    equal: optional(list(text), 'Labels that must have the same value in both alerts.'),
    sourceMatch: optional(list(matcher), 'What an alert must match to inhibit others.'),
    targetMatch: optional(list(matcher), 'What an alert must match to be inhibited.'),
  });
