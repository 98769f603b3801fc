import { httpsURL } from '../parts/scalars.ts';
import { flag, nonEmpty, object, optional } from '../schema.ts';
import type { Dialect } from './dialect.ts';
import { httpConfig } from './http-config.ts';
import { sendResolved } from './send-resolved.ts';

export const weChatConfig = <S>(dialect: Dialect<S>) =>
  object({
    agentID: optional(nonEmpty, 'Id of the agent.'),
    apiSecret: optional(dialect.secret, "Key of the Secret with the API's secret. By default the global one."),
    apiURL: optional(httpsURL, 'URL of the API. By default the global one.'),
    corpID: optional(nonEmpty, 'Id of the corporation. By default the global one.'),
    httpConfig: optional(httpConfig(dialect), 'HTTP settings of the requests.'),
    message: optional(nonEmpty, 'Template of the message.'),
    messageType: optional(nonEmpty, 'Kind of message: text or markdown.'),
    sendResolved: optional(flag, sendResolved),
    toParty: optional(nonEmpty, 'Departments to send to.'),
    toTag: optional(nonEmpty, 'Tags to send to.'),
    toUser: optional(nonEmpty, 'Users to send to.'),
  });
