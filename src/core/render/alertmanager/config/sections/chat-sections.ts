/** Receivers that are chats (docs/reference/rendering.md 5.10 and 5.12). */
import { any, flag, inside, items, number, templateUrl, text, texts, url } from '../section-shape.ts';
import type { FieldNotes, Fields, Section, SectionFault } from '../section-shape.ts';
import { head, httpConfig, titledFields } from './http-sections.ts';
import { excludeFiles } from './keys.ts';

const slackConfirmation: Section = {
  fields: { text: text(), title: text(), ok_text: text(), dismiss_text: text() },
};

const slackAction: Section = {
  fields: {
    type: text(),
    text: text(),
    url: text(),
    style: text(),
    name: text(),
    value: text(),
    confirm: inside(slackConfirmation),
  },
};

/** The only address at which Slack lets a message be changed. */
export const slackUpdateUrl = 'https://slack.com/api/chat.postMessage';

export const slack: Section = {
  fields: {
    ...head,
    api_url: text(),
    api_url_file: text({ since: '0.22.0', unless: 'api_url' }),
    app_token: text({ since: '0.30.0' }),
    app_token_file: text({ since: '0.30.0', unless: 'app_token' }),
    app_url: text({ since: '0.30.0' }),
    channel: text(),
    username: text(),
    color: text(),
    title: text(),
    title_link: text(),
    pretext: text(),
    text: text(),
    fields: items(titledFields('last')),
    short_fields: flag(),
    footer: text(),
    fallback: text(),
    callback_id: text(),
    icon_emoji: text(),
    icon_url: text(),
    image_url: text(),
    thumb_url: text(),
    link_names: flag(),
    mrkdwn_in: texts(),
    actions: items(slackAction),
    timeout: text({ since: '0.30.0' }),
    message_text: text({ since: '0.31.0' }),
    update_message: flag({ since: '0.32.0' }),
  },
  *check(slack): Generator<SectionFault> {
    const hasToken = slack.app_token !== undefined || slack.app_token_file !== undefined;
    if (hasToken && (slack.api_url !== undefined || slack.api_url_file !== undefined))
      yield { key: 'app_token', message: 'Cannot use a Slack app token and a Slack URL: set one of them' };
    if (slack.update_message === true && slack.api_url !== undefined && slack.api_url !== slackUpdateUrl)
      yield { key: 'api_url', message: `Cannot change messages at this URL: want ${slackUpdateUrl}` };
  },
};

export const discord: Section = {
  fields: {
    ...head,
    webhook_url: url(),
    webhook_url_file: text({ since: '0.27.0' }),
    title: text(),
    message: text(),
    content: text({ since: '0.28.0' }),
    username: text({ since: '0.28.0' }),
    avatar_url: text({ since: '0.28.0' }),
  },
};

export const webex: Section = {
  fields: { ...head, api_url: url(), message: text(), room_id: text({ always: true }) },
  *check({ room_id: room }): Generator<SectionFault> {
    if (room === '') yield { key: 'room_id', message: 'Cannot notify without a room: set "room_id"' };
  },
};

export const msteams: Section = {
  fields: {
    send_resolved: flag(),
    webhook_url: url({ always: true }),
    webhook_url_file: text({ since: '0.27.0' }),
    title: text(),
    summary: text({ since: '0.27.0' }),
    text: text(),
    http_config: inside(httpConfig),
  },
  *check(teams): Generator<SectionFault> {
    if (teams.webhook_url === '' && teams.webhook_url_file === undefined)
      yield { key: 'webhook_url', message: 'Cannot notify without a URL: set "webhook_url"' };
  },
};

export const msteamsv2: Section = {
  fields: {
    send_resolved: flag(),
    webhook_url: url(),
    webhook_url_file: text(),
    title: text(),
    text: text(),
    http_config: inside(httpConfig),
  },
  *check(teams): Generator<SectionFault> {
    yield* excludeFiles(teams, ['webhook_url']);
    if (teams.webhook_url === undefined && teams.webhook_url_file === undefined)
      yield { key: '', message: 'Cannot notify without a URL: set "webhook_url" or "webhook_url_file"' };
  },
};

const rocketChatAction: Section = {
  fields: {
    type: text(),
    text: text(),
    url: text(),
    image_url: text(),
    is_webview: flag(),
    webview_height_ratio: text(),
    msg: text(),
    msg_in_chat_window: flag(),
    msg_processing_type: text(),
  },
};

export const rocketchat: Section = {
  fields: {
    ...head,
    api_url: text(),
    token_id: text(),
    token_id_file: text(),
    token: text(),
    token_file: text(),
    channel: text(),
    color: text(),
    title: text(),
    title_link: text(),
    text: text(),
    fields: items(titledFields('first')),
    short_fields: flag(),
    emoji: text(),
    icon_url: text(),
    image_url: text(),
    thumb_url: text(),
    link_names: flag(),
    actions: items(rocketChatAction),
  },
  check: (rocketchat) => excludeFiles(rocketchat, ['token', 'token_id']),
};

/** Parts of a message that stand in attachments, and since 0.32.0 next to them. */
const attachmentFields = (notes: FieldNotes = {}, message: Fields = {}): Fields => ({
  fallback: text(notes),
  color: text(notes),
  pretext: text(notes),
  ...message,
  author_name: text(notes),
  author_link: templateUrl(notes),
  author_icon: templateUrl(notes),
  title: text(notes),
  title_link: templateUrl(notes),
  fields: items(titledFields('last'), notes),
  thumb_url: templateUrl(notes),
  footer: text(notes),
  footer_icon: templateUrl(notes),
  image_url: templateUrl(notes),
});

const mattermostPriority: Section = {
  fields: { priority: text(), requested_ack: flag(), persistent_notifications: flag() },
};

export const mattermost: Section = {
  fields: {
    ...head,
    webhook_url: url(),
    webhook_url_file: text({ unless: 'webhook_url' }),
    channel: text(),
    username: text(),
    text: text(),
    icon_url: templateUrl(),
    icon_emoji: text(),
    attachments: items({ fields: attachmentFields({}, { text: text() }) }),
    type: text(),
    props: inside({ fields: { card: text() } }),
    priority: inside(mattermostPriority),
    ...attachmentFields({ since: '0.32.0' }),
    http_config: inside(httpConfig),
  },
  *check(mattermost, version): Generator<SectionFault> {
    const hasUrl = mattermost.webhook_url !== undefined || mattermost.webhook_url_file !== undefined;
    if (!hasUrl && version.isBelow('0.32.0'))
      yield { key: 'webhook_url', message: 'Cannot notify without a URL: set "webhook_url" or "webhook_url_file"' };
  },
};

export const telegram: Section = {
  fields: {
    send_resolved: flag(),
    api_url: url(),
    bot_token: text(),
    bot_token_file: text({ since: '0.26.0', unless: 'bot_token' }),
    chat_id: number(),
    chat_id_file: text({ since: '0.31.0', unless: 'chat_id' }),
    message_thread_id: number({ since: '0.28.0' }),
    message: text(),
    disable_notifications: flag(),
    parse_mode: any({ always: true }),
    http_config: inside(httpConfig),
  },
  *check(telegram, version): Generator<SectionFault> {
    const hasToken = telegram.bot_token !== undefined || telegram.bot_token_file !== undefined;
    if (!hasToken && version.isBelow('0.31.0'))
      yield { key: 'bot_token', message: 'Cannot notify without a token: set "bot_token" or "bot_token_file"' };
    if (telegram.chat_id === undefined && telegram.chat_id_file === undefined)
      yield { key: 'chat_id', message: 'Cannot notify without a chat: set "chat_id" or "chat_id_file"' };
  },
};

export const wechat: Section = {
  fields: {
    send_resolved: flag(),
    api_secret: text(),
    api_url: url(),
    corp_id: text(),
    agent_id: text(),
    to_user: text(),
    to_party: text(),
    to_tag: text(),
    message: text(),
    message_type: text(),
    http_config: inside(httpConfig),
    api_secret_file: text({ since: '0.31.0', unless: 'api_secret' }),
  },
};
