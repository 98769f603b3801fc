import { items, map, text } from '../section-shape.ts';
import type { Section } from '../section-shape.ts';
import {
  discord,
  mattermost,
  msteams,
  msteamsv2,
  rocketchat,
  slack,
  telegram,
  webex,
  wechat,
} from './chat-sections.ts';
import { email, incidentio, jira, opsgenie, pagerduty, pushover, sns, victorops, webhook } from './pager-sections.ts';

/** A receiver with all the ways in which it notifies (docs/reference/rendering.md 5.10 and 5.12). */
export const receiver: Section = {
  fields: {
    name: text({ always: true }),
    opsgenie_configs: items(opsgenie),
    pagerduty_configs: items(pagerduty),
    slack_configs: items(slack),
    webhook_configs: items(webhook),
    wechat_configs: items(wechat),
    email_configs: items(email),
    pushover_configs: items(pushover),
    victorops_configs: items(victorops),
    sns_configs: items(sns),
    telegram_configs: items(telegram, { needs: '0.24.0' }),
    discord_configs: items(discord, { needs: '0.25.0' }),
    webex_configs: items(webex, { needs: '0.25.0' }),
    msteams_configs: items(msteams, { needs: '0.26.0' }),
    msteamsv2_configs: items(msteamsv2, { needs: '0.28.0' }),
    jira_configs: items(jira, { needs: '0.28.0' }),
    rocketchat_configs: items(rocketchat, { needs: '0.28.0' }),
    mattermost_configs: items(mattermost, { needs: '0.30.0' }),
    incidentio_configs: items(incidentio, { needs: '0.29.0' }),
    labels: map({ since: '0.33.0' }),
  },
};
