import { basicAuth, oauth2, safeAuthorization } from './http-client.ts';
import { proxyFields } from './proxy.ts';
import { secretKeySelector } from './references.ts';
import { relabelConfig } from './relabel.ts';
import { duration, scheme } from './scalars.ts';
import { flag, intOrString, list, mapOf, optional, text } from '../schema.ts';

export const endpointFields = {
  basicAuth: optional(basicAuth, ''),
  bearerTokenSecret: optional(secretKeySelector, ''),
  authorization: optional(safeAuthorization, ''),
  enableHttp2: optional(flag, ''),
  filterRunning: optional(flag, ''),
  followRedirects: optional(flag, ''),
  honorLabels: optional(flag, ''),
  honorTimestamps: optional(flag, ''),
  interval: optional(duration, ''),
  metricRelabelings: optional(list(relabelConfig), ''),
  oauth2: optional(oauth2, ''),
  params: optional(mapOf(list(text)), ''),
  path: optional(text, ''),
  port: optional(text, ''),
  relabelings: optional(list(relabelConfig), ''),
  scheme: optional(scheme, ''),
  scrapeTimeout: optional(duration, ''),
  targetPort: optional(intOrString, ''),
  trackTimestampsStaleness: optional(flag, ''),
  ...proxyFields,
};
