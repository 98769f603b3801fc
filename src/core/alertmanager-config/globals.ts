import { boolean, duration, text } from '../prometheus-config/scalars.ts';
import { keysOf, refuseIf } from '../prometheus-config/shape.ts';
import type { Fields } from '../prometheus-config/shape.ts';
import { tls } from '../prometheus-config/client-shape.ts';
import { hostPort, httpConfig, secretUrl, url } from './alertmanager-scalars.ts';
import { describe, hasNone, hasSeveral, isNulled } from './alertmanager-shape.ts';

/** Where Slack takes messages of apps. */
export const slackAppUrl = 'https://slack.com/api/chat.postMessage';

/** `global`: what receivers fall back to. */
export const globalShape = describe('config.plain', {
  keys: [
    ...keysOf(duration, 'resolve_timeout'),
    ...keysOf(httpConfig, 'http_config'),
    ...keysOf(url, 'jira_api_url', 'slack_app_url', 'pagerduty_url', 'opsgenie_api_url', 'wechat_api_url'),
    ...keysOf(url, 'victorops_api_url', 'telegram_api_url', 'webex_api_url', 'rocketchat_api_url'),
    ...keysOf(secretUrl, 'slack_api_url', 'mattermost_webhook_url'),
    ...keysOf(hostPort, 'smtp_smarthost'),
    ...keysOf(boolean, 'smtp_require_tls', 'smtp_force_implicit_tls'),
    ...keysOf(tls, 'smtp_tls_config'),
    ...keysOf(text, 'smtp_from', 'smtp_hello', 'smtp_auth_username', 'smtp_auth_password', 'smtp_auth_password_file'),
    ...keysOf(text, 'smtp_auth_secret', 'smtp_auth_secret_file', 'smtp_auth_identity', 'slack_api_url_file'),
    ...keysOf(text, 'slack_app_token', 'slack_app_token_file', 'opsgenie_api_key', 'opsgenie_api_key_file'),
    ...keysOf(text, 'wechat_api_secret', 'wechat_api_secret_file', 'wechat_api_corp_id', 'victorops_api_key'),
    ...keysOf(text, 'victorops_api_key_file', 'telegram_bot_token', 'telegram_bot_token_file', 'rocketchat_token'),
    ...keysOf(text, 'rocketchat_token_file', 'rocketchat_token_id', 'rocketchat_token_id_file'),
    ...keysOf(text, 'mattermost_webhook_url_file'),
  ],
  since: {
    '0.28.0': [
      ...['jira_api_url', 'smtp_tls_config', 'rocketchat_api_url', 'rocketchat_token', 'rocketchat_token_file'],
      ...['rocketchat_token_id', 'rocketchat_token_id_file'],
    ],
    '0.30.0': ['slack_app_token', 'slack_app_token_file', 'slack_app_url'],
    '0.31.0': [
      ...['smtp_auth_secret_file', 'smtp_force_implicit_tls', 'wechat_api_secret_file', 'telegram_bot_token'],
      'telegram_bot_token_file',
    ],
    '0.32.0': ['mattermost_webhook_url', 'mattermost_webhook_url_file'],
  },
});

/** A URL, a file with one, or neither. */
export interface ApiUrl {
  readonly url: string | undefined;
  readonly file: string;
}

/** What a receiver finds in `global` when it says nothing itself. */
export class Globals {
  readonly #fields: Fields;

  /** @param fields of a `global` that has its shape; none when it is absent. */
  constructor(fields: Fields) {
    this.#fields = fields;
  }

  has(key: string): boolean {
    return this.#fields.has(key);
  }

  text(key: string): string {
    return this.#fields.text(key);
  }

  /** Whether one of the keys holds text. */
  hasText(...keys: readonly string[]): boolean {
    return !hasNone(this.#fields, ...keys);
  }

  /** A URL that has no default. */
  urlOf(key: string): ApiUrl {
    return { url: this.has(key) ? this.text(key) : undefined, file: this.text(`${key}_file`) };
  }

  /** Whether there is a URL, be it the default. */
  hasDefault(key: string): boolean {
    return !isNulled(this.#fields, key);
  }

  /** Undefined when its default was taken away; Alertmanager crashes then where it is needed. */
  get httpConfig(): Fields | undefined {
    return isNulled(this.#fields, 'http_config') ? undefined : this.#fields.inside('http_config');
  }

  /** @throws {ConfigError} where two keys say the same. */
  check(): void {
    const fields = this.#fields;
    const refusePair = (first: string, second: string): void =>
      refuseIf(hasSeveral(fields, first, second), `at most one of ${first} & ${second} must be configured`);
    refusePair('slack_app_token', 'slack_app_token_file');
    refusePair('slack_api_url', 'slack_api_url_file');
    this.#checkSlack();
    for (const key of ['opsgenie_api_key', 'victorops_api_key', 'telegram_bot_token', 'smtp_auth_password'])
      refusePair(key, `${key}_file`);
    for (const key of ['rocketchat_token', 'rocketchat_token_id'])
      refuseIf(
        fields.has(key) && fields.text(`${key}_file`) !== '',
        `at most one of ${key} & ${key}_file must be configured`,
      );
    for (const key of ['smtp_auth_secret', 'wechat_api_secret', 'mattermost_webhook_url'])
      refusePair(key, `${key}_file`);
  }

  /** An app's token goes with the URL for apps alone. */
  #checkSlack(): void {
    const fields = this.#fields;
    if (hasNone(fields, 'slack_app_token', 'slack_app_token_file')) return;
    if (hasNone(fields, 'slack_api_url', 'slack_api_url_file')) return;
    const appUrl = this.hasDefault('slack_app_url') ? fields.text('slack_app_url') || slackAppUrl : undefined;
    refuseIf(
      fields.text('slack_api_url') !== appUrl,
      'at most one of slack_app_token/slack_app_token_file & slack_api_url/slack_api_url_file must be configured',
    );
  }
}
