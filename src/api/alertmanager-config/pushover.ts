import { duration } from '../parts/scalars.ts';
import { flag, nonEmpty, object, optional, refine, text } from '../schema.ts';
import type { Dialect } from './dialect.ts';
import { httpConfig } from './http-config.ts';
import { sendResolved } from './send-resolved.ts';

/** As `duration`, but without "0". */
const unitDuration = refine(text, {
  hint: 'a duration such as "30s", "1h30m" or "1d"',
  pattern: '^(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?$',
});

export const pushoverConfig = <S>(dialect: Dialect<S>) =>
  object({
    device: optional(nonEmpty, 'Device to notify. All of the user by default.', { since: 'Alertmanager 0.26.0' }),
    expire: optional(unitDuration, 'How long an emergency message is repeated.'),
    html: optional(flag, 'Whether the message is HTML. Excludes monospace.'),
    httpConfig: optional(httpConfig(dialect), 'HTTP settings of the requests.'),
    message: optional(nonEmpty, 'Template of the message.'),
    monospace: optional(flag, 'Whether the message is shown in a monospaced font. Excludes html.', {
      since: 'Alertmanager 0.29.0',
    }),
    priority: optional(nonEmpty, 'Priority; 2 is an emergency, which needs expire and retry.'),
    retry: optional(unitDuration, 'How often an emergency message is repeated; at least 30s.'),
    sendResolved: optional(flag, sendResolved),
    sound: optional(nonEmpty, 'Sound to play.'),
    title: optional(nonEmpty, 'Template of the title.'),
    token: optional(dialect.secret, "Key of the Secret with the application's token. This or tokenFile is needed."),
    tokenFile: optional(dialect.path, "Path in the container of the application's token. token wins over it.", {
      since: 'Alertmanager 0.26.0',
    }),
    ttl: optional(duration, 'How long the message is kept.', { since: 'Alertmanager 0.27.0' }),
    url: optional(text, 'Link to show with the message.'),
    urlTitle: optional(nonEmpty, 'Title of the link.'),
    userKey: optional(dialect.secret, "Key of the Secret with the user's key. This or userKeyFile is needed."),
    userKeyFile: optional(dialect.path, "Path in the container of the user's key. userKey wins over it.", {
      since: 'Alertmanager 0.26.0',
    }),
  });
