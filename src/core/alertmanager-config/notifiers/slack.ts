import { boolean, text, texts } from '../../prometheus-config/scalars.ts';
import { keysOf, listOf, mapping, refuseIf } from '../../prometheus-config/shape.ts';
import type { Fields, LoadContext } from '../../prometheus-config/shape.ts';
import { slackAppUrl } from '../globals.ts';
import type { ApiUrl, Globals } from '../globals.ts';
import { goDuration, hasAuthorization, secretUrl, url } from '../alertmanager-scalars.ts';
import { describe, hasNone } from '../alertmanager-shape.ts';
import { httpKeys, refuseBoth } from './notifier.ts';
import type { Notifier } from './notifier.ts';

const confirmShape = describe('config.plain', {
  keys: keysOf(text, 'text', 'title', 'ok_text', 'dismiss_text'),
  check: (fields) => refuseIf(hasNone(fields, 'text'), 'missing text in Slack confirmation configuration'),
});

const actionShape = describe('config.plain', {
  keys: [...keysOf(text, 'type', 'text', 'url', 'style', 'name', 'value'), ...keysOf(mapping(confirmShape), 'confirm')],
  check(fields) {
    refuseIf(hasNone(fields, 'type'), 'missing type in Slack action configuration');
    refuseIf(hasNone(fields, 'text'), 'missing text in Slack action configuration');
    refuseIf(hasNone(fields, 'url', 'name'), 'missing name or url in Slack action configuration');
  },
});

const fieldShape = describe('config.plain', {
  keys: [...keysOf(text, 'title', 'value'), ...keysOf(boolean, 'short')],
  check(fields) {
    refuseIf(hasNone(fields, 'title'), 'missing title in Slack field configuration');
    refuseIf(hasNone(fields, 'value'), 'missing value in Slack field configuration');
  },
});

/** Messages can be changed, and threads be made, only by apps. */
const appOptions = ['update_message', 'post_updates_to_thread'];

const shape = describe('config.plain', {
  keys: [
    ...httpKeys,
    ...keysOf(secretUrl, 'api_url'),
    ...keysOf(url, 'app_url'),
    ...keysOf(text, 'api_url_file', 'app_token', 'app_token_file', 'channel', 'username', 'color', 'title'),
    ...keysOf(text, 'title_link', 'pretext', 'text', 'message_text', 'footer', 'fallback', 'callback_id'),
    ...keysOf(text, 'icon_emoji', 'icon_url', 'image_url', 'thumb_url'),
    ...keysOf(boolean, 'short_fields', 'link_names', ...appOptions),
    ...keysOf(texts, 'mrkdwn_in'),
    ...keysOf(listOf(mapping(fieldShape)), 'fields'),
    ...keysOf(listOf(mapping(actionShape)), 'actions'),
    ...keysOf(goDuration, 'timeout'),
  ],
  since: {
    '0.30.0': ['app_token', 'app_token_file', 'app_url', 'timeout'],
    '0.31.0': ['message_text'],
    '0.32.0': ['update_message'],
    '0.35.0': ['post_updates_to_thread'],
  },
  check(fields, context) {
    refuseBoth(fields, 'api_url', 'app_token');
    refuseIf(
      !hasNone(fields, 'api_url', 'api_url_file') && !hasNone(fields, 'app_token', 'app_token_file'),
      'at most one of api_url/api_url_file & app_token/app_token_file must be configured',
    );
    checkAppOptions(fields, ownUrl(fields), context);
  },
});

const ownUrl = (fields: Fields): ApiUrl => ({
  url: fields.has('api_url') ? fields.text('api_url') : undefined,
  file: fields.text('api_url_file'),
});

/** Before 0.35 a missing URL made Alertmanager crash here; since then the global one counts. */
function checkAppOptions(fields: Fields, { url, file }: ApiUrl, { version }: LoadContext): void {
  for (const option of appOptions.filter((one) => fields.isTrue(one))) {
    refuseIf(url === undefined && file !== '', `${option} can't be used with api_url_file`);
    refuseIf(
      url === undefined ? version.isBelow('0.35.0') : url !== slackAppUrl,
      `${option} can only be used with bot tokens. api_url must be set to ${slackAppUrl}`,
    );
  }
}

/** What a configuration and `global` give together. */
interface Merged {
  readonly api: ApiUrl;
  readonly isApp: boolean;
  /** Undefined when the global client was taken away, and Alertmanager would crash. */
  readonly http: Fields | undefined;
}

function merge(fields: Fields, globals: Globals): Merged {
  const own = fields.has('http_config') ? fields.inside('http_config') : undefined;
  const hasToken = !hasNone(fields, 'app_token', 'app_token_file');
  const isOther = fields.has('api_url') || (own !== undefined && hasAuthorization(own));
  const hasUrl = !hasNone(fields, 'api_url', 'api_url_file');
  return {
    api: hasUrl ? ownUrl(fields) : globals.urlOf('slack_api_url'),
    isApp: hasToken || (!isOther && globals.hasText('slack_app_token', 'slack_app_token_file')),
    http: own ?? globals.httpConfig,
  };
}

function complete(fields: Fields, globals: Globals, context: LoadContext): void {
  refuseIf(!fields.has('app_url') && !globals.hasDefault('slack_app_url'), 'no global Slack App URL set');
  const { api, isApp, http } = merge(fields, globals);
  refuseIf(
    api.url === undefined && api.file === '' && !isApp,
    'no Slack API URL nor App token set either inline or in a file',
  );
  refuseIf(http === undefined, 'no global HTTP config set');
  refuseIf(
    isApp && http !== undefined && hasAuthorization(http),
    "http authorization can't be set when using Slack App tokens",
  );
  if (context.version.isBelow('0.35.0')) return;
  const appUrl = [fields.text('app_url'), globals.text('slack_app_url')].find((url) => url !== '') ?? slackAppUrl;
  checkAppOptions(fields, isApp ? { ...api, url: appUrl } : api, context);
}

export const slack: Notifier = { list: 'slack_configs', shape, complete };
