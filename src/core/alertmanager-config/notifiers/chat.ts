/** Notifiers that post into a chat, beside Slack. */
import { boolean, integer, text } from '../../prometheus-config/scalars.ts';
import { keysOf, listOf, mapping, refuseIf } from '../../prometheus-config/shape.ts';
import type { Fields } from '../../prometheus-config/shape.ts';
import type { Globals } from '../globals.ts';
import { goDuration, hasAuthorization, secretUrl, url } from '../alertmanager-scalars.ts';
import { describe, hasNone } from '../alertmanager-shape.ts';
import { httpKeys, lacksText, refuseBoth, wantOne } from './notifier.ts';
import type { Notifier } from './notifier.ts';

const webhookKeys = [...httpKeys, ...keysOf(secretUrl, 'webhook_url'), ...keysOf(text, 'webhook_url_file')];

const wantWebhook = (fields: Fields): void => wantOne(fields, 'webhook_url');

export const discord: Notifier = {
  list: 'discord_configs',
  shape: describe('config.plain', {
    keys: [...webhookKeys, ...keysOf(text, 'content', 'title', 'message', 'username', 'avatar_url')],
    since: { '0.27.0': ['webhook_url_file'], '0.28.0': ['content', 'username', 'avatar_url'] },
    check: wantWebhook,
  }),
};

export const msteams: Notifier = {
  list: 'msteams_configs',
  since: '0.26.0',
  shape: describe('config.plain', {
    keys: [...webhookKeys, ...keysOf(text, 'title', 'summary', 'text')],
    since: { '0.27.0': ['webhook_url_file', 'summary'] },
    check: wantWebhook,
  }),
};

export const msteamsv2: Notifier = {
  list: 'msteamsv2_configs',
  since: '0.28.0',
  shape: describe('config.plain', { keys: [...webhookKeys, ...keysOf(text, 'title', 'text')], check: wantWebhook }),
  /** Since 0.34 the proxy of the global client counts, and its absence makes Alertmanager crash. */
  complete(fields, globals, { version }) {
    const needsGlobal = version.isAtLeast('0.34.0') && !fields.inside('http_config').has('proxy_url');
    refuseIf(needsGlobal && globals.httpConfig === undefined, 'no global HTTP config set');
  },
};

const mattermostField = describe('config.plain', {
  keys: [...keysOf(text, 'title', 'value'), ...keysOf(boolean, 'short')],
  check(fields) {
    refuseIf(hasNone(fields, 'title'), 'missing title in Mattermost field configuration');
    refuseIf(hasNone(fields, 'value'), 'missing value in Mattermost field configuration');
  },
});

/** What an attachment has, and since 0.32 the message itself. */
const attachmentKeys = [
  ...keysOf(text, 'fallback', 'color', 'pretext', 'author_name', 'author_link', 'author_icon', 'title', 'title_link'),
  ...keysOf(listOf(mapping(mattermostField)), 'fields'),
  ...keysOf(text, 'thumb_url', 'footer', 'footer_icon', 'image_url'),
];

const mattermostAttachment = describe('mattermost.MattermostAttachment', {
  keys: [...attachmentKeys, ...keysOf(text, 'text')],
});

const mattermostPriority = describe('mattermost.MattermostPriority', {
  keys: [...keysOf(text, 'priority'), ...keysOf(boolean, 'requested_ack', 'persistent_notifications')],
});

export const mattermost: Notifier = {
  list: 'mattermost_configs',
  since: '0.30.0',
  shape: describe('config.plain', {
    keys: [
      ...webhookKeys,
      ...attachmentKeys,
      ...keysOf(text, 'channel', 'username', 'text', 'icon_url', 'icon_emoji', 'type'),
      ...keysOf(listOf(mapping(mattermostAttachment)), 'attachments'),
      ...keysOf(mapping(describe('mattermost.MattermostProps', { keys: keysOf(text, 'card') })), 'props'),
      ...keysOf(mapping(mattermostPriority), 'priority'),
    ],
    since: { '0.32.0': attachmentKeys.map(([name]) => name) },
    check: (fields) => refuseBoth(fields, 'webhook_url'),
  }),
  complete(fields, globals) {
    refuseIf(
      lacksText(fields, 'webhook_url', { in: globals, as: 'mattermost_webhook_url' }),
      'missing webhook_url or webhook_url_file on mattermost_config',
    );
  },
};

const rocketchatField = describe('config.RocketchatAttachmentField', {
  keys: [...keysOf(boolean, 'short'), ...keysOf(text, 'title', 'value')],
});

/** These keys have no underscores: Alertmanager names them for JSON alone. */
const rocketchatAction = describe('config.RocketchatAttachmentAction', {
  keys: [
    ...keysOf(text, 'type', 'text', 'url', 'imageurl', 'webviewheightratio', 'msg', 'msgprocessingtype'),
    ...keysOf(boolean, 'iswebview', 'msginchatwindow'),
  ],
});

export const rocketchat: Notifier = {
  list: 'rocketchat_configs',
  since: '0.28.0',
  shape: describe('config.plain', {
    keys: [
      ...httpKeys,
      ...keysOf(url, 'api_url'),
      ...keysOf(text, 'token_id', 'token_id_file', 'token', 'token_file', 'channel', 'color', 'title', 'title_link'),
      ...keysOf(text, 'text', 'emoji', 'icon_url', 'image_url', 'thumb_url', 'message_text'),
      ...keysOf(boolean, 'short_fields', 'link_names'),
      ...keysOf(listOf(mapping(rocketchatField)), 'fields'),
      ...keysOf(listOf(mapping(rocketchatAction)), 'actions'),
    ],
    since: { '0.35.0': ['message_text'] },
    check(fields) {
      for (const key of ['token', 'token_id'])
        refuseIf(
          fields.has(key) && fields.text(`${key}_file`) !== '',
          `at most one of ${key} & ${key}_file must be configured`,
        );
    },
  }),
  complete(fields, globals) {
    for (const [key, name] of [
      ['token_id', 'TokenID'],
      ['token', 'Token'],
    ] as const)
      refuseIf(
        ![fields.has(key), globals.has(`rocketchat_${key}`)].some(Boolean) &&
          fields.text(`${key}_file`) === '' &&
          globals.text(`rocketchat_${key}_file`) === '',
        `no global Rocketchat ${name} set either inline or in a file`,
      );
  },
};

const parseModes = ['', 'Markdown', 'MarkdownV2', 'HTML'];

export const telegram: Notifier = {
  list: 'telegram_configs',
  shape: describe('config.plain', {
    keys: [
      ...httpKeys,
      ...keysOf(url, 'api_url'),
      ...keysOf(text, 'bot_token', 'bot_token_file', 'chat_id_file', 'message', 'parse_mode'),
      ...keysOf(integer, 'chat_id', 'message_thread_id'),
      ...keysOf(boolean, 'disable_notifications'),
      ...keysOf(goDuration, 'timeout'),
    ],
    since: {
      '0.26.0': ['bot_token_file'],
      '0.28.0': ['message_thread_id'],
      '0.31.0': ['chat_id_file'],
      '0.35.0': ['timeout'],
    },
    check(fields) {
      refuseBoth(fields, 'bot_token');
      const hasId = Math.trunc(fields.number('chat_id', 0)) !== 0;
      const hasFile = fields.text('chat_id_file') !== '';
      refuseIf(!hasId && !hasFile, 'missing chat_id or chat_id_file on telegram_config');
      refuseIf(hasId && hasFile, 'at most one of chat_id & chat_id_file must be configured');
      refuseIf(
        !parseModes.includes(fields.text('parse_mode')),
        'unknown parse_mode on telegram_config, must be Markdown, MarkdownV2, HTML or empty string',
      );
    },
  }),
  complete(fields, globals) {
    refuseIf(
      lacksText(fields, 'bot_token', { in: globals, as: 'telegram_bot_token' }),
      'missing bot_token or bot_token_file on telegram_config',
    );
  },
};

export const webex: Notifier = {
  list: 'webex_configs',
  shape: describe('config.plain', {
    keys: [...httpKeys, ...keysOf(url, 'api_url'), ...keysOf(text, 'message', 'room_id')],
    check(fields) {
      refuseIf(hasNone(fields, 'room_id'), 'missing room_id on webex_config');
      refuseIf(!hasAuthorization(fields.inside('http_config')), 'missing webex_configs.http_config.authorization');
    },
  }),
  complete(fields, globals) {
    refuseIf(!fields.has('api_url') && !globals.hasDefault('webex_api_url'), 'no global Webex URL set');
  },
};

export const wechat: Notifier = {
  list: 'wechat_configs',
  shape: describe('config.plain', {
    keys: [
      ...httpKeys,
      ...keysOf(url, 'api_url'),
      ...keysOf(text, 'api_secret', 'api_secret_file', 'corp_id', 'message', 'to_user', 'to_party', 'to_tag'),
      ...keysOf(text, 'agent_id', 'message_type'),
    ],
    since: { '0.31.0': ['api_secret_file'] },
    check(fields) {
      const type = fields.text('message_type');
      refuseIf(
        !['', 'text', 'markdown'].includes(type),
        `weChat message type "${type}" does not match valid options ^(text|markdown)$`,
      );
      refuseBoth(fields, 'api_secret');
    },
  }),
  complete: completeWechat,
};

function completeWechat(fields: Fields, globals: Globals): void {
  refuseIf(!fields.has('api_url') && !globals.hasDefault('wechat_api_url'), 'no global Wechat URL set');
  refuseIf(
    lacksText(fields, 'api_secret', { in: globals, as: 'wechat_api_secret' }),
    'no global Wechat Api Secret set either inline or in a file',
  );
  refuseIf(hasNone(fields, 'corp_id') && globals.text('wechat_api_corp_id') === '', 'no global Wechat CorpID set');
}
