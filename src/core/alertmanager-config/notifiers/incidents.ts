/** Notifiers that open an incident, an issue or a page. */
import { boolean, count, duration, text, textMap, texts } from '../../prometheus-config/scalars.ts';
import { Fields, keysOf, listOf, mapping, refuseIf } from '../../prometheus-config/shape.ts';
import type { KeyCheck } from '../../prometheus-config/shape.ts';
import { asMapping, textOf } from '../../prometheus-config/values.ts';
import { anyMap, goDuration, hasAuthorization, isTemplate, unitDuration, url } from '../alertmanager-scalars.ts';
import { describe, hasNone, hasSeveral } from '../alertmanager-shape.ts';
import { httpKeys, lacksText, refuseBoth, wantOne } from './notifier.ts';
import type { Notifier } from './notifier.ts';

const linkShape = describe('pagerduty.PagerdutyLink', { keys: keysOf(text, 'href', 'text') });
const imageShape = describe('pagerduty.PagerdutyImage', { keys: keysOf(text, 'src', 'alt', 'href') });

/** Texts; since 0.30 anything. */
const details: KeyCheck = (value, context) => {
  (context.version.isBelow('0.30.0') ? textMap : anyMap)(value, context);
};

export const pagerduty: Notifier = {
  list: 'pagerduty_configs',
  shape: describe('config.plain', {
    keys: [
      ...httpKeys,
      ...keysOf(url, 'url'),
      ...keysOf(text, 'service_key', 'service_key_file', 'routing_key', 'routing_key_file', 'client', 'client_url'),
      ...keysOf(text, 'description', 'source', 'severity', 'class', 'component', 'group'),
      ...keysOf(details, 'details'),
      ...keysOf(listOf(mapping(imageShape)), 'images'),
      ...keysOf(listOf(mapping(linkShape)), 'links'),
      ...keysOf(goDuration, 'timeout'),
    ],
    since: { '0.30.0': ['timeout'] },
    check(fields) {
      const keys = ['routing_key', 'service_key', 'routing_key_file', 'service_key_file'];
      refuseIf(hasNone(fields, ...keys), 'missing service or routing key in PagerDuty config');
      refuseBoth(fields, 'routing_key', 'service_key');
    },
  }),
  complete(fields, globals) {
    refuseIf(!fields.has('url') && !globals.hasDefault('pagerduty_url'), 'no global PagerDuty URL set');
  },
};

export const incidentio: Notifier = {
  list: 'incidentio_configs',
  since: '0.29.0',
  shape: describe('config.plain', {
    keys: [
      ...httpKeys,
      ...keysOf(url, 'url'),
      ...keysOf(text, 'url_file', 'alert_source_token', 'alert_source_token_file'),
      ...keysOf(count, 'max_alerts'),
      ...keysOf(goDuration, 'timeout'),
      ...keysOf(textMap, 'metadata'),
    ],
    since: { '0.35.0': ['metadata'] },
    check(fields) {
      wantOne(fields, 'url');
      refuseBoth(fields, 'alert_source_token');
      const hasToken = !hasNone(fields, 'alert_source_token', 'alert_source_token_file');
      const isAuthorized = hasAuthorization(fields.inside('http_config'));
      refuseIf(
        isAuthorized && hasToken,
        'cannot specify alert_source_token or alert_source_token_file when using http_config.authorization',
      );
      refuseIf(
        fields.has('http_config') && !isAuthorized && !hasToken,
        'at least one of alert_source_token, alert_source_token_file or http_config.authorization must be configured',
      );
    },
  }),
};

const responderTypes = ['team', 'teams', 'user', 'escalation', 'schedule'];

const responderShape = describe('opsgenie.OpsGenieConfigResponder', {
  keys: keysOf(text, 'id', 'name', 'username', 'type'),
});

function checkResponder(responder: Fields): void {
  refuseIf(
    hasNone(responder, 'id', 'username', 'name'),
    'opsGenieConfig responder has to have at least one of id, username or name specified',
  );
  const type = responder.text('type');
  refuseIf(
    !isTemplate(type) && !responderTypes.includes(type.toLowerCase()),
    `opsGenieConfig responder type "${type}" does not match valid options ^(team|teams|user|escalation|schedule)$`,
  );
}

export const opsgenie: Notifier = {
  list: 'opsgenie_configs',
  shape: describe('config.plain', {
    keys: [
      ...httpKeys,
      ...keysOf(text, 'api_key', 'api_key_file', 'message', 'description', 'source', 'entity', 'actions', 'tags'),
      ...keysOf(text, 'note', 'priority'),
      ...keysOf(url, 'api_url'),
      ...keysOf(textMap, 'details'),
      ...keysOf(boolean, 'update_alerts'),
      ...keysOf(listOf(mapping(responderShape)), 'responders'),
    ],
    check(fields) {
      refuseBoth(fields, 'api_key');
      for (const responder of fields.list('responders')) checkResponder(new Fields(asMapping(responder, 'responder')));
    },
  }),
  complete(fields, globals) {
    refuseIf(!fields.has('api_url') && !globals.hasDefault('opsgenie_api_url'), 'no global OpsGenie URL set');
    refuseIf(
      lacksText(fields, 'api_key', { in: globals, as: 'opsgenie_api_key' }),
      'no global OpsGenie API Key set either inline or in a file',
    );
  },
};

/** Names that VictorOps gives a meaning of its own. */
const reservedFields = [
  ...['routing_key', 'message_type', 'state_message', 'entity_display_name', 'monitoring_tool', 'entity_id'],
  'entity_state',
];

export const victorops: Notifier = {
  list: 'victorops_configs',
  shape: describe('config.plain', {
    keys: [
      ...httpKeys,
      ...keysOf(text, 'api_key', 'api_key_file', 'routing_key', 'message_type', 'state_message'),
      ...keysOf(text, 'entity_display_name', 'monitoring_tool'),
      ...keysOf(url, 'api_url'),
      ...keysOf(textMap, 'custom_fields'),
    ],
    check(fields) {
      refuseIf(hasNone(fields, 'routing_key'), 'missing Routing key in VictorOps config');
      refuseBoth(fields, 'api_key');
      const reserved = fields
        .inside('custom_fields')
        .keys()
        .find((key) => reservedFields.includes(key));
      refuseIf(
        reserved !== undefined,
        `victorOps config contains custom field ${reserved} which cannot be used as it conflicts with the fixed/static fields`,
      );
    },
  }),
  complete(fields, globals) {
    refuseIf(!fields.has('api_url') && !globals.hasDefault('victorops_api_url'), 'no global VictorOps URL set');
    refuseIf(lacksText(fields, 'api_key', { in: globals, as: 'victorops_api_key' }), 'no global VictorOps API Key set');
  },
};

const jiraFieldShape = describe('jira.plain', {
  keys: [...keysOf(text, 'template'), ...keysOf(boolean, 'enable_update')],
});

/** A text, or since 0.30 a mapping with one. */
const jiraField: KeyCheck = (value, context) => {
  if (textOf(value) !== undefined) return;
  if (context.version.isBelow('0.30.0')) text(value);
  mapping(jiraFieldShape)(value, context);
};

export const jira: Notifier = {
  list: 'jira_configs',
  since: '0.28.0',
  shape: describe('config.plain', {
    keys: [
      ...httpKeys,
      ...keysOf(url, 'api_url'),
      ...keysOf(text, 'api_type', 'project', 'priority', 'issue_type', 'reopen_transition', 'resolve_transition'),
      ...keysOf(text, 'wont_fix_resolution'),
      ...keysOf(jiraField, 'summary', 'description'),
      ...keysOf(texts, 'labels'),
      ...keysOf(duration, 'reopen_duration'),
      ...keysOf(anyMap, 'fields'),
    ],
    since: { '0.29.0': ['api_type'] },
    check(fields) {
      refuseIf(hasNone(fields, 'project'), 'missing project in jira_config');
      refuseIf(hasNone(fields, 'issue_type'), 'missing issue_type in jira_config');
      refuseIf(
        fields.keys().includes('api_type') && !['auto', 'cloud', 'datacenter'].includes(fields.text('api_type')),
        'unknown api_type on jira_config, must be auto, cloud or datacenter',
      );
    },
  }),
  complete(fields, globals) {
    refuseIf(!fields.has('api_url') && !globals.has('jira_api_url'), 'no global Jira Cloud URL set');
  },
};

export const pushover: Notifier = {
  list: 'pushover_configs',
  shape: describe('config.plain', {
    keys: [
      ...httpKeys,
      ...keysOf(text, 'user_key', 'user_key_file', 'token', 'token_file', 'title', 'message', 'url', 'url_title'),
      ...keysOf(text, 'device', 'sound', 'priority'),
      ...keysOf(unitDuration, 'retry', 'expire', 'ttl'),
      ...keysOf(boolean, 'html', 'monospace'),
    ],
    since: {
      '0.26.0': ['user_key_file', 'token_file', 'device'],
      '0.27.0': ['ttl'],
      '0.29.0': ['monospace'],
    },
    check(fields) {
      for (const key of ['user_key', 'token']) {
        refuseIf(hasNone(fields, key, `${key}_file`), `one of ${key} or ${key}_file must be configured`);
        refuseIf(hasSeveral(fields, key, `${key}_file`), `at most one of ${key} & ${key}_file must be configured`);
      }
      refuseIf(
        fields.isTrue('html') && fields.isTrue('monospace'),
        'at most one of monospace & html must be configured',
      );
    },
  }),
};
