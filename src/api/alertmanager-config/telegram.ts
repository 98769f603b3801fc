import { httpsURL } from '../parts/scalars.ts';
import { flag, int64, object, oneOf, optional, required, text } from '../schema.ts';
import type { Dialect } from './dialect.ts';
import { httpConfig } from './http-config.ts';
import { sendResolved } from './send-resolved.ts';

export const telegramConfig = <S>(dialect: Dialect<S>) =>
  object({
    apiURL: optional(httpsURL, 'URL of the API. By default the global one.'),
    botToken: optional(dialect.secret, "Key of the Secret with the bot's token. This or botTokenFile is needed."),
    botTokenFile: optional(text, "Path in the container of the bot's token. botToken wins over it.", {
      since: 'Alertmanager 0.26.0',
    }),
    chatID: required(int64, 'Chat to send to.'),
    disableNotifications: optional(flag, 'Whether the message makes no sound.'),
    httpConfig: optional(httpConfig(dialect), 'HTTP settings of the requests.'),
    message: optional(text, 'Template of the message.'),
    messageThreadID: optional(int64, 'Topic of the chat to send to.', { since: 'Alertmanager 0.28.0' }),
    parseMode: optional(oneOf('MarkdownV2', 'Markdown', 'HTML'), 'How the message is marked up. HTML by default.'),
    sendResolved: optional(flag, sendResolved),
  });
