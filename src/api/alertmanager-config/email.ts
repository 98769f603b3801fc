import { safeTLSConfig } from '../parts/tls.ts';
import { flag, nonEmpty, object, oneOf, optional, required, text } from '../schema.ts';
import type { Dialect } from './dialect.ts';
import { keyValue } from './key-value.ts';
import { sendResolved } from './send-resolved.ts';

const emailThreading = object({
  threadByDate: required(oneOf('Daily', 'None'), 'Whether a new thread starts each day.'),
});

/** What is not set here comes from the global configuration of the Alertmanager. */
export const emailConfig = <S>({ secret, list }: Dialect<S>) =>
  object({
    authIdentity: optional(nonEmpty, 'Identity for PLAIN authentication.'),
    authPassword: optional(secret, 'Key of the Secret with the password for LOGIN and PLAIN authentication.'),
    authSecret: optional(secret, 'Key of the Secret with the secret for CRAM-MD5 authentication.'),
    authUsername: optional(nonEmpty, 'User name for authentication.'),
    forceImplicitTLS: optional(flag, 'Whether TLS is spoken from the first byte. By default only on port 465.', {
      since: 'Alertmanager 0.31.0',
    }),
    from: optional(nonEmpty, 'Sender of the mails.'),
    headers: optional(list(keyValue), 'Headers of the mails; they replace those Alertmanager sets itself.'),
    hello: optional(nonEmpty, 'Name to greet the server with.'),
    html: optional(text, 'Template of the HTML body.'),
    requireTLS: optional(flag, 'Whether TLS is needed. True by default.'),
    sendResolved: optional(flag, sendResolved),
    smarthost: optional(nonEmpty, 'Server that mails are handed to, as "host:port".'),
    text: optional(nonEmpty, 'Template of the text body.'),
    threading: optional(emailThreading, 'Groups the mails of an alert group into a thread.', {
      since: 'Alertmanager 0.30.0',
    }),
    tlsConfig: optional(safeTLSConfig, 'TLS settings of the connection.'),
    to: optional(nonEmpty, 'Receivers of the mails.'),
  });
