/** Notifiers that send a message: mail, webhooks and SNS. */
import { anything, boolean, count, text, textMap } from '../../prometheus-config/scalars.ts';
import { keysOf, mapping, refuseIf } from '../../prometheus-config/shape.ts';
import type { Fields } from '../../prometheus-config/shape.ts';
import { tls } from '../../prometheus-config/client-shape.ts';
import { goDuration, hostPort, templateUrl } from '../alertmanager-scalars.ts';
import { describe, hasNone, hasSeveral } from '../alertmanager-shape.ts';
import { httpKeys } from './notifier.ts';
import type { Notifier } from './notifier.ts';

const threadingShape = describe('config.ThreadingConfig', {
  keys: [...keysOf(boolean, 'enabled'), ...keysOf(text, 'thread_by_date')],
});

export const email: Notifier = {
  list: 'email_configs',
  shape: describe('config.plain', {
    keys: [
      ...keysOf(boolean, 'send_resolved', 'require_tls', 'force_implicit_tls'),
      ...keysOf(text, 'to', 'from', 'hello', 'auth_username', 'auth_password', 'auth_password_file', 'auth_secret'),
      ...keysOf(text, 'auth_secret_file', 'auth_identity', 'html', 'text'),
      ...keysOf(hostPort, 'smarthost'),
      ...keysOf(textMap, 'headers'),
      ...keysOf(tls, 'tls_config'),
      ...keysOf(mapping(threadingShape), 'threading'),
    ],
    since: { '0.30.0': ['threading'], '0.31.0': ['auth_secret_file', 'force_implicit_tls'] },
    check(fields) {
      refuseIf(hasNone(fields, 'to'), 'missing to address in email config');
      const headers = checkHeaders(fields.inside('headers').keys());
      const threading = fields.inside('threading');
      if (threading.isTrue('enabled')) checkThreading(threading, headers);
    },
  }),
  complete(fields, globals) {
    refuseIf(hasNone(fields, 'smarthost') && globals.text('smtp_smarthost') === '', 'no global SMTP smarthost set');
    refuseIf(hasNone(fields, 'from') && globals.text('smtp_from') === '', 'no global SMTP from set');
  },
};

const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Their names as Go writes them: case does not count, unless there is a character that may not be there. */
function checkHeaders(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const name of names) {
    const written = headerName.test(name) ? name.toLowerCase() : name;
    refuseIf(seen.has(written), `duplicate header "${name}" in email config`);
    seen.add(written);
  }
  return seen;
}

function checkThreading(threading: Fields, headers: ReadonlySet<string>): void {
  for (const name of ['References', 'In-Reply-To'])
    refuseIf(
      headers.has(name.toLowerCase()),
      `conflicting configuration: threading.enabled conflicts with custom ${name} header`,
    );
  refuseIf(
    !['none', 'daily'].includes(threading.text('thread_by_date')),
    "threading.thread_by_date must be either 'none' or 'daily'",
  );
}

export const webhook: Notifier = {
  list: 'webhook_configs',
  shape: describe('config.plain', {
    keys: [
      ...httpKeys,
      ...keysOf(templateUrl, 'url'),
      ...keysOf(text, 'url_file'),
      ...keysOf(count, 'max_alerts'),
      ...keysOf(goDuration, 'timeout'),
      ...keysOf(anything, 'payload'),
    ],
    since: { '0.26.0': ['url_file'], '0.28.0': ['timeout'], '0.32.0': ['payload'] },
    check(fields) {
      refuseIf(hasNone(fields, 'url', 'url_file'), 'one of url or url_file must be configured');
      refuseIf(hasSeveral(fields, 'url', 'url_file'), 'at most one of url & url_file must be configured');
    },
  }),
};

const sigv4Shape = describe('sigv4.plain', {
  keys: [
    ...keysOf(text, 'region', 'access_key', 'secret_key', 'profile', 'role_arn', 'external_id', 'service_name'),
    ...keysOf(boolean, 'use_fips_sts_endpoint'),
  ],
  since: { '0.31.0': ['external_id'] },
  check(fields) {
    refuseIf(
      hasNone(fields, 'access_key') !== hasNone(fields, 'secret_key'),
      'must provide a AWS SigV4 Access key and Secret Key if credentials are specified in the SigV4 config',
    );
    refuseIf(
      !hasNone(fields, 'external_id') && hasNone(fields, 'role_arn'),
      'external_id can only be used with role_arn',
    );
  },
});

export const sns: Notifier = {
  list: 'sns_configs',
  shape: describe('config.plain', {
    keys: [
      ...httpKeys,
      ...keysOf(text, 'api_url', 'topic_arn', 'phone_number', 'target_arn', 'subject', 'message'),
      ...keysOf(mapping(sigv4Shape), 'sigv4'),
      ...keysOf(textMap, 'attributes'),
      ...keysOf(boolean, 'use_aws_http_client'),
    ],
    since: { '0.33.0': ['use_aws_http_client'] },
    // All three together are let through by Alertmanager.
    check(fields) {
      const absent = ['target_arn', 'topic_arn', 'phone_number'].filter((key) => hasNone(fields, key));
      refuseIf(absent.length % 2 === 1, 'must provide either a Target ARN, Topic ARN, or Phone Number for SNS config');
    },
  }),
};
