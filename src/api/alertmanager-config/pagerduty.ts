import { duration, httpsURL } from '../parts/scalars.ts';
import { atomicList, flag, nonEmpty, object, optional, text } from '../schema.ts';
import type { Dialect } from './dialect.ts';
import { httpConfig } from './http-config.ts';
import { keyValue } from './key-value.ts';
import { sendResolved } from './send-resolved.ts';

const image = object({
  alt: optional(nonEmpty, 'Text in place of the picture.'),
  href: optional(text, 'Where a click on the picture leads.'),
  src: optional(nonEmpty, 'URL of the picture.'),
});

const link = object({
  alt: optional(nonEmpty, 'Text of the link.'),
  href: optional(text, 'Where the link leads.'),
});

export const pagerDutyConfig = <S>(dialect: Dialect<S>) =>
  object({
    class: optional(nonEmpty, 'Class of the event.'),
    client: optional(nonEmpty, 'Name of the client.'),
    clientURL: optional(text, 'Link back to the client.'),
    component: optional(nonEmpty, 'Part of the group that is affected.'),
    description: optional(nonEmpty, 'Template of the description.'),
    details: optional(atomicList(keyValue), 'More details of the event.'),
    group: optional(nonEmpty, 'Group of sources the event is about.'),
    httpConfig: optional(httpConfig(dialect), 'HTTP settings of the requests.'),
    pagerDutyImageConfigs: optional(atomicList(image), 'Pictures to attach.'),
    pagerDutyLinkConfigs: optional(atomicList(link), 'Links to attach.'),
    routingKey: optional(
      dialect.secret,
      'Key of the Secret with the routing key (Events API v2). Excludes serviceKey.',
    ),
    sendResolved: optional(flag, sendResolved),
    serviceKey: optional(
      dialect.secret,
      'Key of the Secret with the service key (Events API v1). Excludes routingKey.',
    ),
    severity: optional(nonEmpty, 'Severity of the event. "error" by default.'),
    source: optional(nonEmpty, 'Where the event comes from.', { since: 'Alertmanager 0.25.0' }),
    timeout: optional(duration, 'How long a request may take.', { since: 'Alertmanager 0.30.0' }),
    url: optional(httpsURL, 'Where events are sent. By default the global one.'),
  });
