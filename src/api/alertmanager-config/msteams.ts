import { secretKeySelector } from '../parts/references.ts';
import { flag, nonEmpty, object, optional, required, text } from '../schema.ts';
import type { Dialect } from './dialect.ts';
import { httpConfig } from './http-config.ts';
import { sendResolved } from './send-resolved.ts';

export const msTeamsConfig = <S>(dialect: Dialect<S>) =>
  object({
    httpConfig: optional(httpConfig(dialect), 'HTTP settings of the requests.'),
    sendResolved: optional(flag, sendResolved),
    summary: optional(text, 'Template of the summary.', { since: 'Alertmanager 0.27.0' }),
    text: optional(text, 'Template of the text.'),
    title: optional(text, 'Template of the title.'),
    webhookUrl: required(secretKeySelector, "Key of the Secret with the webhook's URL."),
  });

export const msTeamsV2Config = <S>(dialect: Dialect<S>) =>
  object({
    httpConfig: optional(httpConfig(dialect), 'HTTP settings of the requests.'),
    sendResolved: optional(flag, sendResolved),
    text: optional(nonEmpty, 'Template of the text.'),
    title: optional(nonEmpty, 'Template of the title.'),
    webhookURL: optional(secretKeySelector, "Key of the Secret with the workflow's URL."),
  });
