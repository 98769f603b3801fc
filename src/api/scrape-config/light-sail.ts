import { httpClientFields } from '../parts/http-client.ts';
import { secretKeySelector } from '../parts/references.ts';
import { duration, portNumber } from '../parts/scalars.ts';
import { nonEmpty, object, optional } from '../schema.ts';
import type { Static } from '../schema.ts';

export const lightSailSDConfig = object({
  accessKey: optional(secretKeySelector, ''),
  endpoint: optional(nonEmpty, ''),
  port: optional(portNumber, ''),
  refreshInterval: optional(duration, ''),
  region: optional(nonEmpty, ''),
  roleARN: optional(nonEmpty, ''),
  secretKey: optional(secretKeySelector, ''),
  ...httpClientFields,
});

export type LightSailSDConfig = Static<typeof lightSailSDConfig>;
