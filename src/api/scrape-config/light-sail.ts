import { httpClientFields } from '../parts/http-client.ts';
import { configMapKeySelector } from '../parts/references.ts';
import { duration, portNumber } from '../parts/scalars.ts';
import { nonEmpty, object, optional } from '../schema.ts';
import type { Static } from '../schema.ts';

export const lightSailSDConfig = object({
  accessKey: optional(configMapKeySelector, ''),
  endpoint: optional(nonEmpty, ''),
  port: optional(portNumber, ''),
  refreshInterval: optional(duration, ''),
  region: optional(nonEmpty, ''),
  roleARN: optional(nonEmpty, ''),
  secretKey: optional(configMapKeySelector, ''),
  ...httpClientFields,
});

export type LightSailSDConfig = Static<typeof lightSailSDConfig>;
