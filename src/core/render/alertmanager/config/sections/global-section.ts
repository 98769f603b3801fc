import { duration, flag, inside, text } from '../section-shape.ts';
import type { Section, SectionFault } from '../section-shape.ts';
import { httpConfig, tlsConfig } from './http-sections.ts';

/** What receivers take from it that have no setting of their own (docs/reference/rendering.md 5.9 and 5.12). */
export const globalSection: Section = {
  fields: {
    resolve_timeout: duration(),
    http_config: inside(httpConfig),
    smtp_from: text(),
    smtp_hello: text(),
    smtp_smarthost: text(),
    smtp_auth_username: text(),
    smtp_auth_password: text(),
    smtp_auth_password_file: text({ since: '0.25.0', unless: 'smtp_auth_password' }),
    smtp_auth_secret: text(),
    smtp_auth_secret_file: text({ since: '0.31.0', unless: 'smtp_auth_secret' }),
    smtp_auth_identity: text(),
    smtp_require_tls: flag(),
    smtp_tls_config: inside(tlsConfig, { since: '0.28.0' }),
    smtp_force_implicit_tls: flag({ since: '0.31.0' }),
    slack_api_url: text(),
    slack_api_url_file: text({ since: '0.22.0', unless: 'slack_api_url' }),
    pagerduty_url: text(),
    hipchat_api_url: text(),
    hipchat_auth_token: text(),
    opsgenie_api_url: text(),
    opsgenie_api_key: text(),
    opsgenie_api_key_file: text({ since: '0.24.0', unless: 'opsgenie_api_key' }),
    wechat_api_url: text(),
    wechat_api_secret: text(),
    wechat_api_corp_id: text(),
    victorops_api_url: text(),
    victorops_api_key: text(),
    victorops_api_key_file: text({ since: '0.25.0', unless: 'victorops_api_key' }),
    telegram_api_url: text(),
    telegram_bot_token: text({ since: '0.31.0' }),
    telegram_bot_token_file: text({ since: '0.31.0', unless: 'telegram_bot_token' }),
    webex_api_url: text(),
    jira_api_url: text(),
    rocketchat_api_url: text(),
    rocketchat_token: text(),
    rocketchat_token_file: text(),
    rocketchat_token_id: text(),
    rocketchat_token_id_file: text(),
    slack_app_token: text({ since: '0.30.0' }),
    slack_app_token_file: text({ since: '0.30.0', unless: 'slack_app_token' }),
    slack_app_url: text({ since: '0.30.0' }),
    wechat_api_secret_file: text({ since: '0.31.0', unless: 'wechat_api_secret' }),
    mattermost_webhook_url: text({ since: '0.32.0' }),
    mattermost_webhook_url_file: text({ since: '0.32.0', unless: 'mattermost_webhook_url' }),
  },
  *check(global): Generator<SectionFault> {
    const hasToken = global.slack_app_token !== undefined || global.slack_app_token_file !== undefined;
    const hasUrl = global.slack_api_url !== undefined || global.slack_api_url_file !== undefined;
    if (hasToken && hasUrl && global.slack_api_url !== global.slack_app_url)
      yield {
        key: 'slack_app_token',
        message: 'Cannot use a Slack app token and a Slack URL: set "slack_api_url" or "slack_app_token"',
      };
    for (const key of ['rocketchat_token', 'rocketchat_token_id'] as const)
      if (global[key] !== undefined && global[`${key}_file`] !== undefined)
        yield { key: `${key}_file`, message: `Cannot use both "${key}" and "${key}_file": set one of them` };
  },
};
