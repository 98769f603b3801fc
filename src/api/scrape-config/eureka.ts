import { httpClientFields } from '../parts/http-client.ts';
import { duration, httpsURL } from '../parts/scalars.ts';
import { object, optional, required } from '../schema.ts';
import type { Static } from '../schema.ts';

export const eurekaSDConfig = object({
  refreshInterval: optional(duration, 'Time between two discoveries.'),
  server: required(httpsURL, 'URL of the Eureka server.'),
  ...httpClientFields,
});

export type EurekaSDConfig = Static<typeof eurekaSDConfig>;
