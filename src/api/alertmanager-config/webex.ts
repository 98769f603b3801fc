import { httpsURL } from '../parts/scalars.ts';
import { flag, nonEmpty, object, optional, required, text } from '../schema.ts';
import type { Dialect } from './dialect.ts';
import { httpConfig } from './http-config.ts';
import { sendResolved } from './send-resolved.ts';

export const webexConfig = <S>(dialect: Dialect<S>) =>
  object({
    apiURL: optional(httpsURL, 'URL of the API. By default the global one.'),
    httpConfig: optional(httpConfig(dialect), "HTTP settings of the requests. They carry the bot's token."),
    message: optional(text, 'Template of the message.'),
    roomID: required(nonEmpty, 'Room to send to.'),
    sendResolved: optional(flag, sendResolved),
  });
