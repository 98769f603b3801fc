/** Receivers that call people and systems (docs/reference/rendering.md 5.10). Keys are put in order by `sanitizeSection`. */
import type { NotifierOf } from '../../../../../api/alertmanager-config.ts';
import type { Sigv4 } from '../../../../../api/parts/cloud-auth.ts';
import { sortEntries } from '../../../../../base/order.ts';
import type { YamlFields } from '../../../../../base/yaml-writer.ts';
import { convertHttpConfig, convertTls } from './http-config.ts';
import { ifTrue, readKey, reprintGoDuration, toMapping, unlessZero } from './convert-scope.ts';
import type { ConvertScope } from './convert-scope.ts';

export function convertOpsGenie(config: NotifierOf<'opsgenieConfigs'>, scope: ConvertScope): YamlFields {
  return {
    send_resolved: config.sendResolved,
    http_config: convertHttpConfig(config.httpConfig, scope),
    api_key: readKey(config.apiKey, scope),
    api_url: config.apiURL,
    message: config.message,
    description: config.description,
    source: config.source,
    details: toMapping(config.details),
    responders: config.responders?.map(({ id, name, username, type }) => ({ id, name, username, type })),
    tags: config.tags,
    note: config.note,
    priority: config.priority,
    update_alerts: config.updateAlerts,
    entity: config.entity,
    actions: config.actions,
  };
}

export function convertPagerDuty(config: NotifierOf<'pagerdutyConfigs'>, scope: ConvertScope): YamlFields {
  return {
    send_resolved: config.sendResolved,
    http_config: convertHttpConfig(config.httpConfig, scope),
    service_key: readKey(config.serviceKey, scope),
    routing_key: readKey(config.routingKey, scope),
    url: config.url,
    client: config.client,
    client_url: config.clientURL,
    description: config.description,
    details: toMapping(config.details),
    images: config.pagerDutyImageConfigs?.map(({ src, alt, href }) => ({ src, alt, href })),
    links: config.pagerDutyLinkConfigs?.map(({ href, alt }) => ({ href, text: alt })),
    severity: config.severity,
    class: config.class,
    component: config.component,
    group: config.group,
    source: config.source,
    timeout: reprintGoDuration(config.timeout),
  };
}

export function convertWebhook(config: NotifierOf<'webhookConfigs'>, scope: ConvertScope): YamlFields {
  return {
    send_resolved: config.sendResolved,
    url: readKey(config.urlSecret, scope) ?? config.url,
    http_config: convertHttpConfig(config.httpConfig, scope),
    max_alerts: unlessZero(config.maxAlerts),
    timeout: reprintGoDuration(config.timeout),
    payload: config.payload,
  };
}

export function convertEmail(config: NotifierOf<'emailConfigs'>, scope: ConvertScope): YamlFields {
  const by = config.threading?.threadByDate;
  return {
    send_resolved: config.sendResolved,
    to: config.to,
    from: config.from,
    hello: config.hello,
    smarthost: config.smarthost,
    auth_username: config.authUsername,
    auth_password: readKey(config.authPassword, scope),
    auth_secret: readKey(config.authSecret, scope),
    auth_identity: config.authIdentity,
    headers: toMapping(config.headers),
    html: config.html,
    text: config.text,
    require_tls: config.requireTLS,
    tls_config: convertTls(config.tlsConfig, scope),
    force_implicit_tls: config.forceImplicitTLS,
    threading: by && { enabled: true, thread_by_date: by.toLowerCase() },
  };
}

export function convertPushover(config: NotifierOf<'pushoverConfigs'>, scope: ConvertScope): YamlFields {
  return {
    send_resolved: config.sendResolved,
    http_config: convertHttpConfig(config.httpConfig, scope),
    user_key: readKey(config.userKey, scope),
    user_key_file: config.userKeyFile,
    token: readKey(config.token, scope),
    token_file: config.tokenFile,
    title: config.title,
    message: config.message,
    url: config.url,
    url_title: config.urlTitle,
    ttl: reprintGoDuration(config.ttl),
    device: config.device,
    sound: config.sound,
    priority: config.priority,
    retry: reprintGoDuration(config.retry),
    expire: reprintGoDuration(config.expire),
    html: config.html,
    monospace: config.monospace,
  };
}

export function convertVictorOps(config: NotifierOf<'victoropsConfigs'>, scope: ConvertScope): YamlFields {
  return {
    send_resolved: config.sendResolved,
    http_config: convertHttpConfig(config.httpConfig, scope),
    api_key: readKey(config.apiKey, scope),
    api_url: config.apiUrl,
    routing_key: config.routingKey,
    message_type: config.messageType,
    state_message: config.stateMessage,
    entity_display_name: config.entityDisplayName,
    monitoring_tool: config.monitoringTool,
    custom_fields: toMapping(config.customFields),
  };
}

export function convertSns(config: NotifierOf<'snsConfigs'>, scope: ConvertScope): YamlFields {
  return {
    send_resolved: config.sendResolved,
    http_config: convertHttpConfig(config.httpConfig, scope),
    api_url: config.apiURL,
    sigv4: convertSigv4(config.sigv4, scope),
    topic_arn: config.topicARN,
    phone_number: config.phoneNumber,
    target_arn: config.targetARN,
    subject: config.subject,
    message: config.message,
    attributes: config.attributes && sortEntries(config.attributes),
    use_aws_http_client: ifTrue(config.useAWSHTTPClient),
  };
}

function convertSigv4(sigv4: Sigv4 | undefined, scope: ConvertScope): YamlFields | undefined {
  return (
    sigv4 && {
      region: sigv4.region,
      access_key: readKey(sigv4.accessKey, scope),
      secret_key: readKey(sigv4.secretKey, scope),
      profile: sigv4.profile,
      role_arn: sigv4.roleArn,
      external_id: sigv4.externalId,
    }
  );
}
