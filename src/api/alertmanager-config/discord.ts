import { secretKeySelector } from '../parts/references.ts';
import { httpsURL } from '../parts/scalars.ts';
import { flag, nonEmpty, object, optional, required, text } from '../schema.ts';
import type { Dialect } from './dialect.ts';
import { httpConfig } from './http-config.ts';
import { sendResolved } from './send-resolved.ts';

export const discordConfig = <S>(dialect: Dialect<S>) =>
  object({
    apiURL: required(secretKeySelector, "Key of the Secret with the webhook's URL."),
    avatarURL: optional(httpsURL, 'Picture to show instead of that of the webhook.', { since: 'Alertmanager 0.28.0' }),
    content: optional(nonEmpty, 'Template of the text before the embedded message.', { since: 'Alertmanager 0.28.0' }),
    httpConfig: optional(httpConfig(dialect), 'HTTP settings of the requests.'),
    message: optional(text, 'Template of the message.'),
    sendResolved: optional(flag, sendResolved),
    title: optional(text, 'Template of the title.'),
    username: optional(nonEmpty, 'Name to show instead of that of the webhook.', { since: 'Alertmanager 0.28.0' }),
  });
