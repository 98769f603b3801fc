import { httpsURL } from '../parts/scalars.ts';
import { flag, nonEmpty, object, oneOf, optional, required } from '../schema.ts';
import type { Dialect } from './dialect.ts';
import { httpConfig } from './http-config.ts';
import { keyValue } from './key-value.ts';
import { sendResolved } from './send-resolved.ts';

const responder = object({
  id: optional(nonEmpty, 'Id of the responder. One of id, name and username is needed.'),
  name: optional(nonEmpty, 'Name of the responder. One of id, name and username is needed.'),
  type: required(oneOf('team', 'teams', 'user', 'escalation', 'schedule'), 'Kind of responder.', { minLength: 1 }),
  username: optional(nonEmpty, 'User name of the responder. One of id, name and username is needed.'),
});

export const opsGenieFields = <S>(dialect: Dialect<S>) => ({
  actions: optional(nonEmpty, 'Actions of the alert, separated by commas.', { since: 'Alertmanager 0.24.0' }),
  apiKey: optional(dialect.secret, 'Key of the Secret with the API key. By default the global one.'),
  apiURL: optional(httpsURL, 'URL of the API. By default the global one.'),
  description: optional(nonEmpty, 'Template of the description.'),
  details: optional(dialect.list(keyValue), 'More details of the alert.'),
  entity: optional(nonEmpty, 'What the alert is about.', { since: 'Alertmanager 0.24.0' }),
  httpConfig: optional(httpConfig(dialect), 'HTTP settings of the requests.'),
  message: optional(nonEmpty, 'Template of the message; cut to 130 characters.'),
  note: optional(nonEmpty, 'Note to add.'),
  priority: optional(nonEmpty, 'Priority, from P1 to P5.'),
  responders: optional(dialect.list(responder), 'Who is to respond.'),
  sendResolved: optional(flag, sendResolved),
  source: optional(nonEmpty, 'Where the alert comes from.'),
  tags: optional(nonEmpty, 'Tags of the alert, separated by commas.'),
});
