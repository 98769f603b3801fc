import { httpsURL } from '../parts/scalars.ts';
import { atomicList, flag, nonEmpty, object, optional, required } from '../schema.ts';
import type { Dialect } from './dialect.ts';
import { httpConfig } from './http-config.ts';
import { keyValue } from './key-value.ts';
import { sendResolved } from './send-resolved.ts';

export const victorOpsConfig = <S>(dialect: Dialect<S>) =>
  object({
    apiKey: optional(dialect.secret, 'Key of the Secret with the API key. By default the global one.'),
    apiUrl: optional(httpsURL, 'URL of the API. By default the global one.'),
    customFields: optional(atomicList(keyValue), 'More fields of the incident.'),
    entityDisplayName: optional(nonEmpty, 'Template of the name of what is affected.'),
    httpConfig: optional(httpConfig(dialect), 'HTTP settings of the requests.'),
    messageType: optional(nonEmpty, 'Severity: CRITICAL (the default), WARNING or INFO.'),
    monitoringTool: optional(nonEmpty, 'Name of the tool that sends.'),
    routingKey: required(nonEmpty, 'Key by which VictorOps routes the incident.'),
    sendResolved: optional(flag, sendResolved),
    stateMessage: optional(nonEmpty, 'Template of the long text.'),
  });
