import { duration } from '../parts/scalars.ts';
import { atomicList, flag, nonEmpty, object, optional, required, text } from '../schema.ts';
import type { Dialect } from './dialect.ts';
import { httpConfig } from './http-config.ts';
import { sendResolved } from './send-resolved.ts';

const confirmation = object({
  dismissText: optional(nonEmpty, 'Text of the button that says no.'),
  okText: optional(nonEmpty, 'Text of the button that says yes.'),
  text: required(nonEmpty, 'Question to ask.'),
  title: optional(nonEmpty, 'Title of the question.'),
});

const action = object({
  confirm: optional(confirmation, 'Asks before the action is carried out.'),
  name: optional(nonEmpty, 'Name of the action, sent back to the application.'),
  style: optional(nonEmpty, 'Look of the button: primary or danger.'),
  text: required(nonEmpty, 'Text of the button.'),
  type: required(nonEmpty, 'Kind of element, such as "button".'),
  url: optional(text, 'Where the button leads. This or name is needed.'),
  value: optional(nonEmpty, 'Value sent back to the application.'),
});

const field = object({
  short: optional(flag, 'Whether the field may stand next to another.'),
  title: required(nonEmpty, 'Template of the title.'),
  value: required(nonEmpty, 'Template of the text.'),
});

export const slackConfig = <S>(dialect: Dialect<S>) =>
  object({
    actions: optional(atomicList(action), 'Buttons below the message.', { minItems: 1 }),
    apiURL: optional(dialect.secret, "Key of the Secret with the webhook's URL. By default the global one."),
    callbackId: optional(nonEmpty, 'Id sent back to the application with actions.'),
    channel: optional(nonEmpty, 'Channel or user to send to.'),
    color: optional(nonEmpty, 'Colour at the side of the message.'),
    fallback: optional(nonEmpty, 'Text where the message cannot be shown.'),
    fields: optional(atomicList(field), 'Fields of the message.', { minItems: 1 }),
    footer: optional(nonEmpty, 'Text below the message.'),
    httpConfig: optional(httpConfig(dialect), 'HTTP settings of the requests.'),
    iconEmoji: optional(nonEmpty, 'Emoji to show as the sender.'),
    iconURL: optional(text, 'Picture to show as the sender.'),
    imageURL: optional(text, 'Picture in the message.'),
    linkNames: optional(flag, 'Whether names of users and channels become links.'),
    messageText: optional(nonEmpty, 'Text before the message, for the list of notifications too.', {
      since: 'Alertmanager 0.31.0',
    }),
    mrkdwnIn: optional(atomicList(nonEmpty), 'Names of the fields in which Markdown counts.', { minItems: 1 }),
    pretext: optional(nonEmpty, 'Text above the message.'),
    sendResolved: optional(flag, sendResolved),
    shortFields: optional(flag, 'Whether fields may stand next to each other where they do not say.'),
    text: optional(nonEmpty, 'Template of the text.'),
    thumbURL: optional(text, 'Small picture in the message.'),
    timeout: optional(duration, 'How long a request may take.', { since: 'Alertmanager 0.30.0' }),
    title: optional(nonEmpty, 'Template of the title.'),
    titleLink: optional(text, 'Where the title leads.'),
    updateMessage: optional(flag, 'Whether the message of an alert group is changed instead of sent anew.', {
      since: 'Alertmanager 0.32.0',
    }),
    username: optional(nonEmpty, 'Name of the sender.'),
  });
