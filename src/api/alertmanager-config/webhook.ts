import { duration } from '../parts/scalars.ts';
import { flag, int32, nonEmpty, object, optional, text } from '../schema.ts';
import type { Dialect } from './dialect.ts';
import { httpConfig } from './http-config.ts';
import { sendResolved } from './send-resolved.ts';

export const webhookConfig = <S>(dialect: Dialect<S>) =>
  object({
    httpConfig: optional(httpConfig(dialect), 'HTTP settings of the requests.'),
    maxAlerts: optional(int32, 'Most alerts in one message; 0 (the default) sends all.', { minimum: 0 }),
    payload: optional(nonEmpty, 'Template of the JSON body, instead of the usual one.', {
      since: 'Alertmanager 0.32.0',
    }),
    sendResolved: optional(flag, sendResolved),
    timeout: optional(duration, 'How long a request may take.', { since: 'Alertmanager 0.28.0' }),
    url: optional(text, 'Where messages are sent. This or urlSecret is needed.'),
    urlSecret: optional(dialect.secret, 'Key of the Secret with the URL. Wins over url.'),
  });
