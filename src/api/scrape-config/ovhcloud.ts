import { secretKeySelector } from '../parts/references.ts';
import { duration } from '../parts/scalars.ts';
import { nonEmpty, object, oneOf, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const ovhCloudSDConfig = object({
  applicationKey: required(nonEmpty, ''),
  applicationSecret: required(secretKeySelector, ''),
  consumerKey: required(secretKeySelector, ''),
  endpoint: optional(nonEmpty, ''),
  refreshInterval: optional(duration, ''),
  service: required(oneOf('VPS', 'DedicatedServer'), ''),
});

export type OVHCloudSDConfig = Static<typeof ovhCloudSDConfig>;
