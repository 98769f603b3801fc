/** Receivers that call people and systems (docs/reference/rendering.md 5.10 and 5.12). */
import { isJsonObject } from '../../../../../base/json.ts';
import type { YamlFields } from '../../../../../base/yaml-writer.ts';
import { any, duration, flag, inside, items, map, number, templateUrl, text, url } from '../section-shape.ts';
import type { Section, SectionFault } from '../section-shape.ts';
import { head, httpConfig, tlsConfig } from './http-sections.ts';
import { excludeFiles, isOneOf, requireEither } from './keys.ts';

const responder: Section = { fields: { id: text(), name: text(), username: text(), type: text() } };

const listOf = (value: YamlFields[string]): readonly YamlFields[] =>
  Array.isArray(value) ? (value as readonly YamlFields[]) : [];

export const opsgenie: Section = {
  fields: {
    ...head,
    api_key: text(),
    api_key_file: text({ since: '0.24.0', unless: 'api_key' }),
    api_url: url(),
    message: text(),
    description: text(),
    source: text(),
    details: map(),
    responders: items(responder),
    tags: text(),
    note: text(),
    priority: text(),
    update_alerts: flag({ since: '0.24.0' }),
    entity: text({ since: '0.24.0' }),
    actions: text({ since: '0.24.0' }),
  },
  *check({ responders }, version): Generator<SectionFault> {
    for (const [at, { type }] of listOf(responders).entries())
      if (type === 'teams' && version.isBelow('0.24.0'))
        yield {
          key: `responders[${at}].type`,
          message: 'Cannot use responder type "teams": it needs Alertmanager 0.24.0',
        };
  },
};

export const pagerduty: Section = {
  fields: {
    ...head,
    service_key: text(),
    service_key_file: text({ since: '0.25.0', unless: 'service_key' }),
    routing_key: text(),
    routing_key_file: text({ since: '0.25.0', unless: 'routing_key' }),
    url: text(),
    client: text(),
    client_url: text(),
    description: text(),
    details: any(),
    images: items({ fields: { src: text(), alt: text(), href: text() } }),
    links: items({ fields: { href: text(), text: text() } }),
    severity: text(),
    class: text(),
    component: text(),
    group: text(),
    source: text({ since: '0.25.0' }),
    timeout: text({ since: '0.30.0' }),
  },
  *check({ details }, version): Generator<SectionFault> {
    if (!isJsonObject(details) || !version.isBelow('0.30.0')) return;
    for (const [key, value] of Object.entries(details))
      if (Array.isArray(value) || isJsonObject(value))
        yield { key: `details.${key}`, message: 'Cannot use a detail that is no text: it needs Alertmanager 0.30.0' };
  },
};

export const pushover: Section = {
  fields: {
    ...head,
    user_key: text(),
    user_key_file: text({ since: '0.26.0', unless: 'user_key' }),
    token: text(),
    token_file: text({ since: '0.26.0', unless: 'token' }),
    title: text(),
    message: text(),
    url: templateUrl(),
    url_title: text(),
    ttl: text({ since: '0.27.0' }),
    device: text({ since: '0.26.0' }),
    sound: text(),
    priority: text(),
    retry: text(),
    expire: text(),
    html: flag(),
    monospace: flag({ since: '0.29.0' }),
  },
  *check(pushover): Generator<SectionFault> {
    yield* requireEither(pushover, 'user_key', 'a user key');
    yield* requireEither(pushover, 'token', 'a token');
    if (pushover.html === true && pushover.monospace === true)
      yield { key: 'monospace', message: 'Cannot use both "html" and "monospace": set one of them' };
  },
};

export const victorops: Section = {
  fields: {
    ...head,
    api_key: text(),
    api_key_file: text({ since: '0.25.0', unless: 'api_key' }),
    api_url: url(),
    routing_key: text(),
    message_type: text(),
    state_message: text(),
    entity_display_name: text(),
    monitoring_tool: text(),
    custom_fields: map(),
  },
};

export const webhook: Section = {
  fields: {
    send_resolved: flag(),
    url: templateUrl(),
    url_file: text({ since: '0.26.0', unless: 'url' }),
    http_config: inside(httpConfig),
    max_alerts: number(),
    timeout: text({ since: '0.28.0' }),
    payload: any({ since: '0.32.0' }),
  },
};

const threading: Section = {
  fields: { enabled: flag(), thread_by_date: text() },
  *check({ enabled, thread_by_date: by }): Generator<SectionFault> {
    if (enabled === true && by !== 'daily' && by !== 'none')
      yield { key: 'thread_by_date', message: 'Cannot make threads like this: want "daily" or "none"' };
  },
};

export const email: Section = {
  fields: {
    send_resolved: flag(),
    to: text(),
    from: text(),
    hello: text(),
    smarthost: text(),
    auth_username: text(),
    auth_password: text(),
    auth_password_file: text({ since: '0.25.0', unless: 'auth_password' }),
    auth_secret: text(),
    auth_secret_file: text({ since: '0.31.0', unless: 'auth_secret' }),
    auth_identity: text(),
    headers: map(),
    html: any({ always: true }),
    text: text(),
    require_tls: flag(),
    tls_config: inside(tlsConfig),
    force_implicit_tls: flag({ since: '0.31.0' }),
    threading: inside(threading, { since: '0.30.0' }),
  },
};

const sigv4: Section = {
  fields: {
    region: text(),
    access_key: text(),
    secret_key: text(),
    profile: text(),
    role_arn: text(),
    external_id: text({ since: '0.33.0' }),
  },
  *check({ external_id: id, role_arn: role }): Generator<SectionFault> {
    if (id !== undefined && role === undefined)
      yield { key: 'external_id', message: 'Cannot use "external_id" without "role_arn"' };
  },
};

export const sns: Section = {
  fields: {
    ...head,
    api_url: templateUrl(),
    sigv4: inside(sigv4),
    topic_arn: text(),
    phone_number: text(),
    target_arn: text(),
    subject: text(),
    message: text(),
    attributes: map(),
    use_aws_http_client: flag({ since: '0.33.0', onlyTrue: true }),
  },
};

const apiTypes = ['auto', 'cloud', 'datacenter'];

export const jira: Section = {
  fields: {
    http_config: inside(httpConfig),
    send_resolved: flag(),
    api_url: url(),
    project: text(),
    summary: any(),
    description: any(),
    labels: any(),
    priority: text(),
    issue_type: text(),
    reopen_transition: text(),
    resolve_transition: text(),
    wont_fix_resolution: text(),
    reopen_duration: duration(),
    fields: any(),
    api_type: text({ since: '0.29.0' }),
  },
  *check(jira): Generator<SectionFault> {
    for (const key of ['project', 'issue_type'] as const)
      if (jira[key] === undefined) yield { key, message: `Cannot notify without "${key}"` };
    if (jira.api_type !== undefined && !isOneOf(jira.api_type, apiTypes))
      yield { key: 'api_type', message: `Cannot use this type of API: want ${apiTypes.join(', ')}` };
  },
};

export const incidentio: Section = {
  fields: {
    ...head,
    url: url(),
    url_file: text(),
    alert_source_token: text(),
    alert_source_token_file: text(),
    max_alerts: number(),
    timeout: text(),
  },
  *check(incident): Generator<SectionFault> {
    yield* excludeFiles(incident, ['url', 'alert_source_token']);
    yield* requireEither(incident, 'url', 'a URL');
    const http = incident.http_config;
    const authorizes = isJsonObject(http) && http.authorization !== undefined;
    const hasToken = incident.alert_source_token !== undefined || incident.alert_source_token_file !== undefined;
    if (authorizes === hasToken)
      yield {
        key: 'alert_source_token',
        message:
          'Cannot authenticate: set one of "alert_source_token", "alert_source_token_file" and "http_config.authorization"',
      };
  },
};
