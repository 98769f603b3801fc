import { secretKeySelector } from '../parts/references.ts';
import { duration } from '../parts/scalars.ts';
import { nonEmpty, object, oneOf, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const ovhCloudSDConfig = object({
  applicationKey: required(nonEmpty, 'Application key of the API.'),
  applicationSecret: required(secretKeySelector, 'Key of the Secret with the application secret.'),
  consumerKey: required(secretKeySelector, 'Key of the Secret with the consumer key.'),
  endpoint: optional(nonEmpty, 'Endpoint of the API. ovh-eu by default.'),
  refreshInterval: optional(duration, 'Time between two discoveries.'),
  service: required(oneOf('VPS', 'DedicatedServer'), 'What to discover.'),
});

export type OVHCloudSDConfig = Static<typeof ovhCloudSDConfig>;
