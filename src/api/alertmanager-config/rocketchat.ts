import { secretKeySelector } from '../parts/references.ts';
import { httpsURL } from '../parts/scalars.ts';
import { flag, nonEmpty, object, optional, required, text } from '../schema.ts';
import type { Dialect } from './dialect.ts';
import { httpConfig } from './http-config.ts';
import { sendResolved } from './send-resolved.ts';

const action = object({
  msg: optional(nonEmpty, 'Message that the button sends.'),
  text: optional(nonEmpty, 'Text of the button.'),
  url: optional(text, 'Where the button leads.'),
});

const field = object({
  short: optional(flag, 'Whether the field may stand next to another.'),
  title: optional(nonEmpty, 'Template of the title.'),
  value: optional(nonEmpty, 'Template of the text.'),
});

export const rocketChatConfig = <S>(dialect: Dialect<S>) =>
  object({
    actions: optional(dialect.list(action), 'Buttons below the message.', { minItems: 1 }),
    apiURL: optional(httpsURL, 'URL of the API. By default the global one.'),
    channel: optional(nonEmpty, 'Channel or user to send to.'),
    color: optional(nonEmpty, 'Colour at the side of the message.'),
    emoji: optional(nonEmpty, 'Emoji to show as the sender.'),
    fields: optional(dialect.list(field), 'Fields of the message.', { minItems: 1 }),
    httpConfig: optional(httpConfig(dialect), 'HTTP settings of the requests.'),
    iconURL: optional(text, 'Picture to show as the sender.'),
    imageURL: optional(text, 'Picture in the message.'),
    linkNames: optional(flag, 'Whether names of users and channels become links.'),
    sendResolved: optional(flag, sendResolved),
    shortFields: optional(flag, 'Whether fields may stand next to each other where they do not say.'),
    text: optional(nonEmpty, 'Template of the text.'),
    thumbURL: optional(text, 'Small picture in the message.'),
    title: optional(nonEmpty, 'Template of the title.'),
    titleLink: optional(nonEmpty, 'Where the title leads.'),
    token: required(secretKeySelector, "Key of the Secret with the sender's token."),
    tokenID: required(secretKeySelector, "Key of the Secret with the id of the sender's token."),
  });
