import { sigv4 } from '../parts/cloud-auth.ts';
import { flag, nonEmpty, object, optional, text, textMap } from '../schema.ts';
import type { Dialect } from './dialect.ts';
import { httpConfig } from './http-config.ts';
import { sendResolved } from './send-resolved.ts';

export const snsConfig = <S>(dialect: Dialect<S>) =>
  object({
    apiURL: optional(text, 'URL of the API. By default that of the region.'),
    attributes: optional(textMap, 'Attributes of the message.'),
    httpConfig: optional(httpConfig(dialect), 'HTTP settings of the requests.'),
    message: optional(nonEmpty, 'Template of the message.'),
    phoneNumber: optional(
      nonEmpty,
      'Number to send to as SMS. Exactly one of phoneNumber, targetARN and topicARN is needed.',
    ),
    sendResolved: optional(flag, sendResolved),
    sigv4: optional(sigv4, 'Signs requests with AWS Signature Version 4.'),
    subject: optional(nonEmpty, 'Template of the subject, for mails.'),
    targetARN: optional(nonEmpty, 'Endpoint of a mobile application to send to. Excludes phoneNumber and topicARN.'),
    topicARN: optional(nonEmpty, 'Topic to send to. Excludes phoneNumber and targetARN.'),
    useAWSHTTPClient: optional(
      flag,
      'Whether the HTTP client of the AWS SDK is used instead of the settings in httpConfig.',
      {
        since: 'Alertmanager 0.33.0',
      },
    ),
  });
